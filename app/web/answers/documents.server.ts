import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import { type CsvCell, csvLines, eInvoiceWriter, electronicOfInvoice, fileStore } from '#app/wiring.server.ts'
import { orNotFound } from '../request/refuse.server.ts'

/** A stored PDF as a download. The key comes from a row the reader may see, never from the address. @throws 404 when it is not stored. */
export async function pdfResponse({ fileKey, filename }: { readonly fileKey: string; readonly filename: string }): Promise<Response> {
  const content = orNotFound(await fileStore().get(fileKey))
  return new Response(content as Uint8Array<ArrayBuffer>, {
    headers: { ...downloadHeaders(filename, 'application/pdf'), 'Content-Length': String(content.byteLength) },
  })
}

/** The forms of a document for machines that a reader can ask for. */
export const eInvoiceFormats = ['ubl', 'cii', 'xrechnung-ubl', 'xrechnung-cii'] as const

/** A document for machines as a download; undefined when the format cannot hold it. */
export async function eInvoiceResponse(invoice: FinalisedInvoice, format: (typeof eInvoiceFormats)[number]): Promise<Response | undefined> {
  // A receipt of prepayment is no invoice (decision 107).
  if (invoice.documentType === 'prepayment-receipt') return undefined
  const written = await eInvoiceWriter.write(await electronicOfInvoice(invoice), format)
  return written.ok
    ? new Response(written.value, { headers: downloadHeaders(`${invoice.number}-${format}.xml`, 'application/xml') })
    : undefined
}

type CsvFile = {
  readonly filename: string
  readonly head: readonly string[]
  /** The rows after the one of that id, the first ones for null; `lastId` is null when there are no more. */
  readonly pageAfter: (
    afterId: string | null,
  ) => Promise<{ readonly rows: readonly (readonly CsvCell[])[]; readonly lastId: string | null }>
}

/** A table of any length as CSV, read and sent page by page. */
export async function csvResponse({ filename, head, pageAfter }: CsvFile): Promise<Response> {
  const encoder = new TextEncoder()
  let next = await pageAfter(null)
  const body = new ReadableStream<Uint8Array>({
    // The mark at the start tells a spreadsheet that the file is UTF-8.
    start: (stream) => stream.enqueue(encoder.encode(`\ufeff${csvLines([head])}`)),
    async pull(stream) {
      stream.enqueue(encoder.encode(csvLines(next.rows)))
      if (next.lastId === null) return stream.close()
      next = await pageAfter(next.lastId)
    },
  })
  return new Response(body, { headers: downloadHeaders(filename, 'text/csv; charset=utf-8') })
}

/** What makes an answer a file to keep, under a name that any system takes. */
export function downloadHeaders(filename: string, type: string): Record<string, string> {
  const safeName = filename.replace(/[^\w.-]/g, '_')
  return {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${safeName}"; filename*=UTF-8''${encodeURIComponent(filename)}`,
    'Cache-Control': 'private, no-store',
  }
}
