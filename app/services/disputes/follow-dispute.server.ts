import { audit } from '#app/db/audit.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { readDispute } from '#app/db/payments/disputes.server.ts'
import { readPaymentSettings } from '#app/db/payments/payment-settings.server.ts'
import { documentsOfPayment, holdSalesOf } from '#app/db/settlement/settlement-sales.server.ts'
import { isDecided } from '#app/domain/dispute/dispute-state.ts'
import { type Actor, actorName } from '#app/domain/shared/actor.ts'
import { liftHold } from '../holds/lift-hold.server.ts'
import { placeHold } from '../holds/place-hold.server.ts'
import { edgeAbove } from '../settlement/count-sale.server.ts'

export type FollowDisputeInput = { readonly tenantId: string; readonly disputeId: string; readonly actor: Actor }

/**
 * What a dispute does beyond its payment, by where it stands now: while nobody has decided, the parent pays nothing out of the sale, and
 * the account's services stop where the seller wants that. Safe to repeat and in any order.
 */
export async function followDispute({ tenantId, disputeId, actor }: FollowDisputeInput): Promise<void> {
  const facts = await inTenant(tenantId, async (ctx) => {
    const dispute = await readDispute(ctx, disputeId)
    return dispute && { dispute, invoiceIds: await documentsOfPayment(ctx, dispute.paymentId) }
  })
  if (!facts) return
  const { dispute, invoiceIds } = facts
  const isHeld = !isDecided(dispute.state)
  const edge = await edgeAbove(tenantId, actor)
  if (edge) {
    const sales = { accountId: edge.accountId, paymentId: dispute.paymentId, invoiceIds }
    // The parent reads no name and no reference of its child's customer.
    const hold = { by: actorName(actor), reason: `dispute ${disputeId}`, isHeld }
    await inTenant(
      edge.parentTenantId,
      async (ctx) => {
        const sold = await holdSalesOf(ctx, sales, hold)
        const action = isHeld ? 'settlement.held' : 'settlement.released'
        if (sold > 0)
          await audit(ctx, { action, subjectKind: 'account', subjectId: edge.accountId, detail: { reason: hold.reason, sales: sold } })
      },
      { actor },
    )
  }
  await stopServices({ tenantId, disputeId, actor })
}

async function stopServices({ tenantId, disputeId, actor }: FollowDisputeInput): Promise<void> {
  const key = `dispute:${disputeId}`
  await inTenant(
    tenantId,
    async (ctx) => {
      const dispute = await readDispute(ctx, disputeId)
      if (!dispute) return
      const { accountId } = dispute
      if (isDecided(dispute.state)) await liftHold(ctx, { accountId, key })
      else if ((await readPaymentSettings(ctx)).suspendsOnDispute)
        await placeHold(ctx, { accountId, source: 'dispute', effect: 'suspend-services', reason: 'dispute', key })
    },
    { actor },
  )
}
