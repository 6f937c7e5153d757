import { clock } from '#app/config/clock.server.ts'
import { earnTries } from '#app/services/promotions/earn-tries.server.ts'
import { humanCheck, inTenant } from '#app/wiring.server.ts'
import { customerOf } from '../request/as-customer.server.ts'
import { viewerOf } from '../request/session.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import { addressHashOf } from './order-quote.server.ts'

/** Lets a reader whose browser solved a task type a few more promotion codes; nothing without a proof. */
export async function earnCodeTries(request: Request, proof: string | undefined): Promise<void> {
  const solved = proof ? await humanCheck().solved(proof, clock.now()) : null
  if (!solved) return
  const { tenantId } = await tenantOf(request)
  const accountId = (await viewerOf(request))?.hasPanel ? (await customerOf(request)).accountId : null
  await inTenant(tenantId, (ctx) => earnTries(ctx, { accountId, addressHash: addressHashOf(request, tenantId), solved }))
}
