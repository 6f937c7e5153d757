import { amountCells, amountHead } from '#app/domain/money/amount-cells.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { AskedUsage } from '../desks/usage-request.ts'
import { sheetDownload } from './sheets.server.ts'

type FileGroup = {
  readonly ref: string | null
  readonly name: string | null
  readonly amount: Money
  readonly exact: string
  readonly charges: number
  readonly line: { readonly meter: string; readonly unit: string; readonly unitPrice: string; readonly quantity: string } | null
}

const head = [
  'from',
  'to',
  'by',
  'id',
  'name',
  'meter',
  'unit',
  'quantity',
  'unit_price',
  'charges',
  'currency',
  ...amountHead('net'),
  'net_exact',
]

/** Charges put together as a page shows them, as a CSV file: rounded as there, and exact, so that the sum is that of the charges. */
export function usageFile({ from, to, by, tagKey }: AskedUsage, { groups }: { readonly groups: readonly FileGroup[] }): Promise<Response> {
  const rows = groups.map(({ ref, name, amount, exact, charges, line }) => [
    ...[from, to, by === 'tag' && tagKey ? `tag:${tagKey}` : by, ref ?? '', name ?? ''],
    ...[line?.meter ?? '', line?.unit ?? '', line?.quantity ?? '', line?.unitPrice ?? ''],
    ...[String(charges), amount.currency, ...amountCells(amount), exact],
  ])
  return sheetDownload([head, ...rows], `usage-${from}-${to}`, 'csv')
}
