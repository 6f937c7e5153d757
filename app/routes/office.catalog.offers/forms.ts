import { z } from 'zod'
import { uuid } from '#app/web/request/form-fields.ts'

const price = z
  .string()
  .trim()
  .regex(/^\d{1,14}(\.\d{1,12})?$/, 'invalid')
  .optional()

/** The deeds of the page of offers, each a form of its own. */
export const offerForms = {
  resolve: z.object({ changeId: uuid, follow: z.literal('yes').optional() }),
  import: z.object({
    offerId: uuid,
    priceBookId: uuid.optional(),
    from: z.iso.date('required'),
    reason: z.string().trim().max(200, 'too-long').optional(),
  }),
  delegate: z.object({ accountId: uuid, productId: uuid, priceFloor: price, priceCeiling: price }),
  withdraw: z.object({ accountId: uuid, productId: uuid }),
} as const
export type OfferDeed = keyof typeof offerForms

/** The deed an address asks for. */
export function offerDeedOf(request: Request): OfferDeed | undefined {
  const deed = new URL(request.url).searchParams.get('deed') ?? ''
  return Object.hasOwn(offerForms, deed) ? (deed as OfferDeed) : undefined
}
