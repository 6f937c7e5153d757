import { useTranslation } from 'react-i18next'
import { subtract } from '#app/domain/money/money.ts'
import type { BillingRunDraft } from '#app/reports/billing-runs/shape.ts'
import { LocalPeriod } from '#app/ui/base/local-period.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { State, type Tone } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { DraftFlags } from '#app/ui/documents/draft-flags.tsx'
import type { Column } from '#app/ui/tables/table.tsx'

const tones = { drafted: 'info', empty: 'neutral', parked: 'warning', finalised: 'positive' } as const satisfies Record<string, Tone>

type Run = { readonly id: string; readonly periodStart: string; readonly periodEnd: string }

/** A draft beside the invoice before it: who, what becomes of it, how much, and by how much it differs. Its period is told where it is another than the run's. */
export function useDraftColumns(run: Run): Column<BillingRunDraft>[] {
  const { t } = useTranslation(['office', 'common'])
  const label = useLabel()
  return [
    {
      key: 'buyer',
      head: t('accounts.name'),
      isPrimary: true,
      cell: ({ accountId, buyerName, periodStart, periodEnd }) => (
        <>
          <TextLink to={`/office/accounts/${accountId}`} isQuiet className="font-medium">
            {buyerName}
          </TextLink>
          {periodStart === run.periodStart && periodEnd === run.periodEnd ? null : (
            <span className="ms-2 text-xs font-normal text-muted">
              <LocalPeriod start={periodStart} end={periodEnd} />
            </span>
          )}
        </>
      ),
    },
    {
      key: 'state',
      head: t('accounts.status'),
      cell: ({ state, problem, invoiceId, number }) => (
        <State tone={tones[state]}>
          {invoiceId ? (
            <TextLink to={`/office/invoices/${invoiceId}`} isQuiet>
              <bdi dir="ltr">{number}</bdi>
            </TextLink>
          ) : problem ? (
            label(`office:billing.draftProblem.${problem}`, problem)
          ) : (
            t(`billing.draftState.${state}`)
          )}
        </State>
      ),
    },
    { key: 'flags', head: t('billing.flags'), cell: ({ flags }) => <DraftFlags flags={flags} /> },
    {
      key: 'net',
      head: t('common:invoice.net'),
      isNumber: true,
      isExtra: true,
      cell: ({ net }) => <Money amount={net} className="text-muted" />,
    },
    { key: 'total', head: t('billing.total'), isNumber: true, cell: ({ total }) => <Money amount={total} className="font-medium" /> },
    {
      key: 'before',
      head: t('billing.before'),
      isNumber: true,
      cell: ({ previousTotal, previousInvoiceId }) =>
        previousTotal && previousInvoiceId ? (
          <TextLink to={`/office/invoices/${previousInvoiceId}`} isQuiet>
            <Money amount={previousTotal} className="text-muted" />
          </TextLink>
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
    {
      key: 'compare',
      head: <span className="sr-only">{t('billing.compare.title')}</span>,
      label: t('billing.compare.title'),
      cell: ({ id, state, buyerName }) =>
        state === 'drafted' || state === 'finalised' ? (
          <TextLink to={`/office/billing-runs/${run.id}/drafts/${id}`} isQuiet>
            {t('billing.compare.open')}
            <span className="sr-only"> {buyerName}</span>
          </TextLink>
        ) : null,
    },
  ]
}
