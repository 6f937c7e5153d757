import type { ChargeReach } from '#app/db/charges/charge-reach.server.ts'
import type { BillableContract } from '#app/db/documents/billing-facts.server.ts'
import { buildInvoice, type InvoiceDraft, type InvoiceProblem } from '#app/domain/invoice/build-invoice.ts'
import type { Discount } from '#app/domain/promo/discount.ts'
import { InvariantError } from '#app/domain/shared/invariant.ts'
import type { LocalPeriod } from '#app/domain/time/invoice-cycle.ts'
import { addDays, type LocalDate } from '#app/domain/time/local-date.ts'
import type { Reductions } from './gather-discounts.server.ts'
import type { BillingFacts, BillingNames } from './gather-facts.server.ts'

/** What becomes of one contract in one run. `problem` says why it needs a person. */
export type BillingDraft = {
  readonly contract: BillableContract
  readonly period: LocalPeriod
  readonly reach: ChargeReach
  readonly names: BillingNames
  /** How many charges it was made of. */
  readonly charges: number
} & (
  | { readonly state: 'drafted'; readonly invoice: InvoiceDraft }
  | { readonly state: 'empty' }
  | { readonly state: 'parked'; readonly problem: Exclude<InvoiceProblem, 'nothing-to-bill'> | 'broken-assumption' }
)

export type DraftInput = {
  readonly facts: BillingFacts
  readonly reductions: Reductions
  /** The seller's day now: that of the document. */
  readonly today: LocalDate
}

/**
 * The draft of one contract; preview, drafting and finalising all come through here. Taxed as of the last day of the period.
 * A draft of nothing but zeros is empty: its charges wait for the next invoice. One that discounts bring to zero is not.
 */
export function draftInvoice(input: DraftInput): BillingDraft {
  const { contract, period, reach, names } = input.facts
  const charges = input.facts.items.reduce((count, item) => count + item.charges, 0)
  const common = { contract, reach, names, charges, period }
  try {
    const built = build(input)
    if (built.ok) return isEmpty(built.value) ? { ...common, state: 'empty' } : { ...common, state: 'drafted', invoice: built.value }
    return built.error === 'nothing-to-bill' ? { ...common, state: 'empty' } : { ...common, state: 'parked', problem: built.error }
  } catch (failure) {
    // A contract whose data breaks an assumption is set aside; the others of the run go on.
    if (!(failure instanceof InvariantError)) throw failure
    return { ...common, state: 'parked', problem: 'broken-assumption' }
  }
}

function isEmpty(invoice: InvoiceDraft): boolean {
  return invoice.total.minor === 0n && invoice.discounts.every((step) => step.amount.minor === 0n)
}

/** The discounts of the contract; with those of others that it pays for, each for its own lines. */
function discountsOf({ contract, reach: { paysFor } }: BillingFacts, { discounts }: Reductions): readonly Discount[] {
  if (paysFor === null) return discounts.get(contract.id) ?? []
  return [contract.id, ...paysFor].flatMap((contractId) => (discounts.get(contractId) ?? []).map((each) => ({ ...each, contractId })))
}

function build({ facts, reductions, today }: DraftInput): ReturnType<typeof buildInvoice> {
  const { contract, period, span, items } = facts
  return buildInvoice({
    contract: {
      id: contract.id,
      accountId: contract.accountId,
      currency: contract.currency,
      taxBehaviour: contract.tax.behaviour,
      paymentDays: contract.paymentDays,
    },
    seller: contract.tax.seller,
    buyer: contract.tax.buyer,
    taxKinds: contract.tax.kinds,
    period: span,
    issueDate: today,
    taxPoint: addDays(period.end, -1),
    items,
    discounts: discountsOf(facts, reductions),
    productGroups: reductions.productGroups,
    sectionOrder: [contract.accountId, ...othersByName(facts)],
  })
}

/** Who else has sections on the invoice. */
function othersByName({ contract, items, names }: BillingFacts): string[] {
  const users = new Set(items.map((item) => item.accountId))
  users.delete(contract.accountId)
  const named = [...users].map((id) => [id, names.accounts.get(id) ?? ''] as const)
  return named.sort(([, a], [, b]) => (a === b ? 0 : a < b ? -1 : 1)).map(([id]) => id)
}
