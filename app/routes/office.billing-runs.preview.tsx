import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { add, type Money as MoneyValue, subtract } from '#app/domain/money/money.ts'
import { createBillingRun } from '#app/services/billing/create-billing-run.server.ts'
import { previewBillingRun } from '#app/services/billing/preview-billing-run.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useLabel } from '#app/ui/base/use-label.ts'
import { DraftFlags } from '#app/ui/documents/draft-flags.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, idOf, monthOf } from '#app/web/request/filters.ts'
import { recentMonths } from '#app/web/request/months.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { refuse } from '#app/web/request/refuse.server.ts'

const StartForm = z.object({ month: z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'invalid') })

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const title = await pageTitle(request, 'office', 'billing.previewTitle')
  return asStaff(request, 'billing-run:read', async (ctx, { tenant, can }) => {
    const months = recentMonths(ctx.now, tenant.timeZone)
    const month = monthOf(search.get('month')) ?? months[1] ?? ''
    const afterContractId = idOf(search.get('cursor')) ?? null
    const preview = await previewBillingRun(ctx, { month, afterContractId })
    if (!preview.ok) throw refuse(400, preview.error)
    const nextCursor = preview.value.rows.length < 200 ? null : preview.value.nextContractId
    return {
      month,
      rows: preview.value.rows.map(({ shown, ...row }) => ({ ...row, lines: shown.length })),
      nextCursor,
      // Only then do the figures of this page speak for the whole run.
      isWhole: afterContractId === null && nextCursor === null,
      isOver: month < (months[0] ?? ''),
      mayStart: can('billing-run:write'),
      title,
    }
  })
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, StartForm)
  if (!form.ok) return data({ problem: 'malformed-month' as const }, { status: 422 })
  const result = await asStaff(request, 'billing-run:write', (ctx) => createBillingRun(ctx, form.value))
  if (!result.ok) return data({ problem: result.error }, { status: 409 })
  return redirectWithToast(request, `/office/billing-runs/${result.value.billingRunId}`, 'billing.started')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function BillingPreview() {
  const { month, rows, nextCursor, isWhole, isOver, mayStart } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['office', 'common'])
  const format = useFormat()
  const label = useLabel()
  const monthName = format.month(new Date(`${month}-15T12:00:00Z`))
  const drafted = rows.filter(({ state }) => state === 'drafted').length
  const totals = totalsOf(rows.map(({ total }) => total))
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('nav.billingRuns'), to: '/office/billing-runs' }]}
        title={t('billing.previewOf', { month: monthName })}
        below={t('billing.previewLead')}
        facts={[
          { label: t('billing.drafted'), value: drafted },
          { label: t('billing.parked'), value: rows.filter(({ state }) => state === 'parked').length },
          { label: t('billing.empty'), value: rows.filter(({ state }) => state === 'empty').length },
          ...totals.map((total) => ({ label: t('charges.sum', { currency: total.currency }), value: <Money amount={total} /> })),
        ]}
        actions={
          mayStart && isOver ? (
            <Form method="post">
              <FormToken />
              <input type="hidden" name="month" value={month} />
              <SubmitButton>
                {isWhole && drafted > 0
                  ? t('billing.startCount', { month: monthName, count: drafted })
                  : t('billing.start', { month: monthName })}
              </SubmitButton>
            </Form>
          ) : undefined
        }
      />
      <div className="mb-6 grid gap-4 empty:hidden">
        {answer ? <Notice tone="critical">{t(`billing.problem.${answer.problem}`)}</Notice> : null}
        {isOver ? null : <Notice tone="info">{t('billing.notOver')}</Notice>}
      </div>
      <Card isFlush>
        <Table
          caption={t('billing.previewTitle')}
          rows={rows}
          rowKey={({ contractId }) => contractId}
          empty={<EmptyState title={t('billing.nothing')} />}
          columns={[
            {
              key: 'buyer',
              head: t('accounts.name'),
              isPrimary: true,
              cell: ({ accountId, buyerName }) => (
                <TextLink to={`/office/accounts/${accountId}`} isQuiet className="font-medium">
                  {buyerName}
                </TextLink>
              ),
            },
            {
              key: 'state',
              head: t('accounts.status'),
              cell: ({ state, problem }) => (
                <State tone={state === 'drafted' ? 'positive' : state === 'parked' ? 'warning' : 'neutral'}>
                  {problem ? label(`office:billing.draftProblem.${problem}`, problem) : t(`billing.draftState.${state}`)}
                </State>
              ),
            },
            { key: 'flags', head: t('billing.flags'), cell: ({ flags }) => <DraftFlags flags={flags} /> },
            { key: 'lines', head: t('billing.lines'), isNumber: true, cell: ({ lines }) => lines },
            { key: 'net', head: t('common:invoice.net'), isNumber: true, cell: ({ net }) => <Money amount={net} className="text-muted" /> },
            { key: 'tax', head: t('billing.tax'), isNumber: true, cell: ({ tax }) => <Money amount={tax} className="text-muted" /> },
            {
              key: 'total',
              head: t('billing.total'),
              isNumber: true,
              cell: ({ total }) => <Money amount={total} className="font-medium" />,
            },
            {
              key: 'before',
              head: t('billing.before'),
              isNumber: true,
              cell: ({ previousTotal }) =>
                previousTotal ? (
                  <Money amount={previousTotal} className="text-muted" />
                ) : (
                  <span className="text-muted">{t('billing.noneBefore')}</span>
                ),
            },
            {
              key: 'difference',
              head: t('billing.difference'),
              isNumber: true,
              cell: ({ total, previousTotal }) => (previousTotal ? <Money amount={subtract(total, previousTotal)} isBalance /> : null),
            },
          ]}
        />
        <CursorPaging nextCursor={nextCursor} />
      </Card>
    </>
  )
}

/** One sum per currency: currencies never add up. */
function totalsOf(amounts: readonly MoneyValue[]): MoneyValue[] {
  const sums = new Map<string, MoneyValue>()
  for (const amount of amounts) {
    const known = sums.get(amount.currency)
    sums.set(amount.currency, known ? add(known, amount) : amount)
  }
  return [...sums.values()]
}
