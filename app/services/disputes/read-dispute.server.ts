import { findGatewayAccount, type GatewayAccountRow } from '#app/db/payments/gateway-accounts.server.ts'
import { attemptOfRefs } from '#app/db/payments/payment-attempts.server.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import { askGateway, type GatewayProcess } from '../gateways/gateway-ports.server.ts'
import { type TakeInDisputeError, takeInDispute } from './take-in-dispute.server.ts'

export type ReadDisputeInput = { readonly gatewayAccountId: string; readonly disputeRef: string; readonly paymentRef: string | null }

/** Asks a gateway where a dispute stands and takes it in. Safe to repeat and in any order. Returns the dispute's id. */
export async function readDisputeAtGateway(
  process: GatewayProcess,
  { gatewayAccountId, disputeRef, paymentRef }: ReadDisputeInput,
): Promise<Result<string, TakeInDisputeError | 'dispute-not-found'>> {
  const known = await process.inTenant(async (ctx): Promise<{ account: GatewayAccountRow; attemptId: string | null } | null> => {
    const account = await findGatewayAccount(ctx, gatewayAccountId)
    const refs = { gatewayAccountId, paymentRef, attemptId: null, checkoutRef: null }
    return account && { account, attemptId: (await attemptOfRefs(ctx, refs)) ?? null }
  })
  if (!known) return err('dispute-not-found')
  const seen = await askGateway(process, known, (gateway) => gateway.readDispute(disputeRef))
  if (!seen) return err('dispute-not-found')
  return process.inTenant((ctx) => takeInDispute(ctx, { gatewayAccountId, seen }))
}
