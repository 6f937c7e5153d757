import type { Money } from '../money/money.ts'
import { invariant } from '../shared/invariant.ts'
import { isEuMember } from '../tax/vat-area.ts'
import { daysBetween, type LocalDate } from '../time/local-date.ts'

/** What a person should look at before a draft becomes an invoice, in the order in which it is shown. */
export const draftFlags = [
  'wild',
  'changed',
  'new',
  'gone',
  'zero',
  'negative',
  'missing-price',
  'missing-tax-id',
  'usage-gap',
  'quarantined',
] as const
export type DraftFlag = (typeof draftFlags)[number]

/** From what share of the invoice before a change is remarkable, and from what share it is wild; in percent. */
export type ChangeLimits = { readonly changedPercent: number; readonly wildPercent: number }

export type DraftFacts = ChangeLimits & {
  readonly seller: { readonly country: string }
  readonly buyer: { readonly country: string; readonly isBusiness: boolean; readonly hasValidVatId: boolean }
  /** Null when there is nothing to bill, or the contract is parked. */
  readonly total: Money | null
  readonly problem: string | null
  /** Of the contract's invoice before; null when it has none. */
  readonly previousTotal: Money | null
  /** Reasons for which usage of the buyer waits in quarantine. */
  readonly quarantined: readonly string[]
  /** Days of the seller on which the buyer used anything, in order. */
  readonly usageDays: readonly LocalDate[]
}

/** What is remarkable about a draft, compared with the invoice before it. The order is that of `draftFlags`. */
export function judgeDraft(facts: DraftFacts): DraftFlag[] {
  const holds: Readonly<Record<DraftFlag, boolean>> = {
    wild: isChanged(facts, facts.wildPercent),
    changed: isChanged(facts, facts.changedPercent),
    new: facts.total !== null && facts.previousTotal === null,
    gone: facts.total === null && facts.problem === null && (facts.previousTotal?.minor ?? 0n) !== 0n,
    zero: facts.total?.minor === 0n,
    negative: facts.problem === 'negative-total',
    'missing-price': facts.quarantined.includes('no-price'),
    'missing-tax-id': facts.total !== null && lacksTaxId(facts),
    'usage-gap': hasGap(facts.usageDays),
    quarantined: facts.quarantined.some((reason) => reason !== 'no-price'),
  }
  return draftFlags.filter((flag) => holds[flag])
}

/** Whether the total differs from the one before by more than `percent` of it. */
function isChanged({ total, previousTotal }: DraftFacts, percent: number): boolean {
  if (!total || !previousTotal || previousTotal.minor === 0n) return false
  invariant(total.currency === previousTotal.currency, 'judgeDraft: a contract has one currency')
  const difference = total.minor - previousTotal.minor
  return abs(difference) * 100n > abs(previousTotal.minor) * BigInt(percent)
}

/** A business in another country of the EU that pays tax for want of a valid id. */
function lacksTaxId({ seller, buyer }: DraftFacts): boolean {
  return (
    buyer.isBusiness && !buyer.hasValidVatId && buyer.country !== seller.country && isEuMember(buyer.country) && isEuMember(seller.country)
  )
}

function hasGap(days: readonly LocalDate[]): boolean {
  return days.some((day, index) => index > 0 && daysBetween(days[index - 1] ?? day, day) > 1)
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value
}

/** Why a run waits for a person; in the order in which it is shown. */
export const holdReasons = ['above-limit', 'wild'] as const
export type HoldReason = (typeof holdReasons)[number]

export type RunFacts = {
  /** What was drafted, one sum per currency. */
  readonly totals: readonly Money[]
  /** Minor units by currency above which a second person approves. */
  readonly approvalAbove: Readonly<Record<string, bigint>>
  /** Drafts whose contract had an invoice before, and how many of them differ wildly from it. */
  readonly compared: number
  readonly wild: number
  readonly wildSharePercent: number
}

/** Fewer comparisons than this say nothing about a run as a whole. */
const fewestCompared = 5

/** Why a run must not go on by itself: its sum is above the limit, or too many of its drafts differ wildly from the period before. */
export function judgeRun({ totals, approvalAbove, compared, wild, wildSharePercent }: RunFacts): HoldReason[] {
  const isAbove = totals.some(({ minor, currency }) => minor > (approvalAbove[currency] ?? minor))
  const isWild = compared >= fewestCompared && wild * 100 > compared * wildSharePercent
  return holdReasons.filter((reason) => (reason === 'above-limit' ? isAbove : isWild))
}
