import type { SaleUnit } from '#app/domain/catalog/service-sale.ts'
import type { InvoiceDraft } from '#app/domain/invoice/build-invoice.ts'
import type { DiscountNote } from '#app/domain/invoice/discount-lines.ts'
import type { DiscountSubject, FinalisedLine, InvoiceBuyer, InvoiceSeller, LineSubject } from '#app/domain/invoice/finalised-invoice.ts'
import type { ProjectShare } from '#app/domain/invoice/project-shares.ts'
import type { LocalPeriod } from '#app/domain/time/invoice-cycle.ts'
import type { Seller } from '../billing/draft-contracts.server.ts'
import type { BillingDraft } from '../billing/draft-invoice.server.ts'
import type { BillingNames } from '../billing/gather-facts.server.ts'
import type { NewDocument } from './place-document.server.ts'

export type IssuedLines = readonly (InvoiceDraft['lines'][number] & { readonly id: string })[]

export type IssueInput = {
  readonly seller: Seller
  readonly drafted: Extract<BillingDraft, { state: 'drafted' }>
  readonly lines: IssuedLines
  /** What of lines belongs to which project, by their ids, where the payer wants it told apart. */
  readonly projects?: ReadonlyMap<string, readonly ProjectShare[]>
  readonly now: Date
}

/** The document that a draft becomes: seller, buyer and names as they stand now, in the buyer's language. */
export function issue({ seller, drafted, lines, projects = new Map(), now }: IssueInput): NewDocument {
  const { contract, period, invoice, names } = drafted
  return {
    accountId: contract.accountId,
    contractId: contract.id,
    documentType: 'invoice',
    issueDate: invoice.issueDate,
    dueDate: invoice.dueDate,
    periodStart: period.start,
    periodEnd: period.end,
    finalisedAt: now,
    language: contract.buyer.language,
    refersTo: null,
    reason: null,
    seller: sellerFacts(seller),
    buyer: buyerFacts(contract.buyer),
    lines: lines.map((line) => toFinalisedLine(line, { names, period, projects: projects.get(line.id) })),
    taxes: invoice.taxes.map(({ category, rate, base, tax, reason }) => ({ category, rate, base, tax, reason })),
    net: invoice.net,
    tax: invoice.tax,
    total: invoice.total,
  }
}

/** The products of lines that have one, by the ids of the lines. */
export function productsOfLines(lines: IssuedLines): ReadonlyMap<string, string> {
  return new Map(lines.flatMap(({ id, productId }) => (productId ? [[id, productId] as const] : [])))
}

/** The seller as it stands now, as a document names it: with the parent's legal facts where the parent issues it. */
export function sellerFacts({ issuer, ...seller }: Seller): InvoiceSeller {
  const { tenantId, slug, timeZone } = seller
  const { legalName, addressLines, country, vatId, email, bank } = issuer ?? seller
  return {
    tenantId,
    slug,
    legalName,
    addressLines,
    country,
    vatId,
    email,
    timeZone,
    ...(bank ? { bank } : {}),
    ...(issuer ? { issuer: { tenantId: issuer.tenantId, slug: issuer.slug, numberPrefix: issuer.numberPrefix } } : {}),
  }
}

/** The buyer as it stands now, as a document names it. */
export function buyerFacts(buyer: BillingDraft['contract']['buyer']): InvoiceBuyer {
  const { accountId, kind, name, email, addressLines, country, vatId } = buyer
  return { accountId, kind, name, email, addressLines, country, vatId }
}

function discountSubject({ name, order, method, percent, base, left, refusal }: DiscountNote): DiscountSubject {
  return {
    name,
    order,
    method,
    percent: percent?.toFixed() ?? null,
    baseMinor: base.minor.toString(),
    leftMinor: left?.minor.toString() ?? null,
    leftCurrency: left?.currency ?? null,
    refusal,
  }
}

function ownMeterOf(meter: string | null, { meters }: BillingNames): Pick<FinalisedLine['subject'], 'ownMeter'> {
  const own = meter === null ? undefined : meters.get(meter)
  return own ? { ownMeter: { names: own.names, unit: own.unit, unitWords: own.unitWords } } : {}
}

/** What a fee of a service is counted in that is ordered by itself; nothing of any other line. */
function soldAsOf({ productId, feeKind, isReRated }: IssuedLines[number], { services }: BillingNames): SaleUnit | undefined {
  const isNamed = !isReRated && (feeKind === 'setup' || feeKind === 'recurring')
  return isNamed && productId ? services.get(productId) : undefined
}

type IssuedOn = {
  readonly names: BillingNames
  readonly period: LocalPeriod
  readonly projects: readonly ProjectShare[] | undefined
}

function toFinalisedLine(line: IssuedLines[number], on: IssuedOn): FinalisedLine {
  return {
    id: line.id,
    sectionAccountId: line.sectionAccountId,
    kind: line.kind,
    subject: subjectOf(line, on),
    quantity: line.quantity,
    unit: line.unit,
    includedQuantity: line.includedQuantity,
    billedQuantity: line.billedQuantity,
    unitPrice: line.unitPrice,
    net: line.net,
    taxCategory: line.treatment.category,
    taxRate: line.treatment.rate,
    period: { start: line.periodStart, end: line.periodEnd },
  }
}

/** What a line is about. Most lines have nothing but the common facts: these are not copied once more. */
function subjectOf(line: IssuedLines[number], { names, period, projects }: IssuedOn): LineSubject {
  const facts = {
    section: names.accounts.get(line.sectionAccountId) ?? '',
    product: line.title ?? ((line.productId && names.products.get(line.productId)) || null),
    meter: line.meter,
    resource: (line.subscriptionId && names.subscriptions.get(line.subscriptionId)) || line.resourceName,
    resources: line.resources,
    billingPeriod: line.billingPeriod,
  }
  const soldAs = soldAsOf(line, names)
  if (!line.discount && !line.isReRated && !projects && !soldAs && names.meters.size === 0) return facts
  return {
    ...facts,
    ...(soldAs ? { soldAs } : {}),
    ...ownMeterOf(line.meter, names),
    ...(projects ? { projects } : {}),
    ...(line.discount ? { discount: discountSubject(line.discount) } : {}),
    ...(line.isReRated && line.feeKind !== 'discount' && line.feeKind !== 'item' ? { reRated: { feeKind: line.feeKind, ...period } } : {}),
  }
}
