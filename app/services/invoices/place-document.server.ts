import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { insertInvoices, type NewInvoice } from '#app/db/invoices.server.ts'
import { rememberHash, type TakenNumbers, takeNumbers } from '#app/db/number-series.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { insertShowbacks } from '#app/db/showbacks.server.ts'
import { formatDocumentNumber, seriesYear } from '#app/domain/invoice/document-number.ts'
import type { FinalisedInvoice, FinalisedLine, FinalisedTax } from '#app/domain/invoice/finalised-invoice.ts'
import { showbacksOf } from '#app/domain/invoice/showbacks.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { addDays, daysBetween } from '#app/domain/time/local-date.ts'
import { contentHashOf } from './content-hash.ts'

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
}

/**
 * Gives a document its number, and saves it with its hash, its trace and the event that lets its file be made. The number comes
 * as late as it can: whoever takes it makes the others of this seller wait. When a document of a later date was numbered
 * meanwhile, this one takes that date, and falls due as much later.
 */
export async function placeDocument(ctx: TenantContext, input: PlaceDocumentInput): Promise<FinalisedInvoice> {
  const [placed] = await placeDocuments(ctx, [input])
  invariant(placed, 'placeDocument: one document goes in and one comes out')
  return placed
}

/** The same for documents of one type and day, in their order, at the cost of one. */
export async function placeDocuments(ctx: TenantContext, inputs: readonly PlaceDocumentInput[]): Promise<FinalisedInvoice[]> {
  const [first] = inputs
  if (!first) return []
  const { issueDate, documentType } = first.document
  const { issuer } = first.document.seller
  invariant(
    inputs.every(({ document }) => isOfSeries(document, first.document)),
    'placeDocuments: documents of several types, days or issuers',
  )
  const year = seriesYear(issueDate)
  const series = issuer
    ? { issuer: 'parent' as const, prefix: issuer.numberPrefix }
    : { issuer: 'own' as const, prefix: first.numberPrefix }
  const taken = await takeNumbers(ctx, { documentType, year, issueDate, ...series, count: inputs.length })
  const placed = chained(inputs, { ...taken, year })

  for (const { document } of placed) if (documentType !== 'pro-forma') await insertShowbacks(ctx, document, showbacksOf(document))
  await insertInvoices(
    ctx,
    placed.map((each) => rowOf(each, { ...taken, year })),
  )
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
  readonly document: FinalisedInvoice
  readonly sequence: number
  readonly contentHash: string
  readonly previousHash: string | null
}

/** The documents under their numbers, each hash built on the one before (B21). */
function chained(inputs: readonly PlaceDocumentInput[], series: Series): Placed[] {
  let { previousHash } = series
  return inputs.map((input, place) => {
    const sequence = series.sequence + place
    const document = numbered(input.document, series, sequence)
    const placed = { input, document, sequence, previousHash, contentHash: contentHashOf(document, previousHash) }
    previousHash = placed.contentHash
    return placed
  })
}

function numbered(document: NewDocument, { prefix, format, year, issueDate }: Series, sequence: number): FinalisedInvoice {
  const { documentType, dueDate } = document
  return {
    ...document,
    id: newId(),
    number: formatDocumentNumber({ documentType, prefix, format, year, sequence }),
    issueDate,
    dueDate: issueDate === document.issueDate ? dueDate : addDays(dueDate, daysBetween(document.issueDate, issueDate)),
  }
}

function rowOf({ document, input, sequence, contentHash, previousHash }: Placed, { prefix, year }: Series): NewInvoice {
  const { net, tax, total, lines, taxes, finalisedAt: _, refersTo: __, ...facts } = document
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
    lines: lines.map((line) => lineRowOf(line, input.creditsLineIds)),
    taxes: taxes.map(taxRowOf),
  }
}

function lineRowOf({ subject, net, period, ...line }: FinalisedLine, creditsLineIds?: ReadonlyMap<string, string>) {
  const creditsLineId = creditsLineIds?.get(line.id)
  const credits = creditsLineId ? { creditsLineId } : {}
  return { ...line, description: subject, netMinor: net.minor, periodStart: period.start, periodEnd: period.end, ...credits }
}

function taxRowOf({ base, tax, ...line }: FinalisedTax) {
  return { ...line, baseMinor: base.minor, taxMinor: tax.minor }
}
