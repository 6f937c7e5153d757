import { z } from 'zod'
import { priceRoundings } from '#app/domain/pricing/price-change/round-price.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'

const code = z
  .string('required')
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'invalid')
const listed = z
  .string()
  .trim()
  .default('')
  .transform((text) => text.split(/[\s,]+/).flatMap((part) => (part ? part.toUpperCase() : [])))
const optional = z
  .string()
  .trim()
  .max(60, 'too-long')
  .optional()
  .transform((text) => text ?? null)

/** The deeds of the page of catalogs, each a form of its own; field names differ, since ids do. */
export const catalogForms = {
  catalog: z.object({ code, name: line(120) }),
  channel: z.object({
    channelCode: code,
    channelName: line(120),
    channelCatalogId: uuid,
    channelSegment: optional,
    countries: listed,
    currencies: listed,
    isDefault: z.literal('on').optional(),
  }),
  rule: z.object({
    ruleCatalogId: uuid,
    partnerLevelId: uuid.optional().transform((id) => id ?? null),
    ruleSegment: optional,
    country: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z]{2}$/, 'invalid')
      .optional()
      .transform((text) => text ?? null),
    priority: z.coerce.number('invalid').int('invalid').min(0, 'invalid').max(1000, 'invalid').default(0),
  }),
  'remove-rule': z.object({ affinityId: uuid }),
  revision: z.object({ catalogId: uuid, note: line(200) }),
  book: z.object({
    bookCatalogId: uuid,
    bookCurrency: z.string('required').trim().toUpperCase(),
    sourceBookId: uuid.optional(),
    percent: z
      .string()
      .trim()
      .regex(/^[+-]?\d{1,4}(\.\d{1,6})?$/, 'invalid')
      .default('0'),
    bookRounding: z.enum(priceRoundings, 'invalid').default('none'),
    bookFrom: z.iso.date('required'),
  }),
} as const
export type CatalogDeed = keyof typeof catalogForms

/** The deed an address asks for. */
export function deedOf(request: Request): CatalogDeed | undefined {
  const deed = new URL(request.url).searchParams.get('deed') ?? ''
  return Object.hasOwn(catalogForms, deed) ? (deed as CatalogDeed) : undefined
}
