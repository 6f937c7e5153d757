import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { inTenant } from '#app/db/context.server.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import { documentsOfMonth, readDocument } from '#app/reports/invoice-files/query.server.ts'
import { readInvoiceUsage, type UsagePage, usageHead } from '#app/reports/invoice-usage/query.server.ts'
import { readInvoicePdf } from '#app/reports/invoices/query.server.ts'
import { csvLines, eInvoiceWriter, electronicOfInvoice, fileStore } from '#app/wiring.server.ts'
import { type Answer, command, exitCodes, wrongUse } from './command.ts'
import { tenantNamed } from './options.ts'

const formats = ['pdf', 'ubl', 'cii', 'xrechnung', 'csv'] as const
type Format = (typeof formats)[number]
type Options = { tenant: string; period: string; number?: string; format: Format; out: string }

type Exported = { readonly number: string; readonly file: string }
type Refused = { readonly number: string; readonly problem: string; readonly detail: string }
type Order = { readonly tenantId: string; readonly invoiceId: string; readonly format: Format; readonly out: string }

/** `livery invoice export`: the documents of a month as files, one each; what a format cannot hold is named, and the rest goes on. */
export const invoiceExport = command<Options>('export', 'write the documents of a month as files', async (options) => {
  const { format, out } = options
  const { tenantId } = await tenantNamed(options.tenant)
  const month = await inTenant(tenantId, (ctx) => documentsOfMonth(ctx, `${options.period}-01`))
  const documents = month.filter(({ number }) => options.number === undefined || number === options.number)
  if (options.number !== undefined && documents.length === 0) return wrongUse(`${options.period} has no document "${options.number}"`)

  await mkdir(out, { recursive: true })
  const files: Exported[] = []
  const refused: Refused[] = []
  for (const { id } of documents) {
    const result = await exportOne({ tenantId, invoiceId: id, format, out })
    if ('file' in result) files.push(result)
    else refused.push(result)
  }
  return answerTo(files, refused)
})
  .requiredOption('--tenant <slug>', 'whose documents')
  .requiredOption('--period <month>', 'the month their period begins in, such as 2026-10', period)
  .option('--number <number>', 'only this one of them')
  .option('--format <format>', `${formats.join(', ')}`, formatNamed, 'pdf')
  .requiredOption('--out <directory>', 'where the files go; it is made when missing')

function period(text: string): string {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : wrongUse(`"${text}" is not a month such as 2026-10`)
}

function formatNamed(text: string): Format {
  return formats.find((known) => known === text) ?? wrongUse(`"${text}" is not a format: ${formats.join(', ')}`)
}

async function exportOne(order: Order): Promise<Exported | Refused> {
  const invoice = await inTenant(order.tenantId, (ctx) => readDocument(ctx, order.invoiceId))
  if (!invoice) return { number: order.invoiceId, problem: 'invoice-not-found', detail: '' }
  if (order.format === 'csv') return writeUsage(invoice, order)
  return order.format === 'pdf' ? writePdf(invoice, order) : writeXml(invoice, order)
}

/** The stored bytes, as they were sent. */
async function writePdf({ number }: FinalisedInvoice, { tenantId, invoiceId, out }: Order): Promise<Exported | Refused> {
  const pdf = await inTenant(tenantId, (ctx) => readInvoicePdf(ctx, invoiceId))
  const content = pdf && (await fileStore().get(pdf.fileKey))
  if (!content) return { number, problem: 'pdf-not-made', detail: '' }
  const file = join(out, fileName(number, '.pdf'))
  await writeFile(file, content)
  return { number, file }
}

async function writeXml(invoice: FinalisedInvoice, { format, out }: Order): Promise<Exported | Refused> {
  const { number } = invoice
  const written = await eInvoiceWriter.write(
    await electronicOfInvoice(invoice),
    format === 'ubl' ? 'ubl' : format === 'cii' ? 'cii' : 'xrechnung-ubl',
  )
  if (!written.ok) return { number, problem: written.error, detail: written.detail }
  const file = join(out, fileName(number, `-${format}.xml`))
  await writeFile(file, written.value)
  return { number, file }
}

async function writeUsage({ number }: FinalisedInvoice, { tenantId, invoiceId, out }: Order): Promise<Exported> {
  const file = join(out, fileName(number, '-usage.csv'))
  await pipeline(Readable.from(usageLines(tenantId, invoiceId)), createWriteStream(file))
  return { number, file }
}

async function* usageLines(tenantId: string, invoiceId: string): AsyncGenerator<string> {
  yield `\ufeff${csvLines([usageHead])}`
  let afterId: string | null = null
  do {
    const page: UsagePage = await inTenant(tenantId, (ctx) => readInvoiceUsage(ctx, { invoiceId, afterId }))
    yield csvLines(page.rows)
    afterId = page.lastId
  } while (afterId !== null)
}

/** A number is the seller's own text: as a file name it stays in its directory. */
function fileName(number: string, ending: string): string {
  return `${number.replaceAll(/[^\w.-]/g, '_').replace(/^\.+/, '_')}${ending}`
}

function answerTo(files: readonly Exported[], refused: readonly Refused[]): Answer {
  return {
    lines: [
      `${files.length} files written`,
      ...refused.map(({ number, problem, detail }) => `  ${number}: ${problem}${detail ? ` (${detail})` : ''}`),
    ],
    json: { ok: true, files, refused },
    exitCode: refused.length > 0 ? exitCodes.rowErrors : exitCodes.done,
  }
}
