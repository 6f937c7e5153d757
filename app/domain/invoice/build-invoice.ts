import { add, type Money, sum } from '../money/money.ts'
import type { Discount } from '../promo/discount.ts'
import { invariant } from '../shared/invariant.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { determineTax, type TaxFacts, type TaxTreatment } from '../tax/determine-tax.ts'
import { type ProductTreatments, productTreatments, type TaxKinds } from '../tax/product-taxes.ts'
import { type TaxBehaviour, type TaxLine, taxLines } from '../tax/tax-lines.ts'
import { addDays, type LocalDate } from '../time/local-date.ts'
import type { Period } from '../time/period.ts'
import type { BillableItem } from './billable-item.ts'
import { type DiscountStage, discountStage } from './discount-lines.ts'
import { entriesOf, toLine } from './invoice-entries.ts'
import { type InvoiceLine, isShown, lineAmount } from './invoice-line.ts'
import { byPlace, type Shown } from './line-order.ts'
import { netsOf } from './net-amounts.ts'

export type InvoiceInput = {
  readonly contract: {
    readonly id: string
    /** The payer. */
    readonly accountId: string
    readonly currency: string
    readonly taxBehaviour: TaxBehaviour
    readonly paymentDays: number
  }
  readonly seller: TaxFacts['seller']
  readonly buyer: TaxFacts['buyer']
  readonly period: Period
  /** Local dates of the seller's zone. */
  readonly issueDate: LocalDate
  readonly taxPoint: LocalDate
  readonly items: readonly BillableItem[]
  /** Order of the sections by account; the payer's own comes first unless it is listed, others last by id. */
  readonly sectionOrder?: readonly string[]
  /** What is in force under the contract; order does not matter. */
  readonly discounts?: readonly Discount[]
  /** The group of each product that has one. */
  readonly productGroups?: ReadonlyMap<string, string>
  /** Products that another rate than the standard one applies to. */
  readonly taxKinds?: TaxKinds
}

export type InvoiceSection = { readonly accountId: string; readonly lines: readonly InvoiceLine[]; readonly net: Money }

/** An invoice before it has a number. */
export type InvoiceDraft = {
  readonly contractId: string
  readonly accountId: string
  readonly currency: string
  readonly taxBehaviour: TaxBehaviour
  readonly period: Period
  readonly issueDate: LocalDate
  readonly dueDate: LocalDate
  readonly lines: readonly InvoiceLine[]
  /** The same lines by section. */
  readonly sections: readonly InvoiceSection[]
  readonly taxes: readonly TaxLine[]
  readonly net: Money
  readonly tax: Money
  readonly total: Money
  /** Items that are settled by this invoice without a line of their own. */
  readonly silentKeys: readonly string[]
  /** What each discount did, in order of application; those without effect too. */
  readonly discounts: DiscountStage['steps']
}

export type InvoiceProblem = 'nothing-to-bill' | 'negative-total' | 'no-tax-rate'

/**
 * The invoice of one contract; preview and run both call this: lines, then discounts, then tax (B10). Each line is rounded
 * once (B3), tax once per rate (B7).
 * Refuses when there is no line to show, when the total is below zero (its charges wait for the next invoice), and
 * when no tax rate is known.
 * @throws InvariantError when an item comes twice or is in another currency than the contract.
 */
export function buildInvoice(input: InvoiceInput): Result<InvoiceDraft, InvoiceProblem> {
  checkItems(input)
  const supply = { seller: input.seller, buyer: input.buyer, on: input.taxPoint }
  const treatment = determineTax(supply)
  if (!treatment.ok) return treatment
  const treatments = productTreatments(supply, input.taxKinds ?? new Map())

  const { shown, silentKeys } = select(input)
  if (shown.length === 0) return err('nothing-to-bill')

  const draft = assemble(input, { shown, silentKeys, treatment: treatment.value, treatments })
  if (draft.total.minor < 0n) return err('negative-total')
  checkDraft(draft)
  return ok(draft)
}

