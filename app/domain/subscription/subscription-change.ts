import { z } from 'zod'
import { Uuid } from '../shared/ids.ts'

const Quantity = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,12})?$/)
  .refine((text) => /[1-9]/.test(text))

/**
 * What is asked for, as it is kept with the change: ids and decimal texts. `prices` keeps those of a version, or follows the newest
 * without one; `cancel` is the buyer's wish, `end` a term that is over.
 */
export const SubscriptionChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plan'), productId: Uuid }),
  z.object({ kind: z.literal('quantity'), quantity: Quantity }),
  z.object({ kind: z.literal('add-on'), productId: Uuid, quantity: Quantity.default('1') }),
  z.object({ kind: z.literal('remove-add-on'), productId: Uuid }),
  z.object({ kind: z.literal('prices'), priceVersionId: Uuid.nullable() }),
  z.object({ kind: z.literal('pause') }),
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('cancel') }),
  z.object({ kind: z.literal('end') }),
])
export type SubscriptionChange = z.infer<typeof SubscriptionChange>
export type SubscriptionChangeKind = SubscriptionChange['kind']

/** proposed: waits for the buyer; scheduled: waits for its instant; refused: a level above said no; failed: it could not be made any more. */
export type SubscriptionChangeState = 'proposed' | 'scheduled' | 'applied' | 'cancelled' | 'refused' | 'failed'
