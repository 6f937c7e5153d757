import { Decimal } from '../money/decimal.ts'
import { fromDecimal, type Money, money, sum, toDecimal } from '../money/money.ts'
import { daysBetween, type LocalDate } from '../time/local-date.ts'
import type { DunningPolicy, DunningStep } from './policy.ts'

/** An unpaid document after its due date. `reached` is the highest step it took in this case, -1 for none. */
export type OverdueInvoice = {
  readonly id: string
  readonly number: string
  readonly dueOn: LocalDate
  readonly open: Money
  readonly reached: number
  /** The day of that step; null for none. */
  readonly reachedOn: LocalDate | null
  /** The day up to which interest was charged; the due date while none was. */
  readonly interestFrom: LocalDate
  /** What dunning itself charged: it is owed and told, but takes no steps and bears no interest. */
  readonly isOwnFee: boolean
}

/** What is known of an account in one currency. */
export type DunningFacts = {
  readonly policy: DunningPolicy
  readonly invoices: readonly OverdueInvoice[]
  /** Fees and interest of this case so far. */
  readonly charged: Money
  /** The last day of a pause, or of a promise to pay; null when there is none. */
  readonly quietUntil: LocalDate | null
}

/** What a day does about an account: one letter, with the strongest step that any of its invoices has come to. */
export type DunningDeed = {
  readonly position: number
  readonly step: DunningStep
  /** What is overdue in all. */
  readonly total: Money
  readonly fee: Money
  readonly interest: Money
  /** The invoices that take a step today, with the step each has come to. */
  readonly taken: readonly (OverdueInvoice & { readonly position: number })[]
}

/**
 * What is due for an account today, in the currency of its policy; null when nothing is. Each invoice takes the last step whose day has come,
 * once; steps that a pause or a standstill passed over are left out, though nothing is ended unwarned. Interest is simple, actual/365, on what is open, exact per invoice and
 * rounded once for the letter. Fees come before interest within the cap. Both the run and its simulation are this function.
 */
export function dueToday(facts: DunningFacts, today: LocalDate): DunningDeed | null {
  const { policy, invoices, quietUntil } = facts
  const { currency } = policy.minimum
  const overdue = invoices.filter(({ dueOn, open }) => dueOn < today && open.minor > 0n)
  const total = sum(
    currency,
    overdue.map(({ open }) => open),
  )
  if (quietUntil !== null && quietUntil >= today) return null
  if (total.minor === 0n || total.minor < policy.minimum.minor) return null

  const taken = overdue
    .filter(({ isOwnFee }) => !isOwnFee)
    .map((invoice) => ({ ...invoice, position: stepAt(policy.steps, invoice, today) }))
    .filter(({ position, reached }) => position > reached)
  const position = Math.max(-1, ...taken.map((invoice) => invoice.position))
  const step = policy.steps[position]
  if (!step) return null

  const fee = withinCap(facts, money(step.feeMinor, currency), facts.charged)
  const interest = withinCap(facts, interestOf(policy, taken, today), money(facts.charged.minor + fee.minor, currency))
  return { position, step, total, fee, interest, taken }
}

/** The last step whose day has come; -1 for none. What cannot be undone comes only as long after the step before it as the rules say. */
function stepAt(steps: readonly DunningStep[], { dueOn, reached, reachedOn }: OverdueInvoice, today: LocalDate): number {
  const days = daysBetween(dueOn, today)
  const last = steps.findLastIndex(({ day }) => day <= days)
  const [step, before] = [steps[last], steps[last - 1]]
  if (step?.action !== 'terminate' || !before || reached >= last) return last
  const isWarned = reached === last - 1 && reachedOn !== null && daysBetween(reachedOn, today) >= step.day - before.day
  return isWarned ? last : last - 1
}

function interestOf(policy: DunningPolicy, taken: DunningDeed['taken'], today: LocalDate): Money {
  const exact = taken.reduce((all, { open, interestFrom, position }) => {
    const rate = policy.steps[position]?.ratePercent ?? new Decimal(0)
    return all.plus(toDecimal(open).times(rate).times(daysBetween(interestFrom, today)).div(36_500))
  }, new Decimal(0))
  return fromDecimal(exact, policy.minimum.currency)
}

function withinCap({ policy: { cap } }: DunningFacts, wanted: Money, before: Money): Money {
  if (cap === null) return wanted
  const left = cap.minor > before.minor ? cap.minor - before.minor : 0n
  return wanted.minor < left ? wanted : money(left, wanted.currency)
}
