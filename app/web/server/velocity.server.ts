import { clock } from '#app/config/clock.server.ts'
import { limitSignUps } from '#app/services/fraud/limit-sign-ups.server.ts'
import { limitVelocity } from '#app/services/fraud/limit-velocity.server.ts'
import { humanCheck, inTenant } from '#app/wiring.server.ts'
import type { Customer } from '../request/as-customer.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import { addressHashOf } from '../store/order-quote.server.ts'

/** Counts a sign-up from the request's network address, with what its form proved. Null: it may go on; else when to try again. */
export async function signUpRetry(request: Request, proof: string | undefined): Promise<Date | null> {
  const { tenantId } = await tenantOf(request)
  const solved = proof ? await humanCheck().solved(proof, clock.now()) : null
  return inTenant(tenantId, (ctx) => limitSignUps(ctx, { addressHash: addressHashOf(request, tenantId), solved }))
}

/** Counts an order of the customer's account and from the request's network address. Null: it may go on; else when to try again. */
export async function orderRetry(request: Request, { tenantId, accountId }: Customer): Promise<Date | null> {
  return inTenant(tenantId, (ctx) => limitVelocity(ctx, { kind: 'order', accountId, addressHash: addressHashOf(request, tenantId) }))
}

/** A task for a form that opens an account, or types one code after another. */
export function signUpTask(): Promise<string> {
  return humanCheck().task(clock.now())
}
