import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import { type QuoteOrderInput, quoteOrder } from '#app/services/orders/quote-order.server.ts'
import { buyerOfContract, roomForOrder } from '#app/services/orders/room-for-order.server.ts'
import type { TriedCodes } from '#app/services/promotions/try-codes.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { customerOf } from '../request/as-customer.server.ts'
import { viewerOf } from '../request/session.server.ts'

/** What a reader asks the price of. Codes only with a deed: each one that is refused counts as a try. */
export type ReaderChoice = Pick<QuoteOrderInput, 'planCode' | 'optionCodes' | 'quantity' | 'further' | 'promoCodes'>

/** What a plan costs the reader's own account; undefined for a visitor, and where the account has no price for it. */
export async function quoteForReader(request: Request, choice: ReaderChoice): Promise<TriedCodes | undefined> {
  const viewer = await viewerOf(request)
  if (!viewer?.hasPanel) return undefined
  const { tenantId, accountId } = await customerOf(request)
  const quote = await inTenant(tenantId, (ctx) => quoteOrder(ctx, { ...choice, accountId, addressHash: addressHashOf(request, tenantId) }))
  return quote.ok ? quote.value : undefined
}

/** What the reader's account can be charged by a contract without paying now, and who buys by it: for the page that asks how to pay. */
export async function payingLater(request: Request, contractId: string) {
  const { tenantId, accountId } = await customerOf(request)
  return inTenant(tenantId, async (ctx) => ({
    room: await roomForOrder(ctx, { contractId, accountId }),
    buyer: await buyerOfContract(ctx, contractId),
  }))
}

/** The reader's network address, as our own server vouches for it; undefined where it is none. */
export function addressOf(request: Request): string | undefined {
  const address = (request.headers.get('x-client-address') ?? '').replace(/^::ffff:/i, '').replace(/%.*$/, '')
  return isIP(address) === 0 ? undefined : address
}

/** A digest of the reader's network address, of no use outside this store. */
export function addressHashOf(request: Request, tenantId: string): string {
  return createHash('sha256')
    .update(`${tenantId} ${request.headers.get('x-client-address') ?? ''}`)
    .digest('hex')
}
