import { audit } from '#app/db/audit.server.ts'
import { insertShowbacks } from '#app/db/charges/showbacks.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  insertInvoiceParts,
  insertInvoices,
  type NewInvoice,
  type NewInvoiceLine,
  type NewInvoiceParts,
} from '#app/db/documents/invoices.server.ts'
import { rememberHash, type TakenNumbers, takeNumbers } from '#app/db/documents/number-series.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { type WrittenPart, writtenLines } from '#app/domain/invoice/canonical-text.ts'
import { formatDocumentNumber, seriesYear } from '#app/domain/invoice/document-number.ts'
import type { FinalisedInvoice, FinalisedLine, FinalisedTax } from '#app/domain/invoice/finalised-invoice.ts'
import { showbacksOf } from '#app/domain/invoice/showbacks.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { addDays, daysBetween } from '#app/domain/time/local-date.ts'
import { inTurns } from '../billing/in-turns.ts'
import { type IssuePlan, noSettlement, planSettlements, settleAtIssue } from '../wallet/settle-at-issue.server.ts'
import { contentHashWith } from './content-hash.ts'

/** A document that has everything but its number and id. */
export type NewDocument = Omit<FinalisedInvoice, 'id' | 'number'>

export type PlaceDocumentInput = {
  readonly document: NewDocument
  /** Of a series that begins with this document; where the parent issues it, the prefix is the parent's. */
  readonly numberPrefix: string
  readonly billingRunId: string | null
  readonly refersToId: string | null
  /** Of a credit note: the invoice's line that each of its own credits, by its id. */
  readonly creditsLineIds?: ReadonlyMap<string, string>
  /** The products of lines by their ids, for credit that pays single products. */
  readonly productOf?: ReadonlyMap<string, string>
}

/** A document with an id, whose lines and taxes are saved: all that is left is its number. */
export type LaidDocument = {
  readonly input: PlaceDocumentInput
  readonly document: Omit<FinalisedInvoice, 'number'>
  /** What settles it as soon as it is there. */
  readonly plan: IssuePlan
  /** The lines as the hash reads them. */
  readonly written: WrittenPart
}

/** Saves a document with its number, its hash, its trace and the event that lets its file be made. */
export async function placeDocument(ctx: TenantContext, input: PlaceDocumentInput): Promise<FinalisedInvoice> {
  const [placed] = await numberDocuments(ctx, await layDocuments(ctx, [input]))
  invariant(placed, 'placeDocument: one document goes in and one comes out')
  return placed
}

/** Saves the lines and taxes of documents, under the ids that they will have, and plans what settles them at once. Their numbers follow in the same transaction. */
export async function layDocuments(ctx: TenantContext, inputs: readonly PlaceDocumentInput[]): Promise<LaidDocument[]> {
  const plans = await planSettlements(
    ctx,
    inputs.map(({ document, productOf }) => ({ ...document, productOf })),
  )
  const laid = await inTurns(inputs, (input, place) => {
    const plan = plans[place] ?? noSettlement
    const { settlements } = plan
    const document = { ...input.document, id: newId(), ...(settlements.length > 0 ? { settlements } : {}) }
    return { input, document, plan, written: writtenLines(document.lines) }
  })
  if (laid.length > 0) await insertInvoiceParts(ctx, laid.map(partsOf))
  return laid
}

/**
 * Gives documents of one type and day their numbers, in their order, at the cost of one. The numbers come as late as they can: whoever takes
 * them makes the others of this seller wait until the transaction ends. When a document of a later date was numbered meanwhile, these take
 * that date, and fall due as much later.
 */
