import { useTranslation } from 'react-i18next'
import type { VersionPrice } from '#app/reports/price-changes/shape.ts'
import { Rate } from '#app/ui/base/money.tsx'
import { keyPart, useLabel } from '#app/ui/base/use-label.ts'
import type { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import type { Column } from '#app/ui/tables/table.tsx'
import { figureField } from './correction-form.ts'

type Row = VersionPrice & { readonly index: number }
type Errors = ReturnType<typeof useFieldErrors>

/** Each price with the figures that can be corrected as fields; one with tiers or packages stays as it is. */
export function usePriceColumns(currency: string, errors: Errors): Column<Row>[] {
  const { t, i18n } = useTranslation('pricing')
  const label = useLabel()
  const nameOf = ({ product, meter, unit }: VersionPrice) => {
    const words = [product ? (product[i18n.language] ?? product.en) : '', meter ? label(`document:meter.${keyPart(meter)}`, meter) : '']
    return words.filter(Boolean).join(' · ') || unit
  }
  const figure = (row: Row, name: 'price' | 'cap' | 'minimum', value: string | null, head: string) => {
    if (row.model !== 'per-unit') return name === 'price' ? <Rate rate={row.unitPrice} currency={currency} className="text-muted" /> : '–'
    const field = figureField(name, row.index)
    return (
      <input
        name={field}
        aria-label={`${nameOf(row)}: ${head}`}
        aria-invalid={errors.error(field) ? true : undefined}
        defaultValue={errors.typed(field) ?? value ?? ''}
        inputMode="decimal"
        dir="ltr"
        className="h-9 w-32 rounded-control border border-border-strong bg-surface px-2 text-end aria-invalid:border-critical"
      />
    )
  }
  return [
    { key: 'price', head: t('changes.price'), isPrimary: true, cell: (row) => <span className="font-medium">{nameOf(row)}</span> },
    { key: 'kind', head: t('changes.kind'), cell: ({ feeKind }) => label(`pricing:changes.feeKind.${feeKind}`, feeKind) },
    { key: 'amount', head: t('changes.price'), isNumber: true, cell: (row) => figure(row, 'price', row.unitPrice, t('changes.price')) },
    { key: 'cap', head: t('changes.cap'), isNumber: true, cell: (row) => figure(row, 'cap', row.cap, t('changes.cap')) },
    {
      key: 'minimum',
      head: t('changes.minimum'),
      isNumber: true,
      cell: (row) => figure(row, 'minimum', row.minimum, t('changes.minimum')),
    },
  ]
}
