import { z } from 'zod'
import type { RevisionChange } from '#app/domain/catalog/revision.ts'
import { feeKinds } from '#app/domain/pricing/markup/fee-kinds.ts'
import { languageTag } from '#app/domain/shared/language-tag.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'

export const placeKinds = ['show', 'hide', 'add', 'move'] as const
const decimal = z
  .string()
  .trim()
  .regex(/^\d{1,14}(\.\d{1,12})?$/, 'invalid')

/** What a price is for: a kind of fee, or `usage:` and a meter, which publishing looks up. */
const fee = z
  .string('invalid')
  .refine((text) => /^usage:[a-z][a-z0-9.-]{0,60}$/.test(text) || feeKinds.some((kind) => kind === text && kind !== 'usage'), 'invalid')

/** One more change of a draft, a form for each sort; field names differ, since ids do. */
export const changeForms = {
  place: z
    .object({
      change: z.enum(placeKinds, 'invalid'),
      placeProductId: uuid,
      position: z.coerce.number('invalid').int('invalid').min(0, 'invalid').max(100_000, 'invalid').optional(),
    })
    .refine(({ change, position }) => position !== undefined || change === 'show' || change === 'hide', {
      path: ['position'],
      message: 'required',
    }),
  text: z.object({
    textProductId: uuid,
    language: z.string('required').regex(languageTag, 'invalid'),
    name: line(120),
  }),
  price: z.object({
    priceProductId: uuid,
    priceBookId: uuid,
    fee,
    unitPrice: decimal,
    cap: decimal.optional(),
  }),
  prices: z.object({ source: z.string('required').regex(/^(book|version):[0-9a-f-]{36}$/, 'required') }),
} as const
export type ChangeSort = keyof typeof changeForms

export const ScheduleForm = z.object({ activateOn: z.iso.date('required') })
export const RemoveForm = z.object({ index: z.coerce.number().int().min(0), of: z.coerce.number().int().min(1) })
export const NoForm = z.object({})

type Form<Sort extends ChangeSort> = z.output<(typeof changeForms)[Sort]>

/** The change each form asks for. */
export const toChange: { readonly [Sort in ChangeSort]: (form: Form<Sort>) => RevisionChange } = {
  place: ({ change, placeProductId: productId, position = 0 }) =>
    change === 'show' || change === 'hide' ? { kind: change, productId } : { kind: change, productId, position },
  text: ({ textProductId: productId, language, name }) => ({ kind: 'text', productId, language, name }),
  price: ({ priceProductId: productId, priceBookId, fee, unitPrice, cap }) => {
    const meter = fee.startsWith('usage:') ? fee.slice('usage:'.length) : null
    const feeKind = feeKinds.find((kind) => kind === fee) ?? 'usage'
    return { kind: 'price', productId, priceBookId, fee: { feeKind, meter, match: {}, unitPrice, cap: cap ?? null } }
  },
  prices: ({ source }) => {
    const [sort, id = ''] = source.split(':')
    return sort === 'book' ? { kind: 'price-book', priceBookId: id } : { kind: 'price-version', priceVersionId: id }
  },
}
