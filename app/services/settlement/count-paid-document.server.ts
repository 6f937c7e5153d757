import { z } from 'zod'
import { inTenant } from '#app/db/context.server.ts'
import type { CountedItem } from '#app/db/settlement/settlement-items.server.ts'
import { documentsOfPayment, type PaidDocument, readPaidDocument } from '#app/db/settlement/settlement-sales.server.ts'
import { bank } from '#app/domain/ledger/chart.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { subtract, toDecimal, zero } from '#app/domain/money/money.ts'
import { fullPayable, lineShares, netAndTaxOf, sharesOfStep, spreadReductions, taxesOfStep } from '#app/domain/settlement/paid-sale.ts'
import { modelOf } from '#app/domain/settlement/settlement-effect.ts'
import { postingsOfSharedSale, postingsOfShareKept, postingsOfTaxKept } from '#app/domain/settlement/settlement-postings.ts'
import { shareOfPaid } from '#app/domain/settlement/share-of-paid.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { postEntries } from '../ledger/post-entry.server.ts'
import { type Counted, type CountStep, countSale, type Edge, edgeAbove } from './count-sale.server.ts'

export type CountDocumentInput = { readonly tenantId: string; readonly invoiceId: string; readonly actor: Actor }

/**
 * Counts what a tenant's customer paid of a document for the edge above: what comes to be owed to the parent, or what the parent shares of
 * what it took. The parent learns amounts and its own plans, never a name or a number. Safe to repeat and in any order.
 * @throws when the terms ask for a price that the parent does not offer: nothing is counted until it does.
 */
export async function countPaidDocument({ tenantId, invoiceId, actor }: CountDocumentInput): Promise<void> {
  const edge = await edgeAbove(tenantId, actor)
  const document = edge && (await inTenant(tenantId, (ctx) => readPaidDocument(ctx, invoiceId)))
  if (!edge || !document) return
  const { currency, total, paidMinor, heldByParentMinor } = document
  const paid = { paidMinor: (model: string) => (model === 'share-paid-out' ? heldByParentMinor : paidMinor) }
  const items = await countSale(edge, { kind: 'document', sourceId: invoiceId, currency, totalMinor: total.minor, ...paid }, (facts) => {
    const model = modelOf(facts.terms.settings)
    if (model === 'share-of-paid') return payableOfStep(document, facts)
    return model === 'share-paid-out' ? shareOfStep(document, facts, edge.accountId) : null
  })
  await bookInChild(edge, { invoiceId, document, items })
}

/** The same for every document that a payment settles or settled. */
export async function countDocumentsOfPayment(input: {
  readonly tenantId: string
  readonly paymentId: string
  readonly actor: Actor
}): Promise<void> {
  const { tenantId, paymentId, actor } = input
  const invoiceIds = await inTenant(tenantId, (ctx) => documentsOfPayment(ctx, paymentId))
  for (const invoiceId of invoiceIds) await countPaidDocument({ tenantId, invoiceId, actor })
}

const NotedPayable = z.object({ full: z.string() })
const NotedShares = z.object({ shares: z.array(z.object({ productCode: z.string().nullable(), full: z.string() })) })

/** Model 1, and a revenue share where the child collects: a part of what was paid is owed to the parent. */
function payableOfStep(document: PaidDocument, { terms, step, noted }: CountStep): Counted {
  const full = noted === undefined ? worth(fullPayable(soldOf(document), terms.settings)) : new Decimal(NotedPayable.parse(noted).full)
  const { net } = netAndTaxOf(toDecimal(document.net), step)
  const item = { kind: 'payable' as const, paid: net, charge: zero(net.currency), amount: shareOfPaid(full, step) }
  return { items: [item], postings: [], detail: { full: full.toFixed() } }
}

/** Model 4: the parent took the money; a share of each line is the child's, and the tax when the child issued the document. */
function shareOfStep(document: PaidDocument, { terms, step, noted }: CountStep, childAccountId: string): Counted {
  const shares = noted === undefined ? sharesOf(document, terms) : notedShares(noted)
  const { net, tax } = netAndTaxOf(toDecimal(document.net), step)
  const nothing = zero(net.currency)
  const isChildsTax = terms.settings.issuer === 'child'
  const childTax = isChildsTax ? tax : nothing
  const taxes = isChildsTax ? [] : taxesOfStep(tax, document.taxes)
  const paid = subtract(step.after, step.before)
  return {
    items: [
      { kind: 'share', paid: net, charge: nothing, amount: sharesOfStep(shares, step) },
      { kind: 'tax', paid: tax, charge: nothing, amount: childTax },
    ],
    postings: postingsOfSharedSale({ childAccountId, at: bank, paid, taxes, childTax }),
    detail: { shares: shares.map(({ productCode, full }) => ({ productCode, full: full.toFixed() })) },
  }
}

function sharesOf(document: PaidDocument, { settings: { payoutRule } }: CountStep['terms']) {
  invariant(payoutRule, 'settlement: a shared sale without a rule')
  return worth(lineShares(soldOf(document), payoutRule))
}

function notedShares(noted: unknown) {
  return NotedShares.parse(noted).shares.map(({ productCode, full }) => ({ productCode, full: new Decimal(full) }))
}

function soldOf(document: PaidDocument) {
  return spreadReductions(document)
}

function worth<T>(found: { ok: true; value: T } | { ok: false; error: 'no-buy-price' }): T {
  if (!found.ok) throw new Error('settlement: the terms ask for a price of the parent that it does not offer')
  return found.value
}

type InChild = { readonly invoiceId: string; readonly document: PaidDocument; readonly items: readonly CountedItem[] }

/** In the child's books: what the parent keeps of a shared sale, and the tax that it owes as the issuer. */
async function bookInChild({ childTenantId, actor }: Edge, { invoiceId, document, items }: InChild): Promise<void> {
  const entries = items.flatMap(({ kind, step, paid, amount }) => {
    const kept = subtract(paid, amount)
    if (kept.minor === 0n || (kind !== 'share' && kind !== 'tax')) return []
    const postings = kind === 'share' ? postingsOfShareKept(kept) : postingsOfTaxKept(taxesOfStep(kept, document.taxes), kept)
    return [
      { sourceKey: `settlement-${kind}:${invoiceId}:${step}`, kind: 'settlement' as const, accountId: null, invoiceId: null, postings },
    ]
  })
  if (entries.length > 0) await inTenant(childTenantId, (ctx) => postEntries(ctx, entries), { actor })
}
