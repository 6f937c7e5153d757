import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { QuarantineRow } from '#app/reports/quarantine/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { State } from '#app/ui/base/state.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { FromTo } from '#app/ui/forms/from-to.tsx'
import type { Column } from '#app/ui/tables/table.tsx'

/** The columns of the list; `choiceOf` gives the field that picks a record to be released. */
export function useQuarantineColumns(choiceOf: (row: QuarantineRow) => ReactNode): Column<QuarantineRow>[] {
  const { t } = useTranslation(['office', 'common'])
  const label = useLabel()
  return [
    {
      key: 'reason',
      head: t('quarantine.why'),
      isPrimary: true,
      cell: (row) => (
        <span className="flex items-center gap-3">
          {choiceOf(row)}
          <State tone="warning">{label(`office:quarantine.reason.${row.reason}`, row.reason)}</State>
        </span>
      ),
    },
    { key: 'type', head: t('quarantine.type'), cell: ({ usageType }) => <bdi dir="ltr">{usageType}</bdi> },
    {
      key: 'quantity',
      head: t('usage.quantity'),
      isNumber: true,
      cell: ({ quantity, known }) => {
        const reported = quantity === null ? '–' : <bdi dir="ltr">{quantity}</bdi>
        return known === null ? reported : <FromTo from={<bdi dir="ltr">{known}</bdi>} to={reported} />
      },
    },
    { key: 'window', head: t('usage.from'), cell: ({ windowStart }) => (windowStart ? <DateTime instant={windowStart} isShort /> : '–') },
    { key: 'owner', head: t('quarantine.owner'), cell: ({ owner }) => (owner ? <PublicId id={owner} isShort /> : '–') },
    { key: 'source', isExtra: true, head: t('quarantine.source'), cell: ({ source }) => source },
    { key: 'received', isExtra: true, head: t('quarantine.received'), cell: ({ receivedAt }) => <DateTime instant={receivedAt} isShort /> },
    {
      key: 'payload',
      isLong: true,
      head: t('quarantine.record'),
      cell: ({ payload }) => (
        <details className="max-w-md">
          <summary className="rounded-tag text-accent">{t('quarantine.show')}</summary>
          <pre
            dir="ltr"
            className="mt-2 max-h-64 overflow-auto rounded-control bg-soft p-3 text-start text-xs whitespace-pre-wrap break-all"
          >
            {payload}
          </pre>
        </details>
      ),
    },
  ]
}
