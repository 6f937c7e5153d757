import type { TenantContext } from '#app/db/context.server.ts'
import { openField } from '#app/db/sealing/sealed-fields.server.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import type { TicketLink } from '#app/domain/tickets/ticket.ts'
import { offsetOf, pageSize } from '../paging.ts'
import type {
  LinkChoice,
  ShownLink,
  TicketDetail,
  TicketFileView,
  TicketFilter,
  TicketList,
  TicketMessageView,
  TicketRow,
} from './shape.ts'

type Row = Omit<TicketRow, 'link'> & {
  readonly resourceId: string | null
  readonly server: string | null
  readonly invoiceId: string | null
  readonly invoice: string | null
  readonly orderId: string | null
  readonly total: number
}

type Wanted = { readonly id: string | null; readonly state: string | null; readonly accountId: string | null; readonly offset: number }

/** What waits for the seller first, the longest first; then what waits for the customer; what is closed last, the newest first. */
function readRows({ db, tenantId }: TenantContext, { id, state, accountId, offset }: Wanted): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    select t.id, t.number, t.subject, t.origin, t.state, t.account_id as "accountId", a.name as "accountName", t.opened_at as "openedAt",
      t.waiting_since as "waitingSince", t.changed_at as "changedAt", t.resource_id as "resourceId", r.name as server,
      t.invoice_id as "invoiceId", i.number as invoice, t.order_id as "orderId", count(*) over ()::int as total
    from tickets t
    join accounts a on a.tenant_id = t.tenant_id and a.id = t.account_id
    left join resources r on r.tenant_id = t.tenant_id and r.id = t.resource_id
    left join invoices i on i.tenant_id = t.tenant_id and i.id = t.invoice_id
    where t.tenant_id = ${tenantId}::uuid and (${id}::uuid is null or t.id = ${id}::uuid)
      and (${state}::text is null or t.state = ${state}) and (${accountId}::uuid is null or t.account_id = ${accountId}::uuid)
    order by case t.state when 'open' then 1 when 'answered' then 2 else 3 end, t.waiting_since, t.changed_at desc, t.id
    limit ${pageSize} offset ${offset}`
}

function toRow(ctx: TenantContext, row: Row): TicketRow {
  const { resourceId, server, invoiceId, invoice, orderId, total: _, subject, ...rest } = row
  return {
    ...rest,
    subject: openField(ctx, 'tickets.subject', row.id, subject),
    link: linkOf({ resourceId, server, invoiceId, invoice, orderId }),
  }
}

function linkOf(row: Pick<Row, 'resourceId' | 'server' | 'invoiceId' | 'invoice' | 'orderId'>): ShownLink | null {
  if (row.resourceId) return { kind: 'server', id: row.resourceId, name: row.server ?? toPublicId('resource', row.resourceId) }
  if (row.invoiceId) return { kind: 'invoice', id: row.invoiceId, name: row.invoice ?? toPublicId('invoice', row.invoiceId) }
  return row.orderId ? { kind: 'order', id: row.orderId, name: toPublicId('order', row.orderId) } : null
}

/** Tickets as far as the scope sees them. */
export async function listTickets(ctx: TenantContext, filter: TicketFilter): Promise<TicketList> {
  const { state = null, accountId = null, page } = filter
  const rows = await readRows(ctx, { id: null, state, accountId, offset: offsetOf(page) })
  const hasAny = rows.length > 0 || (await ctx.db.ticket.count({ where: { tenantId: ctx.tenantId }, take: 1 })) > 0
  return { rows: rows.map((row) => toRow(ctx, row)), total: rows[0]?.total ?? 0, page, pageSize, hasAny }
}

const messagesAtMost = 500

/** A ticket with what was said in it, notes among staff only for staff; null when the scope has none such. */
export async function readTicket(ctx: TenantContext, id: string): Promise<TicketDetail | null> {
  const [row] = await readRows(ctx, { id, state: null, accountId: null, offset: 0 })
  if (!row) return null
  const { db, tenantId } = ctx
  const files = await db.ticketFile.findMany({
    where: { tenantId, ticketId: id },
    select: { id: true, messageId: true, name: true, kind: true, sizeBytes: true },
    orderBy: [{ messageId: 'asc' }, { position: 'asc' }],
    take: 5 * messagesAtMost,
  })
  const messages = await db.ticketMessage.findMany({
    where: { tenantId, ticketId: id },
    select: { id: true, author: true, authorName: true, isInternal: true, body: true, at: true },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take: messagesAtMost,
  })
  return {
    ...toRow(ctx, row),
    publicId: toPublicId('ticket', id),
    messages: messages.map((message) => ({
      ...message,
      author: message.author as TicketMessageView['author'],
      body: openField(ctx, 'ticket_messages.body', message.id, message.body),
      files: files.flatMap(({ messageId, ...file }) => (messageId === message.id ? [file as TicketFileView] : [])),
    })),
  }
}

export type ThingRights = { readonly servers: boolean; readonly invoices: boolean; readonly orders: boolean }

const choicesAtMost = 200

/** What of the scope a ticket can be about, the newest first: what the reader may see, of one account where one is named. */
export async function listLinkChoices(ctx: TenantContext, rights: ThingRights, accountId: string | null = null): Promise<LinkChoice[]> {
  const { tenantId } = ctx
  const rows = await ctx.db.$queryRaw<{ kind: TicketLink['kind']; id: string; name: string | null }[]>`
    (select 'server' as kind, r.id, r.name from resources r
      where ${rights.servers} and r.tenant_id = ${tenantId}::uuid and r.kind = 'server' and r.state <> 'deleted'
        and (${accountId}::uuid is null or r.account_id = ${accountId}::uuid)
      order by r.id desc limit ${choicesAtMost})
    union all
    (select 'invoice' as kind, i.id, i.number from invoices i
      where ${rights.invoices} and i.tenant_id = ${tenantId}::uuid and (${accountId}::uuid is null or i.account_id = ${accountId}::uuid)
      order by i.issue_date desc, i.id desc limit ${choicesAtMost})
    union all
    (select 'order' as kind, o.id, null from orders o
      where ${rights.orders} and o.tenant_id = ${tenantId}::uuid and (${accountId}::uuid is null or o.account_id = ${accountId}::uuid)
      order by o.placed_at desc, o.id desc limit 20)`
  return rows.map(({ kind, id, name }) => ({ value: `${kind}:${id}`, kind, name: name ?? toPublicId('order', id) }))
}

/** How many tickets wait for the seller. Needs the office's scope. */
export function countWaitingTickets({ db, tenantId }: TenantContext): Promise<number> {
  return db.ticket.count({ where: { tenantId, state: 'open' } })
}

/** An account by its name; null when there is none such. */
export function accountNameOf({ db, tenantId }: TenantContext, id: string): Promise<{ id: string; name: string } | null> {
  return db.account.findUnique({ where: { tenantId_id: { tenantId, id } }, select: { id: true, name: true } })
}

/** Ids of tickets of the scope after `afterId`, in their order. */
export async function ticketIdsAfter({ db, tenantId }: TenantContext, afterId: string | null, limit: number): Promise<string[]> {
  const rows = await db.ticket.findMany({
    where: { tenantId, ...(afterId ? { id: { gt: afterId } } : {}) },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: limit,
  })
  return rows.map(({ id }) => id)
}
