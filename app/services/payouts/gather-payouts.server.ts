import type { TenantContext } from '#app/db/context.server.ts'
import { readBillingSettings } from '#app/db/documents/billing-settings.server.ts'
import { readContractTax } from '#app/db/documents/tax-facts.server.ts'
import { openDocuments } from '#app/db/payments/payment-allocations.server.ts'
import { dueReserves, isPayoutMade, type Releasable, readReleasable } from '#app/db/settlement/payouts.server.ts'
import { type SettlementTerms, termsOn } from '#app/db/settlement/settlement-terms.server.ts'
import { add, type Money, money, sum, zero } from '#app/domain/money/money.ts'
import type { OpenDocument } from '#app/domain/payment/allocation.ts'
import { needsSecondPerson, type PayoutFigures, settlePayout } from '#app/domain/settlement/payout.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { determineTax } from '#app/domain/tax/determine-tax.ts'
import { type TaxLine, taxLines } from '#app/domain/tax/tax-lines.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'

/** What a payout would be, and why. */
export type PlannedPayout = PayoutFigures & {
  readonly releasable: Releasable
  readonly terms: SettlementTerms
  /** Everything that is released, without the tax that the self-billed document adds. */
  readonly released: Money
  readonly documentTaxes: readonly TaxLine[]
  readonly documentTax: Money
  readonly freed: Money
  readonly open: readonly OpenDocument[]
  readonly isDone: boolean
}

/** Every payout of a day as it would be made now. Nothing is written. */
export async function planPayouts(ctx: TenantContext, through: LocalDate): Promise<PlannedPayout[]> {
  const planned: PlannedPayout[] = []
  for (const releasable of await readReleasable(ctx, { through })) planned.push(...(await planOf(ctx, releasable, through)))
  return planned
}

/** The payout of one contract and currency; undefined when there is nothing to make one of. */
export async function planPayout(
  ctx: TenantContext,
  input: { readonly contractId: string; readonly currency: string; readonly through: LocalDate },
): Promise<PlannedPayout | undefined> {
  const own = (await readReleasable(ctx, input)).find(({ collected }) => collected.currency === input.currency)
  return own && (await planOf(ctx, own, input.through))[0]
}

async function planOf(ctx: TenantContext, releasable: Releasable, through: LocalDate): Promise<PlannedPayout[]> {
  const { contractId, accountId, collected, share, tax } = releasable
  const { currency } = collected
  const terms = await termsOn(ctx, contractId, through)
  if (!terms) return []
  const { settings } = terms
  const place = { contractId, currency, through }
  const freed = await dueReserves(ctx, place)
  const released = sum(currency, [collected, share, tax])
  const documentTaxes = settings.isSelfBilled && share.minor > 0n ? await selfBilledTaxes(ctx, { contractId, share, through }) : []
  const documentTax = sum(
    currency,
    documentTaxes.map((line) => line.tax),
  )
  const open = settings.collectsPayments === 'parent' ? await openDocuments(ctx, accountId, currency) : []
  const openInvoices = sum(
    currency,
    open.map((document) => document.open),
  )
  const figures = settlePayout({ released: add(released, documentTax), freed, openInvoices, reservePercent: settings.reservePercent })
  const isDone = await isPayoutMade(ctx, place)
  return [{ ...figures, releasable, terms, released, documentTaxes, documentTax, freed, open, isDone }]
}

/** Tax of the document that the parent issues in the child's name: the child is the seller, the parent the buyer. */
async function selfBilledTaxes(ctx: TenantContext, input: { contractId: string; share: Money; through: LocalDate }): Promise<TaxLine[]> {
  const facts = (await readContractTax(ctx, [input.contractId])).get(input.contractId)
  invariant(facts, `contract ${input.contractId} has no tax facts`)
  const { country, addressLines = [], hasValidVatId } = facts.buyer
  const parent = await sellerOf(ctx)
  const treatment = determineTax({
    seller: { country, addressLines, isRegistered: hasValidVatId },
    buyer: { country: parent.country, addressLines: parent.addressLines, isBusiness: true, hasValidVatId: parent.vatId !== null },
    on: input.through,
  })
  invariant(treatment.ok, `contract ${input.contractId}: no tax rate is known for a self-billed document`)
  const amounts = [{ amount: input.share, treatment: treatment.value }]
  return taxLines({ currency: input.share.currency, behaviour: 'exclusive', amounts })
}

/** Whether a plan pays anything: what is below zero is carried over. */
export function isPayable({ carried, offset, payout, reserve, isDone }: PlannedPayout): boolean {
  return !isDone && carried.minor === 0n && offset.minor + payout.minor + reserve.minor > 0n
}

/** Whether the payouts of a run need a second person, by the seller's limits per currency. */
export async function needsApproval(ctx: TenantContext, planned: readonly PlannedPayout[]): Promise<boolean> {
  const { approvalAbove } = await readBillingSettings(ctx)
  return Object.entries(approvalAbove).some(([currency, minor]) => {
    const own = planned.filter((each) => isPayable(each) && each.payout.currency === currency).map(({ payout }) => payout)
    return needsSecondPerson(own.reduce(add, zero(currency)), money(minor, currency))
  })
}
