import { z } from 'zod'
import { err, ok, type Result } from '../shared/result.ts'
import { mostPieces } from './order-pieces.ts'
import { longestNote, mostUnitsOfAll } from './service-sale.ts'

const text = (longest: number) => z.string().max(longest)

/** An application: of each tier a size, and so many servers. */
const ChosenApp = z.object({
  code: text(60),
  tiers: z
    .array(z.object({ code: text(24), planCode: text(60), count: z.number().int().min(1).max(mostPieces) }))
    .min(1)
    .max(mostPieces),
})

/** One thing in a cart, as its buyer chose it: nothing of it is judged before it is looked at again. */
export const CartLine = z.object({
  id: text(40),
  /** Of a plan, a bundle or a service; empty for an application. */
  planCode: text(60),
  app: ChosenApp.optional(),
  optionCodes: z.array(text(60)).max(50).default([]),
  locationCode: text(60).optional(),
  imageCode: text(60).optional(),
  name: text(64).optional(),
  sshKey: text(2_000).optional(),
  sshKeyId: text(40).optional(),
  keepsKey: z.boolean().optional(),
  networkId: text(40).optional(),
  projectId: text(40).optional(),
  quantity: z.number().int().min(1).max(mostPieces),
  /** Of a service that is ordered by itself. */
  units: z.number().int().min(1).max(mostUnitsOfAll).optional(),
  note: text(longestNote).optional(),
})
export type CartLine = z.infer<typeof CartLine>
export type Cart = readonly CartLine[]

/** A cart as it was kept; empty where it cannot be read. */
export function cartOf(kept: unknown): Cart {
  const cart = z.array(CartLine).max(mostPieces).safeParse(kept)
  return cart.success ? cart.data : []
}

/** The cart with a line, in the place of the one of the same id; refused when an order may not have so many pieces. */
export function withLine(cart: Cart, line: CartLine): Result<Cart, 'too-many-pieces'> {
  const isKnown = cart.some(({ id }) => id === line.id)
  const lines = isKnown ? cart.map((each) => (each.id === line.id ? line : each)) : [...cart, line]
  return lines.reduce((sum, each) => sum + piecesIn(each), 0) > mostPieces ? err('too-many-pieces') : ok(lines)
}

/** How many pieces of an order a line is. */
function piecesIn({ app, quantity }: CartLine): number {
  return app ? app.tiers.reduce((sum, { count }) => sum + count, 0) : quantity
}

/** The cart with another number of one thing. What is not in it stays out; servers of an application are counted where it is chosen. */
export function withQuantity(cart: Cart, { id, quantity }: Pick<CartLine, 'id' | 'quantity'>): Result<Cart, 'too-many-pieces'> {
  const line = cart.find((each) => each.id === id)
  return line && !line.app ? withLine(cart, { ...line, quantity }) : ok(cart)
}

/** The cart without one thing. */
export function withoutLine(cart: Cart, id: string): Cart {
  return cart.filter((line) => line.id !== id)
}