export async function numberDocuments(ctx: TenantContext, laid: readonly LaidDocument[]): Promise<FinalisedInvoice[]> {
  const [first] = laid
  if (!first) return []
  const { issueDate, documentType } = first.document
  const { issuer } = first.document.seller
  invariant(
    laid.every(({ document }) => isOfSeries(document, first.document)),
    'numberDocuments: documents of several types, days or issuers',
  )
  const year = seriesYear(issueDate)
  const series = issuer
    ? { issuer: 'parent' as const, prefix: issuer.numberPrefix }
    : { issuer: 'own' as const, prefix: first.input.numberPrefix }
  const taken = await takeNumbers(ctx, { documentType, year, issueDate, ...series, count: laid.length })
  const placed = chained(laid, { ...taken, year })

  for (const { document } of placed) if (documentType !== 'pro-forma') await insertShowbacks(ctx, document, showbacksOf(document))
  await insertInvoices(
    ctx,
    placed.map((each) => rowOf(each, { ...taken, year })),
  )
  await settleAtIssue(ctx, placed)
  await rememberHash(ctx, taken.seriesId, placed.at(-1)?.contentHash ?? '')
  await audit(
    ctx,
    ...placed.map(({ document: { id, number }, contentHash }) => ({
      action: `${documentType}.finalised`,
      subjectKind: 'invoice',
      subjectId: id,
      detail: { number, contentHash },
    })),
  )
  await enqueue(
    ctx,
    ...placed.map(({ document: { id } }) => ({
      name: 'invoice/finalised' as const,
      data: { tenantId: ctx.tenantId, invoiceId: id },
      key: `invoice-finalised:${id}`,
    })),
  )
  return placed.map(({ document }) => document)
}

function isOfSeries(document: Omit<NewDocument, 'lines'>, first: Omit<NewDocument, 'lines'>): boolean {
  const { documentType, issueDate, seller } = document
  return documentType === first.documentType && issueDate === first.issueDate && seller.issuer?.tenantId === first.seller.issuer?.tenantId
}

type Series = TakenNumbers & { readonly year: number }
type Placed = {
  readonly input: PlaceDocumentInput
  readonly plan: IssuePlan
  readonly document: FinalisedInvoice
  readonly sequence: number
  readonly contentHash: string
  readonly previousHash: string | null
}

/** The documents under their numbers, each hash built on the one before (B21). */
function chained(laid: readonly LaidDocument[], series: Series): Placed[] {
  let { previousHash } = series
  return laid.map(({ input, plan, written, ...each }, place) => {
    const sequence = series.sequence + place
    const document = numbered(each.document, series, sequence)
    const placed = { input, plan, document, sequence, previousHash, contentHash: contentHashWith(written, document, previousHash) }
    previousHash = placed.contentHash
    return placed
  })
}

function numbered(document: LaidDocument['document'], { prefix, format, year, issueDate }: Series, sequence: number): FinalisedInvoice {
  const { documentType, dueDate } = document
  return {
    ...document,
    number: formatDocumentNumber({ documentType, prefix, format, year, sequence }),
    issueDate,
    dueDate: issueDate === document.issueDate ? dueDate : addDays(dueDate, daysBetween(document.issueDate, issueDate)),
  }
}

function rowOf({ document, input, sequence, contentHash, previousHash }: Placed, { prefix, year }: Series): NewInvoice {
  const { net, tax, total, lines, taxes: _, finalisedAt: __, refersTo: ___, ...facts } = document
  return {
    ...facts,
    billingRunId: input.billingRunId,
    refersToId: input.refersToId,
    issuer: document.seller.issuer ? 'parent' : 'own',
    series: `${prefix}-${year}`,
    year,
    sequence,
    currency: net.currency,
    netMinor: net.minor,
    taxMinor: tax.minor,
    totalMinor: total.minor,
    contentHash,
    previousHash,
    lineCount: lines.length,
  }
}

function partsOf({ input, document: { id, accountId, net, lines, taxes } }: LaidDocument): NewInvoiceParts {
  return {
    id,
    accountId,
    currency: net.currency,
    lines: lines.map((line) => lineRowOf(line, input.creditsLineIds)),
    taxes: taxes.map(taxRowOf),
  }
}

function lineRowOf(line: FinalisedLine, creditsLineIds?: ReadonlyMap<string, string>): NewInvoiceLine {
  return {
    id: line.id,
    sectionAccountId: line.sectionAccountId,
    kind: line.kind,
    description: line.subject,
    quantity: line.quantity,
    unit: line.unit,
    includedQuantity: line.includedQuantity,
    billedQuantity: line.billedQuantity,
    unitPrice: line.unitPrice,
    netMinor: line.net.minor,
    taxCategory: line.taxCategory,
    taxRate: line.taxRate,
    periodStart: line.period.start,
    periodEnd: line.period.end,
    creditsLineId: creditsLineIds?.get(line.id) ?? null,
  }
}

function taxRowOf({ base, tax, ...line }: FinalisedTax) {
  return { ...line, baseMinor: base.minor, taxMinor: tax.minor }
}
