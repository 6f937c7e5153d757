import { allocate } from '../money/allocate.ts'
import { Decimal } from '../money/decimal.ts'
import { add, fromDecimal, type Money, money, negate, subtract, sum, toDecimal, zero } from '../money/money.ts'
import { invariant } from '../shared/invariant.ts'
import { byApplication, type Discount, type DiscountableLine, matches } from './discount.ts'

/** Why a discount took nothing, although it is in force. */
export type DiscountRefusal = 'other-currency' | 'nothing-matches' | 'not-combinable' | 'nothing-left'

/** What one discount did, in order of application. */
export type DiscountStep = {
  readonly discount: Discount
  /** What its lines came to before it. */
  readonly base: Money
  /** What it takes off: negative; positive only where it takes its part of a credit back. */
  readonly amount: Money
  /** The same by line key; lines it leaves alone are not among them. */
  readonly shares: ReadonlyMap<string, Money>
  /** What of a fixed amount carries over to the next invoice; null for any other discount. */
  readonly left: Money | null
  readonly refusal: DiscountRefusal | null
}

type LineState = {
  readonly line: DiscountableLine
  readonly left: Money
  readonly groups: readonly string[]
  readonly isTaken: boolean
  readonly isClosed: boolean
}

export type ApplyDiscountsInput = {
  readonly currency: string
  readonly lines: readonly DiscountableLine[]
  readonly discounts: readonly Discount[]
}

/**
 * Applies `discounts` one after the other, each on what those before it left of a line (B10), in the order of `byApplication`.
 * A percentage is rounded once, half away from zero, and follows credits too; a fixed amount never takes a line below zero
 * and keeps its rest. What is taken is spread over the lines by `allocate` (B6). A line that a discount without stacking
 * took is closed to the others, and of one stack group only the first takes it.
 * @throws InvariantError when a line is in another currency or comes twice.
 */
export function applyDiscounts({ currency, lines, discounts }: ApplyDiscountsInput): DiscountStep[] {
  invariant(new Set(lines.map((line) => line.key)).size === lines.length, 'applyDiscounts: a line comes twice')
  for (const line of lines) invariant(line.amount.currency === currency, `applyDiscounts: ${line.key} is not in ${currency}`)

  let states: readonly LineState[] = inFixedOrder(lines).map((line) => ({
    line,
    left: line.amount,
    groups: [],
    isTaken: false,
    isClosed: false,
  }))
  return [...discounts].sort(byApplication).map((discount) => {
    const step = stepOf(discount, states, currency)
    states = states.map((state) => after(state, step))
    return step
  })
}

function inFixedOrder(lines: readonly DiscountableLine[]): DiscountableLine[] {
  return [...lines].sort((a, b) => (a.key < b.key ? -1 : 1))
}

function stepOf(discount: Discount, states: readonly LineState[], currency: string): DiscountStep {
  const matching = states.filter(({ line }) => matches(discount, line))
  const open = matching.filter((state) => isOpenTo(state, discount))
  const base = sum(
    currency,
    open.map(({ left }) => left),
  )
  const remaining = discount.value.method === 'amount' ? discount.value.remaining : null
  const nothing = { discount, base, amount: zero(currency), shares: new Map<string, Money>(), left: remaining }
  if (matching.length === 0) return { ...nothing, refusal: 'nothing-matches' }
  if (remaining && remaining.currency !== currency) return { ...nothing, refusal: 'other-currency' }
  if (open.length === 0) return { ...nothing, refusal: 'not-combinable' }

  const shares = sharesOf(discount, open, currency)
  const amount = sum(currency, [...shares.values()])
  if (shares.size === 0) return { ...nothing, refusal: 'nothing-left' }
  return { ...nothing, amount, shares, left: remaining && add(remaining, amount), refusal: null }
}

function isOpenTo({ isTaken, isClosed, groups }: LineState, discount: Discount): boolean {
  if (isClosed || (isTaken && !discount.isStackable)) return false
  return discount.stackGroup === null || !groups.includes(discount.stackGroup)
}

function sharesOf(discount: Discount, open: readonly LineState[], currency: string): Map<string, Money> {
  const { value } = discount
  if (value.method === 'percent') return percentShares(value.percent, open, currency)
  if (value.method === 'units') return unitShares(value.perPeriod, open, currency)
  const whole = sum(
    currency,
    open.map(({ left }) => left),
  )
  const most = whole.minor < value.remaining.minor ? whole : value.remaining
  if (most.minor <= 0n) return new Map()
  return spread(
    negate(most),
    open.filter(({ left }) => left.minor > 0n).map(({ line, left }) => ({ line, weight: toDecimal(left) })),
  )
}

/** Charges and credits apart, so that each tax rate keeps its own base and a credit gives back no more than was paid. */
function percentShares(percent: Decimal, open: readonly LineState[], currency: string): Map<string, Money> {
  const shares = new Map<string, Money>()
  for (const sign of [1n, -1n]) {
    const side = open.filter(({ left }) => left.minor * sign > 0n)
    const total = sum(
      currency,
      side.map(({ left }) => left),
    )
    const whole = fromDecimal(toDecimal(total).times(percent).div(100), currency)
    const weighted = side.map(({ line, left }) => ({ line, weight: toDecimal(left).abs() }))
    for (const [key, share] of spread(negate(whole), weighted)) shares.set(key, share)
  }
  return shares
}

/** Units free of charge, at what each line costs a unit, until those of its subscription and period are used up. */
function unitShares(perPeriod: Decimal, open: readonly LineState[], currency: string): Map<string, Money> {
  const used = new Map<string, Decimal>()
  const worth = open.flatMap(({ line, left }) => {
    if (left.minor <= 0n || line.billedQuantity.lte(0)) return []
    const quota = `${line.subscriptionId}|${line.accountId}|${line.billingPeriod}`
    const before = used.get(quota) ?? new Decimal(0)
    const units = Decimal.min(perPeriod.minus(before), line.billedQuantity)
    used.set(quota, before.plus(units))
    return [{ line, weight: toDecimal(left).times(units).div(line.billedQuantity) }]
  })
  const whole = worth.reduce((total, { weight }) => total.plus(weight), new Decimal(0))
  return spread(negate(fromDecimal(whole, currency)), worth)
}

function spread(whole: Money, weighted: readonly { line: DiscountableLine; weight: Decimal }[]): Map<string, Money> {
  const parts = allocate(
    whole,
    weighted.map(({ weight }) => weight),
  )
  return new Map(
    weighted.flatMap(({ line }, index) => {
      const share = parts[index] ?? money(0n, whole.currency)
      return share.minor === 0n ? [] : [[line.key, share] as const]
    }),
  )
}

function after(state: LineState, { discount, shares }: DiscountStep): LineState {
  const share = shares.get(state.line.key)
  if (!share) return state
  return {
    ...state,
    left: subtract(state.left, negate(share)),
    groups: discount.stackGroup === null ? state.groups : [...state.groups, discount.stackGroup],
    isTaken: true,
    isClosed: !discount.isStackable,
  }
}
