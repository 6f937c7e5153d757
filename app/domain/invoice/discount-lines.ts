import { Decimal } from '../money/decimal.ts'
import { add, type Money, toDecimal, zero } from '../money/money.ts'
import { applyDiscounts, type DiscountRefusal, type DiscountStep } from '../promo/apply-discounts.ts'
import { type Discount, type DiscountableLine, type DiscountName, scopeOf } from '../promo/discount.ts'
import type { TaxTreatment } from '../tax/determine-tax.ts'
import type { LocalDate } from '../time/local-date.ts'
import { isCorrected } from './billable-item.ts'
import type { Shown } from './line-order.ts'

/** What a discount line says: its place in the order of application, what it was taken from, and what is left or why it was not. */
export type DiscountNote = {
  readonly discountId: string
  readonly name: DiscountName
  /** Counts from 1 through the invoice, in order of application. */
  readonly order: number
  readonly method: 'percent' | 'amount' | 'units'
  readonly percent: Decimal | null
  /** What the lines of this section and tax rate came to before it. */
  readonly base: Money
  /** What of a fixed amount carries over to the next invoice. */
  readonly left: Money | null
  readonly refusal: DiscountRefusal | null
}

/** One discount in one section at one tax rate: a line of its own, below those it was taken from. */
export type DiscountLine = {
  readonly key: string
  readonly accountId: string
  readonly subscriptionId: string | null
  readonly amount: Money
  readonly unitPrice: Decimal
  readonly treatment: TaxTreatment
  readonly periodStart: Date
  readonly periodEnd: Date
  readonly billingPeriod: LocalDate
  readonly note: DiscountNote
}

/** A line to discount, with the tax treatment it will have. */
export type TreatedLine = Shown & { readonly treatment: TaxTreatment }

export type DiscountStage = { readonly steps: readonly DiscountStep[]; readonly lines: readonly DiscountLine[] }

export type DiscountStageInput = {
  readonly currency: string
  readonly shown: readonly TreatedLine[]
  readonly discounts: readonly Discount[]
  readonly productGroups: ReadonlyMap<string, string>
}

/**
 * The discounts of an invoice, before tax (B10): each step becomes one line per section and tax rate. A fixed amount in
 * another currency becomes a line of nothing that says so.
 */
export function discountStage({ currency, shown, discounts, productGroups }: DiscountStageInput): DiscountStage {
  if (discounts.length === 0) return { steps: [], lines: [] }
  const steps = applyDiscounts({ currency, lines: shown.map((line) => discountable(line, productGroups)), discounts })
  const speaking = steps.filter((step) => step.refusal === null || step.refusal === 'other-currency')
  const left = new Map(shown.map(({ item, amount }) => [item.key, amount]))
  const lines = speaking.flatMap((step, index) => {
    const made = linesOf(step, index + 1, shown, left)
    for (const [key, share] of step.shares) left.set(key, add(left.get(key) ?? zero(currency), share))
    return made
  })
  return { steps, lines }
}

function discountable({ item, amount }: TreatedLine, productGroups: ReadonlyMap<string, string>): DiscountableLine {
  return {
    key: item.key,
    ...(item.ratedUnder ? { contractId: item.ratedUnder } : {}),
    accountId: item.accountId,
    subscriptionId: item.subscriptionId,
    productGroup: (item.productId && productGroups.get(item.productId)) || null,
    scope: scopeOf(item.feeKind, !item.includedQuantity.isZero()),
    meter: item.meter,
    billedQuantity: item.billedQuantity,
    amount,
    periodStart: item.periodStart,
    billingPeriod: item.billingPeriod,
    isCorrection: isCorrected(item),
  }
}

function linesOf(step: DiscountStep, order: number, shown: readonly TreatedLine[], left: ReadonlyMap<string, Money>): DiscountLine[] {
  if (step.refusal) return shown.slice(0, 1).map((line) => discountLine(step, order, { lines: [line], base: step.base }))
  const groups = new Map<string, TreatedLine[]>()
  for (const line of shown) {
    if (!step.shares.has(line.item.key)) continue
    const key = `${line.item.accountId}|${line.treatment.category}|${line.treatment.rate.toFixed()}`
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return [...groups.values()].map((lines) => {
    const base = lines.reduce((total, { item, amount }) => add(total, left.get(item.key) ?? amount), zero(step.amount.currency))
    return discountLine(step, order, { lines, base })
  })
}

function discountLine(
  { discount, shares, left, refusal, amount: whole }: DiscountStep,
  order: number,
  { lines, base }: { lines: readonly TreatedLine[]; base: Money },
): DiscountLine {
  const [first] = lines as [TreatedLine, ...TreatedLine[]]
  const nothing = zero(whole.currency)
  const amount = lines.reduce((total, { item }) => add(total, shares.get(item.key) ?? nothing), nothing)
  const { value } = discount
  return {
    key: `discount|${discount.id}|${first.item.accountId}|${first.treatment.category}|${first.treatment.rate.toFixed()}`,
    accountId: first.item.accountId,
    subscriptionId: discount.subscriptionId,
    amount,
    unitPrice: toDecimal(amount),
    treatment: first.treatment,
    periodStart: lines.reduce((least, { item }) => (item.periodStart < least ? item.periodStart : least), first.item.periodStart),
    periodEnd: lines.reduce((most, { item }) => (item.periodEnd > most ? item.periodEnd : most), first.item.periodEnd),
    billingPeriod: lines.reduce((least, { item }) => (item.billingPeriod < least ? item.billingPeriod : least), first.item.billingPeriod),
    note: {
      discountId: discount.id,
      name: discount.name,
      order,
      method: value.method,
      percent: value.method === 'percent' ? value.percent : null,
      base,
      left,
      refusal,
    },
  }
}

/** What a line says of quantity: one discount, as it is. */
export const oneDiscount = {
  quantity: new Decimal(1),
  includedQuantity: new Decimal(0),
  billedQuantity: new Decimal(1),
  unit: 'piece',
} as const
