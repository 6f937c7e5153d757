import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { addDays, localDateOf } from '#app/domain/time/local-date.ts'
import { readLevelsOverview } from '#app/reports/partner-levels/query.server.ts'
import { applyMoves } from '#app/services/partner-levels/apply-moves.server.ts'
import { type Simulation, simulateLevels } from '#app/services/partner-levels/simulate-levels.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, oneOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { chosenMovers, MoveForm } from './move-form.ts'
import { MoveTable } from './move-table.tsx'

const spans = ['1', '3', '6', '12'] as const
const formId = 'moves'
const nothing: Simulation = { moves: [], totals: [], from: '', until: '' }

export async function loader({ request }: LoaderFunctionArgs) {
  const months = oneOf(spans, filterOf(request).get('months')) ?? '3'
  const page = await asStaff(request, 'reseller:read', async (ctx, { tenant, can }) => {
    const today = localDateOf(ctx.now, tenant.timeZone)
    const { levels } = await readLevelsOverview(ctx)
    const nameOf = (id: string | null) => levels.find((level) => level.id === id)?.name ?? null
    const simulated = await simulateLevels(ctx, { today, months: Number(months), at: ctx.now })
    const { moves, totals, from, until } = simulated.ok ? simulated.value : nothing
    const shown = moves.map((move) => ({ ...move, current: nameOf(move.currentLevelId), target: nameOf(move.targetLevelId) ?? '' }))
    return { moves: shown, totals, from, until, today, firstDay: addDays(today, 1), mayWrite: can('reseller:write') }
  })
  return { ...page, months, title: await pageTitle(request, 'partner', 'simulate.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, MoveForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { from, graceDays = null } = form.value as { from: string; graceDays?: number }
  const result = await asStaff(request, 'reseller:write', (ctx, { tenant: { timeZone: zone } }) =>
    applyMoves(ctx, { accountIds: chosenMovers(form.value), today: localDateOf(ctx.now, zone), zone, from, graceDays }),
  )
  return result.ok ? data({ applied: result.value }) : data({ problem: result.error }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function SimulateLevels() {
  const { moves, totals, from, until, months, today, firstDay, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('partner')
  const { error, typed } = useFieldErrors(answer && 'values' in answer ? answer : undefined)
  const format = useFormat()
  const monthName = (month: string) => (month === '' ? '–' : format.month(new Date(`${month}-15T12:00:00Z`)))
  const movers = moves.filter(({ move }) => move !== 'stays')
  return (
    <>
      <PageHeader
        title={t('simulate.title')}
        crumbs={[{ label: t('title'), to: '/office/partner-levels' }]}
        below={t('simulate.lead', { from: monthName(from), until: monthName(until) })}
        facts={[
          { label: t('simulate.movers'), value: movers.length },
          ...totals.map((total) => ({
            label: t('simulate.total', { currency: total.currency }),
            value: <Money amount={total} isBalance />,
          })),
        ]}
      />
      <div className="grid gap-4">
        {answer && 'applied' in answer ? (
          <Notice tone="positive">{t('simulate.applied', { risen: answer.applied.risen, fallen: answer.applied.fallen })}</Notice>
        ) : null}
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`simulate.problem.${answer.problem}`)}</Notice> : null}
        <FilterBar>
          <CompactSelect name="months" label={t('simulate.months')} defaultValue={months} key={months}>
            {spans.map((count) => (
              <option key={count} value={count}>
                {count}
              </option>
            ))}
          </CompactSelect>
        </FilterBar>
        <Card isFlush>
          <MoveTable moves={moves} formId={mayWrite ? formId : null} />
        </Card>
        {mayWrite && movers.length > 0 ? (
          <Card title={t('simulate.apply')} aside={t('simulate.applyAside')}>
            <Form id={formId} method="post" className="grid items-start gap-4 sm:grid-cols-3">
              <FormToken />
              <TextInput
                name="from"
                type="date"
                label={t('assign.from')}
                required
                min={today}
                defaultValue={typed('from') ?? firstDay}
                error={error('from')}
              />
              <TextInput
                name="graceDays"
                type="number"
                min={0}
                max={365}
                label={t('field.graceDays')}
                help={t('simulate.graceHelp')}
                defaultValue={typed('graceDays')}
                error={error('graceDays')}
              />
              <div className="md:pt-6.5">
                <SubmitButton>{t('simulate.submit')}</SubmitButton>
              </div>
            </Form>
          </Card>
        ) : null}
      </div>
    </>
  )
}
