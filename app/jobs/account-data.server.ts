import { addDays, localDateOf } from '#app/domain/time/local-date.ts'
import {
  type AskedData,
  firstChargeAt,
  readCompanyData,
  readDesignData,
  readPeopleData,
  readSshKeyData,
} from '#app/reports/account-data/people.server.ts'
import { questionView } from '#app/reports/api/order-views.ts'
import { listApiServers } from '#app/reports/api/servers.server.ts'
import { listApiUsage } from '#app/reports/api/usage.server.ts'
import { invoiceDetailView, orderView, serverView, usageView } from '#app/reports/api/views.ts'
import { listInvoices, readInvoice, readInvoicePdf } from '#app/reports/invoices/query.server.ts'
import type { InvoiceList } from '#app/reports/invoices/shape.ts'
import { questionsOf } from '#app/reports/orders/order-questions.server.ts'
import { listOwnOrders } from '#app/reports/orders/own-orders.server.ts'
import { type TicketFileRow, ticketData, ticketFilesAfter } from '#app/reports/tickets/export.server.ts'
import { readTicket, ticketIdsAfter } from '#app/reports/tickets/query.server.ts'
import { ticketFile } from '#app/services/tickets/ticket-file.server.ts'
import { type ArchiveEntry, fileStore, inPanel, inTenant, type TenantContext } from '#app/wiring.server.ts'

const pageSize = 200
const ticketsAtOnce = 20
type Of = { readonly tenantId: string; readonly asked: AskedData; readonly at: Date }

/** The files of an account's data: the same objects as the API gives, a line each, and documents as they were sent. */
export async function* accountDataEntries(of: Of): AsyncGenerator<ArchiveEntry> {
  const { tenantId, asked, at } = of
  const text = (name: string, value: unknown) => ({ name, content: new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`), at })
  yield text('accounts.json', await inTenant(tenantId, (ctx) => readCompanyData(ctx, asked.accountIds)))
  yield text('people.json', await inTenant(tenantId, (ctx) => readPeopleData(ctx, asked.accountIds)))
  yield text('ssh-keys.json', await inTenant(tenantId, (ctx) => readSshKeyData(ctx, asked.accountIds)))
  yield text('designs.json', await inTenant(tenantId, (ctx) => readDesignData(ctx, asked.accountIds)))
  yield await lines(of, 'servers.jsonl', (ctx, cursor) => pageOfServers(ctx, cursor, asked))
  yield await lines(of, 'orders.jsonl', (ctx, cursor) => pageOfOrders(ctx, cursor, asked))
  yield await lines(of, 'tickets.jsonl', pageOfTickets)
  yield* ticketFileEntries(of)
  yield await usageLines(of)
  yield* invoiceEntries(of)
}

type Page = { readonly lines: readonly unknown[]; readonly nextCursor: string | null }
type ReadPage = (ctx: TenantContext, cursor: string | null) => Promise<Page>

async function lines({ tenantId, asked, at }: Of, name: string, read: ReadPage): Promise<ArchiveEntry> {
  const parts: string[] = []
  let cursor: string | null = null
  do {
    const from: string | null = cursor
    const page: Page = await inPanel(tenantId, asked.accountIds, (ctx) => read(ctx, from))
    for (const line of page.lines) parts.push(`${JSON.stringify(line)}\n`)
    cursor = page.nextCursor
  } while (cursor)
  return { name, content: new TextEncoder().encode(parts.join('')), at }
}

async function pageOfServers(ctx: TenantContext, cursor: string | null, { language }: AskedData): Promise<Page> {
  const { rows, nextCursor } = await listApiServers(ctx, { limit: pageSize, ...(cursor ? { cursor } : {}) })
  return { lines: rows.map((row) => serverView(row, language)), nextCursor }
}

async function pageOfOrders(ctx: TenantContext, cursor: string | null, { language }: AskedData): Promise<Page> {
  const { rows, nextCursor } = await listOwnOrders(ctx, { limit: pageSize, cursor, language })
  const questions = await questionsOf(
    ctx,
    rows.map(({ id }) => id),
  )
  return { lines: rows.map((row) => ({ ...orderView(row), questions: (questions.get(row.id) ?? []).map(questionView) })), nextCursor }
}

/** What was asked and answered; notes among staff are none of the panel's. */
async function pageOfTickets(ctx: TenantContext, cursor: string | null): Promise<Page> {
  const ids = await ticketIdsAfter(ctx, cursor, ticketsAtOnce)
  const found: unknown[] = []
  for (const id of ids) {
    const ticket = await readTicket(ctx, id)
    if (ticket) found.push(ticketData(ticket))
  }
  return { lines: found, nextCursor: ids.length < ticketsAtOnce ? null : (ids.at(-1) ?? null) }
}

async function* ticketFileEntries({ tenantId, asked, at }: Of): AsyncGenerator<ArchiveEntry> {
  let cursor: string | null = null
  do {
    const from: string | null = cursor
    const files: TicketFileRow[] = await inPanel(tenantId, asked.accountIds, (ctx) => ticketFilesAfter(ctx, from, pageSize))
    for (const { id, name, number } of files) {
      const file = await inPanel(tenantId, asked.accountIds, (ctx) => ticketFile(ctx, id))
      if (file) yield { name: `tickets/${number}/${id}/${name}`, content: file.content, at }
    }
    cursor = files.length < pageSize ? null : (files.at(-1)?.id ?? null)
  } while (cursor)
}

/** Usage from the first charge on, a span of ninety days after the other. */
async function usageLines(of: Of): Promise<ArchiveEntry> {
  const { tenantId, asked, at } = of
  const first = await inPanel(tenantId, asked.accountIds, firstChargeAt)
  const last = localDateOf(at, asked.zone)
  const contents: Uint8Array[] = []
  for (let from = localDateOf(first ?? at, asked.zone); from <= last; from = addDays(from, 90)) {
    const span = { from, to: addDays(from, 89), zone: asked.zone, limit: pageSize }
    const part = await lines(of, '', async (ctx, cursor) => {
      const { rows, nextCursor } = await listApiUsage(ctx, { ...span, ...(cursor ? { cursor } : {}) })
      return { lines: rows.map(usageView), nextCursor }
    })
    contents.push(part.content)
  }
  return { name: 'usage.jsonl', content: Buffer.concat(contents), at }
}

async function* invoiceEntries(of: Of): AsyncGenerator<ArchiveEntry> {
  const { tenantId, asked, at } = of
  const details: string[] = []
  let cursor: string | null = null
  do {
    const from: string | null = cursor
    const page: InvoiceList = await inPanel(tenantId, asked.accountIds, (ctx) => listInvoices(ctx, { limit: pageSize, cursor: from }))
    for (const { id } of page.rows) {
      const invoice = await inPanel(tenantId, asked.accountIds, (ctx) => readInvoice(ctx, id))
      if (invoice) details.push(`${JSON.stringify(invoiceDetailView(invoice, asked.language))}\n`)
      const pdf = await inPanel(tenantId, asked.accountIds, (ctx) => readInvoicePdf(ctx, id))
      const content = pdf && (await fileStore().get(pdf.fileKey))
      if (pdf && content) yield { name: `documents/${pdf.filename}`, content, at }
    }
    cursor = page.nextCursor
  } while (cursor)
  yield { name: 'invoices.jsonl', content: new TextEncoder().encode(details.join('')), at }
}
