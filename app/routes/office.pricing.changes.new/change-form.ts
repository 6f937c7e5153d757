import { z } from 'zod'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { PriceFilter, PriceShift } from '#app/domain/pricing/price-change/change-rule.ts'
import { priceRoundings } from '#app/domain/pricing/price-change/round-price.ts'
import { startOfDay } from '#app/domain/time/local-date.ts'

export const feeKinds = ['setup', 'recurring', 'renewal', 'cancellation', 'usage'] as const

const uuid = z.uuid('invalid')
const text = z.string().trim().max(200, 'too-long')
const decimal = z
  .string()
  .trim()
  .regex(/^[-−+]?\d{1,9}([.,]\d{1,6})?$/, 'not-a-decimal')
  .transform((typed) => new Decimal(typed.replace('−', '-').replace(',', '.').replace(/^\+/, '')))

const Fields = z.object({
  books: z.array(uuid).min(1, 'required').max(100),
  kinds: z.array(z.enum(feeKinds)),
  group: text.nullable(),
  product: uuid.nullable(),
  meter: text.nullable(),
  method: z.enum(['percent', 'amount']),
  percent: decimal.nullable(),
  amounts: z.array(z.tuple([z.string().regex(/^[A-Z]{3}$/), decimal])),
  rounding: z.enum(priceRoundings),
  on: z.iso.date('required'),
  note: text.nullable(),
})
export type ChangeFields = z.output<typeof Fields>

/** The first thing wrong with each field, by its code. */
export type ReadChange =
  | { readonly ok: true; readonly value: ChangeFields }
  | { readonly ok: false; readonly fields: Record<string, string> }

/** The change that an address asks for. */
export function readChange(search: URLSearchParams): ReadChange {
  const one = (name: string) => search.get(name)?.trim() || null
  const amounts = [...search].flatMap(([name, value]) => (name.startsWith('amount-') && value.trim() ? [[name.slice(7), value]] : []))
  const parsed = Fields.safeParse({
    books: search.getAll('book'),
    kinds: search.getAll('kind'),
    group: one('group'),
    product: one('product'),
    meter: one('meter'),
    method: one('method'),
    percent: one('percent'),
    amounts,
    rounding: one('rounding'),
    on: one('on') ?? '',
    note: one('note'),
  })
  if (!parsed.success)
    return { ok: false, fields: Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path[0]), message])) }
  const { method, percent, amounts: given } = parsed.data
  if (method === 'percent' && !percent) return { ok: false, fields: { percent: 'required' } }
  if (method === 'percent' && percent?.lte(-100)) return { ok: false, fields: { percent: 'invalid' } }
  if (method === 'amount' && given.length === 0) return { ok: false, fields: { amounts: 'required' } }
  return { ok: true, value: parsed.data }
}

/** What the use cases take; the new prices begin where the day does in the seller's zone. */
export function toInput({ books, kinds, group, product, meter, ...rest }: ChangeFields, zone: string) {
  const filter: PriceFilter = { feeKinds: kinds, productGroup: group, productIds: product ? [product] : [], meters: meter ? [meter] : [] }
  const shift: PriceShift =
    rest.method === 'percent' && rest.percent
      ? { method: 'percent', percent: rest.percent }
      : { method: 'amount', amounts: Object.fromEntries(rest.amounts) }
  return { priceBookIds: books, filter, shift, rounding: rest.rounding, validFrom: startOfDay(rest.on, zone), note: rest.note }
}
