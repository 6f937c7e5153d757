import type { Decimal } from '../money/decimal.ts'
import type { Money } from '../money/money.ts'
import type { LocalDate } from '../time/local-date.ts'

/** What a discount touches. Overage is metered use of a price that includes a quantity; other metered use is usage. */
export const discountScopes = ['setup', 'recurring', 'usage', 'overage'] as const
export type DiscountScope = (typeof discountScopes)[number]

/** A name by language tag, e.g. `{ en: "Spring", de: "Frühling" }`. */
export type DiscountName = Readonly<Record<string, string>>

/**
 * How much a discount takes: a percentage of what is left of its lines; an amount, of which `remaining` is not used yet; or
 * metered units free of charge in each billing period of a subscription.
 */
export type DiscountValue =
  | { readonly method: 'percent'; readonly percent: Decimal }
  | { readonly method: 'amount'; readonly remaining: Money }
  | { readonly method: 'units'; readonly meter: string; readonly perPeriod: Decimal }

/** A reduction under one contract: agreed by staff, or what a redeemed promotion promised. In force over `[validFrom, validTo)`. */
export type Discount = {
  readonly id: string
  /** Only what is rated under this contract, where an invoice has lines of several. */
  readonly contractId?: string
  readonly name: DiscountName
  readonly value: DiscountValue
  /** Only what this account used; null: everybody under the contract. */
  readonly accountId: string | null
  /** Only fees of this subscription; null: all. */
  readonly subscriptionId: string | null
  readonly scopes: readonly DiscountScope[]
  /** Only products of these groups; none: all products. */
  readonly productGroups: readonly string[]
  /** The lower number applies first. */
  readonly priority: number
  /** Of the discounts of one group only the first applies to a line. */
  readonly stackGroup: string | null
  /** Whether other discounts may apply to the same line. */
  readonly isStackable: boolean
  /** Its age: the start of the promotion, or of the discount that staff agreed. */
  readonly since: Date
  /** Decides between discounts of one priority and age. */
  readonly rank: string
  readonly validFrom: Date
  readonly validTo: Date | null
}

/** A line before discounts. `amount` is rounded already; a credit is negative. */
export type DiscountableLine = {
  readonly key: string
  /** The contract it is rated under, where an invoice has lines of several. */
  readonly contractId?: string
  readonly accountId: string
  readonly subscriptionId: string | null
  readonly productGroup: string | null
  /** Null for what no discount touches, e.g. a cancellation fee. */
  readonly scope: DiscountScope | null
  readonly meter: string | null
  readonly billedQuantity: Decimal
  readonly amount: Money
  readonly periodStart: Date
  readonly billingPeriod: LocalDate
  readonly isCorrection: boolean
}

/** The scope of a fee; `hasAllowance` when its price includes a quantity. */
export function scopeOf(feeKind: string, hasAllowance: boolean): DiscountScope | null {
  if (feeKind === 'setup') return 'setup'
  if (feeKind === 'recurring' || feeKind === 'renewal') return 'recurring'
  if (feeKind === 'usage') return hasAllowance ? 'overage' : 'usage'
  return null
}

/** Whether `discount` is about `line`: scope, group, user and subscription fit, and its period begins while the discount is in force. */
export function matches(discount: Discount, line: DiscountableLine): boolean {
  if (line.scope === null || !discount.scopes.includes(line.scope)) return false
  if (!isOfItsOwner(discount, line)) return false
  if (discount.productGroups.length > 0 && !discount.productGroups.includes(line.productGroup ?? '')) return false
  if (discount.value.method === 'units' && (line.meter !== discount.value.meter || line.isCorrection)) return false
  const begins = line.periodStart.getTime()
  return discount.validFrom.getTime() <= begins && (discount.validTo === null || begins < discount.validTo.getTime())
}

function isOfItsOwner({ contractId, accountId, subscriptionId }: Discount, line: DiscountableLine): boolean {
  if (contractId !== undefined && contractId !== line.contractId) return false
  if (accountId !== null && accountId !== line.accountId) return false
  return subscriptionId === null || subscriptionId === line.subscriptionId
}

/** The one order of application: by priority, the older first (B10), then by rank. It does not depend on the order of the input. */
export function byApplication(a: Pick<Discount, 'priority' | 'since' | 'rank'>, b: Pick<Discount, 'priority' | 'since' | 'rank'>): number {
  return a.priority - b.priority || a.since.getTime() - b.since.getTime() || (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0)
}
