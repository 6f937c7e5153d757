import { inTenant } from '#app/db/context.server.ts'
import { readHeldPayment } from '#app/db/settlement/settlement-sales.server.ts'
import { bank } from '#app/domain/ledger/chart.ts'
import { reversalOf } from '#app/domain/ledger/postings.ts'
import { postingsOfCollected } from '#app/domain/ledger/settlement-rules.ts'
import { negate, subtract } from '#app/domain/money/money.ts'
import { financialChargeOn } from '#app/domain/settlement/delegated.ts'
import { modelOf } from '#app/domain/settlement/settlement-effect.ts'
import { postingsOfChargeKept } from '#app/domain/settlement/settlement-postings.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { postEntries } from '../ledger/post-entry.server.ts'
import { type Counted, type CountStep, countSale, edgeAbove } from './count-sale.server.ts'

export type CountPaymentInput = { readonly tenantId: string; readonly paymentId: string; readonly actor: Actor }

/**
 * Model 2: counts a payment of a tenant's customer that the parent took, less what went back. It is the child's, net of the financial
 * charge, rounded on all of it. Both books follow. Safe to repeat and in any order.
 */
export async function countCollectedPayment({ tenantId, paymentId, actor }: CountPaymentInput): Promise<void> {
  const edge = await edgeAbove(tenantId, actor)
  const payment = edge && (await inTenant(tenantId, (ctx) => readHeldPayment(ctx, paymentId)))
  if (!edge || !payment) return
  const { currency, keptMinor, amountMinor } = payment
  const sale = { kind: 'payment', sourceId: paymentId, currency, totalMinor: amountMinor, paidMinor: () => keptMinor } as const
  const items = await countSale(edge, sale, (facts) => {
    const { settings } = facts.terms
    return modelOf(settings) === 'invoiced' && settings.collectsPayments === 'parent' ? collectedOf(facts, edge.accountId) : null
  })
  const entries = items
    .filter(({ kind, charge }) => kind === 'collected' && charge.minor !== 0n)
    .map(({ step, charge }) => ({
      sourceKey: `financial-charge:${paymentId}:${step}`,
      kind: 'settlement' as const,
      accountId: null,
      invoiceId: null,
      postings: postingsOfChargeKept(charge),
    }))
  if (entries.length > 0) await inTenant(tenantId, (ctx) => postEntries(ctx, entries), { actor })
}

function collectedOf({ terms, step }: CountStep, childAccountId: string): Counted {
  const rate = terms.settings.financialChargeRate
  const paid = subtract(step.after, step.before)
  const charge = subtract(financialChargeOn(step.after, rate), financialChargeOn(step.before, rate))
  const item = { kind: 'collected' as const, paid, charge, amount: subtract(paid, charge) }
  const isBack = paid.minor < 0n
  const size = isBack ? { amount: negate(paid), financialCharge: negate(charge) } : { amount: paid, financialCharge: charge }
  const postings = postingsOfCollected({ childAccountId, at: bank, ...size })
  return { items: [item], postings: isBack ? reversalOf(postings) : postings, detail: {} }
}
