import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { insertInvoice } from '#app/db/invoices.server.ts'
import { rememberHash, type TakenNumber, takeNumber } from '#app/db/number-series.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { insertShowbacks } from '#app/db/showbacks.server.ts'
import { formatDocumentNumber, seriesYear } from '#app/domain/invoice/document-number.ts'
import type { FinalisedInvoice, FinalisedLine, FinalisedTax } from '#app/domain/invoice/finalised-invoice.ts'
import { showbacksOf } from '#app/domain/invoice/showbacks.ts'
import { addDays, daysBetween } from '#app/domain/time/local-date.ts'
import { contentHashOf } from './content-hash.ts'

/** A document that has everything but its number and id. */
export type NewDocument = Omit<FinalisedInvoice, 'id' | 'number'>

export type PlaceDocumentInput = {
  readonly document: NewDocument
  /** Of a series that begins with this document. */
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
  const { issueDate, documentType } = input.document
  const year = seriesYear(issueDate)
  const number = await takeNumber(ctx, { documentType, year, issueDate, prefix: input.numberPrefix })
  const document = numbered(input.document, { ...number, year })
  const contentHash = contentHashOf(document, number.previousHash)

  if (documentType !== 'pro-forma') await insertShowbacks(ctx, document, showbacksOf(document))
  await insertInvoice(ctx, rowOf(document, input, { ...number, year, contentHash }), {
    lines: document.lines.map((line) => lineRowOf(line, input.creditsLineIds)),
    taxes: document.taxes.map(taxRowOf),
  })
  await rememberHash(ctx, number.seriesId, contentHash)
  await audit(ctx, {
    action: `${documentType}.finalised`,
    subjectKind: 'invoice',
    subjectId: document.id,
    detail: { number: document.number, contentHash },
  })
  await enqueue(ctx, {
    name: 'invoice/finalised',
    data: { tenantId: ctx.tenantId, invoiceId: document.id },
    key: `invoice-finalised:${document.id}`,
  })
  return document
}

function numbered(document: NewDocument, taken: TakenNumber & { readonly year: number }): FinalisedInvoice {
  const { documentType, issueDate, dueDate } = document
  const { prefix, format, year, sequence } = taken
  return {
    ...document,
    id: newId(),
    number: formatDocumentNumber({ documentType, prefix, format, year, sequence }),
    issueDate: taken.issueDate,
    dueDate: addDays(dueDate, daysBetween(issueDate, taken.issueDate)),
  }
}

type Place = Pick<TakenNumber, 'prefix' | 'sequence' | 'previousHash'> & { readonly year: number; readonly contentHash: string }

function rowOf(document: FinalisedInvoice, { billingRunId, refersToId }: PlaceDocumentInput, place: Place) {
  const { net, tax, total, lines: _, taxes: __, finalisedAt: ___, refersTo: ____, ...facts } = document
  return {
    ...facts,
    billingRunId,
    refersToId,
    series: `${place.prefix}-${place.year}`,
    year: place.year,
    sequence: place.sequence,
    currency: net.currency,
    netMinor: net.minor,
    taxMinor: tax.minor,
    totalMinor: total.minor,
    contentHash: place.contentHash,
    previousHash: place.previousHash,
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
