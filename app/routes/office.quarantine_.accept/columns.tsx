import { useTranslation } from 'react-i18next'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Measured, MeterName } from '#app/ui/base/measured.tsx'
import { Rate } from '#app/ui/base/money.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { FromTo } from '#app/ui/forms/from-to.tsx'
import type { Column } from '#app/ui/tables/table.tsx'

/** One corrected record; quantities and the difference as decimal text. */
type CorrectionRow = {
  readonly accountId: string
  readonly accountName: string
  readonly resourceName: string | null
  readonly meter: string
  readonly unit: string
  readonly windowStart: Date
  readonly before: string | null
  readonly after: string
  readonly difference: string
  readonly currency: string | null
  readonly invoiceNumber: string | null
  readonly refusal: string | null
}

/** Whose usage it is, what it was and becomes, and what that makes of the charges. */
export function useCorrectionColumns(): Column<CorrectionRow>[] {
  const { t } = useTranslation('office')
  const label = useLabel()
  return [
    {
      key: 'account',
      head: t('accounts.name'),
      isPrimary: true,
      isLong: true,
      cell: ({ accountId, accountName }) => (
        <TextLink to={`/office/accounts/${accountId}`} isQuiet className="font-medium">
          {accountName}
        </TextLink>
      ),
    },
    {
      key: 'resource',
      head: t('usage.resource'),
      cell: ({ resourceName }) => (
        <bdi title={resourceName ?? undefined} className="inline-block max-w-36 truncate align-bottom">
          {resourceName ?? '–'}
        </bdi>
      ),
    },
    { key: 'meter', head: t('usage.meter'), cell: ({ meter }) => <MeterName meter={meter} /> },
    { key: 'from', head: t('usage.from'), cell: ({ windowStart }) => <DateTime instant={windowStart} isShort /> },
    {
      key: 'quantity',
      head: t('usage.quantity'),
      isNumber: true,
      cell: ({ before, after, unit }) => (
        <FromTo from={before === null ? '–' : <Measured quantity={before} unit={unit} />} to={<Measured quantity={after} unit={unit} />} />
      ),
    },
    {
      key: 'invoice',
      head: t('quarantine.standsOn'),
      cell: ({ invoiceNumber }) =>
        invoiceNumber ? <bdi dir="ltr">{invoiceNumber}</bdi> : <span className="text-muted">{t('quarantine.notInvoiced')}</span>,
    },
    {
      key: 'difference',
      head: t('quarantine.effect'),
      isNumber: true,
      cell: ({ refusal, difference, currency }) => {
        if (refusal) return <State tone="warning">{label(`office:quarantine.reason.${refusal}`, refusal)}</State>
        return currency ? <Rate rate={difference} currency={currency} /> : '–'
      },
    },
  ]
}
