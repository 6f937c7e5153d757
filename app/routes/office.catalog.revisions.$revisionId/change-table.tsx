import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ChangeRow } from '#app/reports/catalogs/shape.ts'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useWords } from '#app/ui/base/use-words.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { useFeeName } from '#app/ui/usage/use-fee-name.ts'

/** The changes in the order they are made; of a draft each can be taken out. */
export function ChangeTable({ changes, mayRemove }: { changes: readonly ChangeRow[]; mayRemove: boolean }) {
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  const columns: Column<ChangeRow>[] = [
    {
      key: 'change',
      head: t('revisions.change'),
      isPrimary: true,
      cell: ({ kind }) => <span className="font-medium">{t(`revisions.kinds.${kind}`)}</span>,
    },
    { key: 'product', head: t('revisions.product'), cell: ({ product }) => (product ? inWords(product) : t('revisions.everyProduct')) },
    { key: 'what', head: t('revisions.what'), isLong: true, cell: (row) => <What row={row} /> },
    ...(mayRemove
      ? [
          {
            key: 'remove',
            head: <span className="sr-only">{t('channels.remove')}</span>,
            label: t('channels.remove'),
            isNumber: true,
            cell: ({ index }: ChangeRow) => <Remove index={index} of={changes.length} />,
          },
        ]
      : []),
  ]
  const empty = <EmptyState title={t('revisions.nothing')}>{t('revisions.nothingText')}</EmptyState>
  return <Table caption={t('revisions.changes')} rows={changes} rowKey={({ index }) => String(index)} columns={columns} empty={empty} />
}

function What({ row: { text, position, price } }: { row: ChangeRow }) {
  const { t } = useTranslation('catalog')
  const format = useFormat()
  const feeName = useFeeName()
  if (price)
    return (
      <span suppressHydrationWarning>
        {feeName(price.feeKey)}: {price.currency ? format.rate(price.unitPrice, price.currency) : price.unitPrice}
      </span>
    )
  return position === null ? (text ?? '–') : t('revisions.place', { place: position })
}

function Remove({ index, of }: { index: number; of: number }) {
  const { t } = useTranslation('catalog')
  return (
    <Form method="post" action="?deed=remove">
      <FormToken />
      <input type="hidden" name="index" value={index} />
      <input type="hidden" name="of" value={of} />
      <SubmitButton look="quiet" size="small">
        {t('channels.remove')}
      </SubmitButton>
    </Form>
  )
}
