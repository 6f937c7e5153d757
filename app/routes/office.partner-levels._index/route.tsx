import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { readLevelsOverview } from '#app/reports/partner-levels/query.server.ts'
import { assignLevel } from '#app/services/partner-levels/assign-level.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { AssignForm } from './assign-form.ts'
import { AssignLevel } from './assign-level.tsx'
import { LevelTable } from './level-table.tsx'
import { ResellerTable } from './reseller-table.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'reseller:read', async (ctx, { tenant, can }) => ({
    overview: await readLevelsOverview(ctx),
    today: localDateOf(ctx.now, tenant.timeZone),
    mayWrite: can('reseller:write'),
  }))
  return { ...page, title: await pageTitle(request, 'partner', 'title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, AssignForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { accountId, levelId, from, reason } = form.value
  const result = await asStaff(request, 'reseller:write', (ctx, { tenant }) => {
    const today = localDateOf(ctx.now, tenant.timeZone)
    const begins = startOfDay(from < today ? today : from, tenant.timeZone)
    return assignLevel(ctx, { accountId, levelId, validFrom: begins < ctx.now ? ctx.now : begins, reason })
  })
  return result.ok ? data({ assigned: true as const }) : data({ problem: result.error, values: form.value }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function PartnerLevels() {
  const { overview, today, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('partner')
  const { error, typed } = useFieldErrors(answer && 'values' in answer ? answer : undefined)
  const hasLevels = overview.levels.length > 0
  return (
    <>
      <PageHeader
        title={t('title')}
        beside={<span className="tabular text-muted">{overview.levels.length}</span>}
        below={t('lead')}
        actions={
          <>
            {hasLevels ? (
              <ButtonLink to="/office/partner-levels/simulate" look="secondary">
                {t('simulate.open')}
              </ButtonLink>
            ) : null}
            {mayWrite ? <ButtonLink to="/office/partner-levels/new">{t('new')}</ButtonLink> : null}
          </>
        }
      />
      <div className="grid gap-4">
        {answer && 'assigned' in answer ? <Notice tone="positive">{t('assign.done')}</Notice> : null}
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`assign.problem.${answer.problem}`)}</Notice> : null}
        <Card isFlush>
          <LevelTable levels={overview.levels} />
        </Card>
        <Card isFlush title={t('resellers')}>
          <ResellerTable resellers={overview.resellers} />
        </Card>
        {mayWrite && hasLevels && overview.resellers.length > 0 ? (
          <AssignLevel key={String(answer && 'assigned' in answer)} overview={overview} today={today} error={error} typed={typed} />
        ) : null}
      </div>
    </>
  )
}
