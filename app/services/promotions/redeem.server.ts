import { insertDiscount } from '#app/db/catalog/discounts.server.ts'
import {
  giveBack,
  type HeldRedemption,
  insertRedemption,
  type LimitTake,
  moveHeld,
  takeAccountUse,
  takeBudget,
  takeCode,
  takePromotion,
  tieRedemption,
} from '#app/db/catalog/redemptions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readCycle } from '#app/db/documents/billing-cycles.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { endOfPeriods } from '#app/domain/promo/end-of-periods.ts'
import { discountValue, type PromotionSnapshot, periodsOf, readSnapshot } from '#app/domain/promo/promotion.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { subscriptionCycle } from '#app/domain/subscription/subscription-cycle.ts'
import type { AcceptedCode } from './price-with-codes.server.ts'

export type HoldInput = { readonly orderId: string; readonly accountId: string; readonly accepted: readonly AcceptedCode[] }

/** Which limit was reached in the meantime. */
export type HoldError = 'code-used-up' | 'promotion-used-up' | 'used-by-account' | 'budget-spent'

/**
 * Holds what an order redeems: one use of each code, promotion and account, and the campaign's money. Each limit is one conditional
 * update (D17), always taken in the same order, so that two buyers never wait for one another in a circle. A refusal
 * rolls the caller's transaction back, and with it whatever was taken before.
 */
export async function holdRedemptions(ctx: TenantContext, input: HoldInput): Promise<Result<undefined, HoldError>> {
  const inOrder = [...input.accepted].sort((a, b) => (a.snapshot.promotionId < b.snapshot.promotionId ? -1 : 1))
  for (const { facts, snapshot, cost } of inOrder) {
    const take: LimitTake = {
      promoCodeId: facts.promoCodeId,
      promotionId: snapshot.promotionId,
      campaignId: facts.campaign?.id ?? null,
      accountId: input.accountId,
      costMinor: cost.minor,
      currency: cost.currency,
    }
    if (!(await takeCode(ctx, take))) return err('code-used-up')
    if (!(await takePromotion(ctx, take))) return err('promotion-used-up')
    if (!(await takeAccountUse(ctx, take))) return err('used-by-account')
    if (!(await takeBudget(ctx, take))) return err('budget-spent')
    await insertRedemption(ctx, { ...take, orderId: input.orderId, snapshot })
    if (take.campaignId) await askWhetherSpent(ctx, take.campaignId, input.orderId)
  }
  return ok(undefined)
}

function askWhetherSpent(ctx: TenantContext, campaignId: string, orderId: string): Promise<void> {
  return enqueue(ctx, {
    name: 'campaign/spent',
    data: { tenantId: ctx.tenantId, campaignId },
    key: `campaign-spent:${campaignId}:${orderId}`,
  })
}

export type ApplyInput = { readonly orderId: string; readonly subscriptionId: string; readonly startedAt: Date }

/**
 * Turns what an order holds into discounts of its subscription, from the instant it began and for the periods promised, by the
 * snapshot the order keeps. Safe to repeat.
 */
export async function applyRedemptions(ctx: TenantContext, input: ApplyInput): Promise<void> {
  const held = await moveHeld(ctx, input.orderId, 'applied')
  if (held.length === 0) return
  const facts = await readCycle(ctx, input.subscriptionId)
  const cycle = subscriptionCycle({ ...facts, startsAt: input.startedAt })
  for (const redemption of held) {
    const snapshot = readSnapshot(redemption.snapshot)
    const periods = periodsOf(snapshot.terms)
    await tieRedemption(ctx, redemption.id, input.subscriptionId)
    await insertDiscount(ctx, {
      ...grantOf(snapshot, redemption.currency),
      accountId: redemption.accountId,
      contractId: facts.contractId,
      redemptionId: redemption.id,
      subscriptionId: input.subscriptionId,
      name: snapshot.name,
      scopes: snapshot.scopes,
      productGroups: snapshot.productGroups,
      priority: snapshot.priority,
      isStackable: snapshot.isStackable,
      periods,
      validFrom: input.startedAt,
      validTo: periods === null ? null : endOfPeriods(cycle, input.startedAt, periods),
      reason: snapshot.promoCode ?? snapshot.code,
    })
  }
}

/** Free units stand as a hundred percent of what their snapshot names. */
function grantOf(snapshot: PromotionSnapshot, currency: string) {
  const value = discountValue(snapshot.terms, currency)
  if (value.ok && value.value.method === 'amount') return { percent: null, amountMinor: value.value.remaining.minor, currency }
  const percent = value.ok && value.value.method === 'percent' ? value.value.percent.toFixed() : '100'
  return { percent, amountMinor: null, currency: null }
}

/** Gives back what an order holds and does not use: its limits and the campaign's money. Safe to repeat. */
export async function releaseRedemptions(ctx: TenantContext, orderId: string): Promise<HeldRedemption[]> {
  const held = await moveHeld(ctx, orderId, 'released')
  for (const redemption of held) await giveBack(ctx, redemption)
  return held
}