function checkItems({ contract, items }: InvoiceInput): void {
  invariant(new Set(items.map((item) => item.key)).size === items.length, `buildInvoice: an item of contract ${contract.id} comes twice`)
  for (const item of items)
    invariant(item.currency === contract.currency, `buildInvoice: ${item.key} is in ${item.currency}, the contract in ${contract.currency}`)
}

function select(input: InvoiceInput): { shown: Shown[]; silentKeys: string[] } {
  const all = input.items.map((item) => ({ item, amount: lineAmount(item) }))
  const shown = all.filter(({ item, amount }) => isShown(item, amount)).sort(byPlace(input.contract.accountId, input.sectionOrder))
  const silentKeys = all.filter(({ item, amount }) => !isShown(item, amount)).map(({ item }) => item.key)
  return { shown, silentKeys: silentKeys.sort() }
}

function assemble(
  input: InvoiceInput,
  parts: { shown: readonly Shown[]; silentKeys: readonly string[]; treatment: TaxTreatment; treatments: ProductTreatments },
): InvoiceDraft {
  const { currency, taxBehaviour } = input.contract
  const ofProduct = ({ productId }: BillableItem) => (productId ? parts.treatments.get(productId) : undefined)
  const treated = parts.shown.map((shown) => {
    return { ...shown, treatment: shown.item.treatment ?? ofProduct(shown.item) ?? parts.treatment }
  })
  const { discounts = [], productGroups = new Map() } = input
  const stage = discountStage({ currency, shown: treated, discounts, productGroups })
  const entries = entriesOf(treated, stage.lines)

  const taxes = taxLines({ currency, behaviour: taxBehaviour, amounts: entries })
  const nets = taxBehaviour === 'exclusive' ? entries.map(({ amount }) => amount) : netsOf(entries, taxes)
  const lines = entries.map((entry, index) => toLine(entry, { position: index + 1, net: nets[index] ?? entry.amount }))
  const net = sum(
    currency,
    taxes.map((line) => line.base),
  )
  const tax = sum(
    currency,
    taxes.map((line) => line.tax),
  )
  return {
    contractId: input.contract.id,
    accountId: input.contract.accountId,
    currency,
    taxBehaviour,
    period: input.period,
    issueDate: input.issueDate,
    dueDate: addDays(input.issueDate, input.contract.paymentDays),
    lines,
    sections: sectionsOf(lines, currency),
    taxes,
    net,
    tax,
    total: add(net, tax),
    silentKeys: parts.silentKeys,
    discounts: stage.steps,
  }
}

function sectionsOf(lines: readonly InvoiceLine[], currency: string): InvoiceSection[] {
  const accountIds = [...new Set(lines.map((line) => line.sectionAccountId))]
  return accountIds.map((accountId) => {
    const own = lines.filter((line) => line.sectionAccountId === accountId)
    return {
      accountId,
      lines: own,
      net: sum(
        currency,
        own.map((line) => line.net),
      ),
    }
  })
}

/** What must hold of every invoice: lines, sections and bases come to the net, net and tax to the total. */
function checkDraft(draft: InvoiceDraft): void {
  const { currency } = draft
  const same = (a: Money, b: Money) => a.minor === b.minor && a.currency === b.currency
  invariant(
    same(
      sum(
        currency,
        draft.lines.map((line) => line.net),
      ),
      draft.net,
    ),
    'invoice: the lines do not add up to the net',
  )
  invariant(
    same(
      sum(
        currency,
        draft.sections.map((section) => section.net),
      ),
      draft.net,
    ),
    'invoice: the sections do not add up to the net',
  )
  invariant(
    same(
      sum(
        currency,
        draft.taxes.map((tax) => tax.base),
      ),
      draft.net,
    ),
    'invoice: the bases do not add up to the net',
  )
  invariant(same(add(draft.net, draft.tax), draft.total), 'invoice: net and tax do not add up to the total')
}
