import { Decimal } from '../money/decimal.ts'
import type { PriceRule } from '../pricing/price-rule.ts'
import type { ProrationPolicy } from '../proration/prorate.ts'
import type { RatedCharge } from '../rating/charge.ts'
import type { FeeItem } from '../rating/fee-subscription.ts'
import { feeTargets } from '../rating/fee-targets.ts'
import type { BillingCycle } from '../time/billing-month.ts'
import type { OrderedItem } from './bundle.ts'

/** How the service periods of an order are cut once it runs. */
export type QuotedService = {
  readonly cycle: BillingCycle
  /** Longer periods are counted from the start, not from January. */
  readonly isAnniversary: boolean
  /** Until then nothing is due; null without a trial. */
  readonly trialEndsAt: Date | null
  /** How the product and each of its parts prorate; by the second where nothing is said. */
  readonly proration: ReadonlyMap<string, ProrationPolicy>
}

type FirstInput = { readonly productId: string; readonly rules: readonly PriceRule[]; readonly currency: string; readonly at: Date }

/** The fees that begin with an order at `at`, for their part of the first service period, by the function that bills them. */
export function firstCharges(
  { productId, rules, currency, at }: FirstInput,
  { items, service }: { readonly items: readonly OrderedItem[]; readonly service: QuotedService },
): RatedCharge[] {
  const { cycle, isAnniversary, trialEndsAt, proration } = service
  const dated = items.map(
    (item): FeeItem => ({
      ...item,
      startsAt: at,
      endsAt: null,
      priceVersionId: null,
      proration: proration.get(item.productId) ?? 'second',
    }),
  )
  const subscription = {
    id: 'quote',
    contractId: 'quote',
    productId,
    startsAt: at,
    endsAt: null,
    items: dated,
    cycle,
    isAnniversary,
    trialEndsAt,
    quantity: new Decimal(1),
    proration: proration.get(productId) ?? 'second',
  }
  const span = { start: at, end: new Date(at.getTime() + 1) }
  return feeTargets({ subscription, rules, currency, span })
    .map(({ charge }) => charge)
    .filter(({ chargePeriod }) => chargePeriod.start.getTime() === at.getTime())
}
