import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { riskKinds } from '#app/domain/fraud/risk-hold.ts'
import { readRisks } from '#app/reports/screening/risks.server.ts'
import { clearRisk, holdRisk } from '#app/services/fraud/hold-risk.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { ChoiceFilter } from '#app/ui/forms/choice-filter.tsx'
import { ScreeningTabs } from '#app/ui/people/screening-tabs.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, idOf, oneOf } from '#app/web/request/filters.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { RiskCard } from './risk-card.tsx'
import { RiskTable } from './risk-table.tsx'

const DeedForm = z.object({ deed: z.enum(['hold', 'clear'], 'required'), kind: z.enum(riskKinds), id: uuid, note: line(200) })

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const kind = oneOf(riskKinds, search.get('kind')) ?? 'sign-up'
  const page = await asStaff(request, 'order:read', async (ctx, { can }) => ({
    ...(await readRisks(ctx, kind)),
    mayDecide: can('order:write'),
    maySet: can('settings:write'),
  }))
  return { ...page, kind, chosen: idOf(search.get('chosen')) ?? null, title: await pageTitle(request, 'screening', 'risk.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, DeedForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { deed, ...risk } = form.value
  const result = await asStaff(request, 'order:write', async (ctx) => (deed === 'hold' ? holdRisk(ctx, risk) : clearRisk(ctx, risk)))
  if (!result.ok) return data({ problem: result.error }, { status: 409 })
  return redirectWithToast(request, `/office/screening/risk?kind=${risk.kind}&chosen=${risk.id}`, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Risk() {
  const { rows, reviewScore, kind, chosen, mayDecide, maySet } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('screening')
  const risk = rows.find(({ id }) => id === chosen) ?? rows[0]
  const problem = answer && 'problem' in answer ? answer.problem : null
  return (
    <>
      <PageHeader title={t('risk.title')} below={t('risk.lead')} />
      <ScreeningTabs mayWrite={mayDecide} maySet={maySet} />
      <div className="grid gap-6">
        <FilterBar>
          <ChoiceFilter
            name="kind"
            label={t('risk.show')}
            choices={riskKinds}
            chosen={kind}
            wordOf={(each) => t(`risk.kinds.${each}`)}
            hasAll={false}
          />
        </FilterBar>
        {problem ? <Notice tone="warning">{t(problem === 'sign-up-waits' ? 'signUpFirst' : 'risk.gone')}</Notice> : null}
        {rows.length === 0 || !risk ? (
          <Card>
            <EmptyState title={t('risk.none')}>{t('risk.noneText')}</EmptyState>
          </Card>
        ) : (
          <>
            <RiskCard
              key={risk.id}
              risk={risk}
              reviewScore={reviewScore}
              mayDecide={mayDecide}
              answer={answer && 'fields' in answer ? answer : undefined}
            />
            <Card title={t(`risk.kinds.${kind}`)} isFlush>
              <RiskTable risks={rows} reviewScore={reviewScore} />
            </Card>
          </>
        )}
      </div>
    </>
  )
}
