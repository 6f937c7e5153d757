import { Decimal } from '../money/decimal.ts'
import type { LocalDate } from '../time/local-date.ts'
import type { PriceModel } from './models/registry.ts'

export type FeeKind = 'setup' | 'recurring' | 'renewal' | 'cancellation' | 'usage'

/** When a fee is charged: as its service period begins, or when it has ended. */
export type BillingMode = 'in-advance' | 'in-arrears'

/** How often a recurring fee comes up: every `count` units. */
export type FeeInterval = { readonly unit: 'day' | 'week' | 'month' | 'year'; readonly count: number }

/** What shares an allowance, a cap and the tiers: each subscription, each resource, or all subscriptions of the product under a contract. */
export type IncludedScope = 'subscription' | 'resource' | 'pool'

/** Whose price it is; the lower comes first: 0 own price, 1 contract book, 2 partner level, 3 channel catalog. */
export type PriceLayer = 0 | 1 | 2 | 3

/** The exchange rate a price was made with: one unit of `from` is `rate` units of the book's currency. */
export type PriceExchange = { readonly from: string; readonly rate: Decimal; readonly source: string; readonly date: LocalDate }

/** The model of a rule; per unit, the price is the rule's `unitPrice` and stands nowhere else. */
export type RuleModel = Exclude<PriceModel, { kind: 'per-unit' }> | { readonly kind: 'per-unit' }

/** A value, or a list of which any will do, by dimension. */
export type DimensionMatch = Readonly<Record<string, string | readonly string[]>>

/**
 * One price of a price version, in the currency of the price book, before or after tax as the contract says. Valid
 * over `[validFrom, validTo)`, open-ended when `validTo` is null. What a period costs is
 * max(minimum, min(cap, model(quantity above the allowance))).
 */
export type PriceRule = {
  readonly id: string
  readonly priceVersionId: string
  readonly feeKind: FeeKind
  /** Only for subscriptions of this product; null: for all. */
  readonly productId: string | null
  /** The meter that is priced; null for every fee but usage. */
  readonly meter: string | null
  readonly unit: string
  /** The price of one `unit` of a per-unit price; of another model the price shown first. */
  readonly unitPrice: Decimal
  readonly model: RuleModel
  /** Units that are free in each period. */
  readonly included: Decimal
  readonly includedScope: IncludedScope
  /** What is left of the allowance is added to the next period's, and ends with it. */
  readonly rollsOver: boolean
  /** The most that one period costs. */
  readonly cap: Decimal | null
  /** The least that one period costs: a commitment, made up for when the period closes. */
  readonly minimum: Decimal | null
  /** The period's quantity of each resource is rounded up to whole steps. */
  readonly quantityStep: Decimal | null
  /** How often a recurring fee comes up; null: every billing month. */
  readonly interval: FeeInterval | null
  /** When a recurring fee is charged; null: as the contract says. */
  readonly billingMode: BillingMode | null
  /** Dimensions that usage must have, with one of these values. */
  readonly match: DimensionMatch
  readonly layer: PriceLayer
  /** Null when the price was made in its own currency. */
  readonly exchange: PriceExchange | null
  readonly validFrom: Date
  readonly validTo: Date | null
}

/** What a rule is when nothing else is said: per unit, nothing included, no limits, of the contract's book. */
const plainFacts = {
  model: { kind: 'per-unit' },
  included: new Decimal(0),
  includedScope: 'subscription',
  rollsOver: false,
  cap: null,
  minimum: null,
  quantityStep: null,
  interval: null,
  billingMode: null,
  match: {},
  layer: 1,
  exchange: null,
  validTo: null,
} as const satisfies Partial<PriceRule>

type PlainFact = keyof typeof plainFacts

/** A rule from what is particular about it; the rest is as plain as can be. */
export function plainRule(facts: Omit<PriceRule, PlainFact> & Partial<Pick<PriceRule, PlainFact>>): PriceRule {
  return { ...plainFacts, ...facts }
}

/** The rule's model with its parameters. */
export function modelOf(rule: Pick<PriceRule, 'model' | 'unitPrice'>): PriceModel {
  return rule.model.kind === 'per-unit' ? { kind: 'per-unit', params: { unitPrice: rule.unitPrice } } : rule.model
}

/** Whether `rule` is in force at the instant `ms` (milliseconds since 1970): its start is, its end is not. */
export function isInForce(rule: Pick<PriceRule, 'validFrom' | 'validTo'>, ms: number): boolean {
  return rule.validFrom.getTime() <= ms && (rule.validTo === null || ms < rule.validTo.getTime())
}
