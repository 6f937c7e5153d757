import { actorName } from '#app/domain/shared/actor.ts'
import type { TicketLink, TicketOrigin, TicketSide, TicketState } from '#app/domain/tickets/ticket.ts'
import type { TenantContext } from '../context.server.ts'
import { sealField } from '../sealing/sealed-fields.server.ts'

export type LockedTicket = {
  readonly id: string
  readonly accountId: string
  readonly resourceId: string | null
  readonly number: number
  readonly state: TicketState
  readonly waitingSince: Date | null
}

/** A ticket of the scope, held until the transaction ends; null when there is none such. */
export async function lockTicket(ctx: TenantContext, id: string): Promise<LockedTicket | null> {
  const [row] = await ctx.db.$queryRaw<LockedTicket[]>`
    select id, account_id as "accountId", resource_id as "resourceId", number, state, waiting_since as "waitingSince"
    from tickets where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for no key update`
  return row ?? null
}

/** The ticket with a number, as far as the scope sees it; null otherwise. */
export async function ticketByNumber({ db, tenantId }: TenantContext, number: number): Promise<string | null> {
  return (await db.ticket.findUnique({ where: { tenantId_number: { tenantId, number } }, select: { id: true } }))?.id ?? null
}

/** The next number of the seller; given back when the transaction rolls back. */
export async function takeTicketNumber({ db, tenantId }: TenantContext): Promise<number> {
  const rows = await db.$queryRaw<{ number: number }[]>`
    insert into ticket_counters (tenant_id, last_number) values (${tenantId}::uuid, 1)
    on conflict (tenant_id) do update set last_number = ticket_counters.last_number + 1
    returning last_number as number`
  return rows[0]?.number ?? 1
}

/** How many tickets of an account are not closed. */
export function countOpenTickets({ db, tenantId }: TenantContext, accountId: string): Promise<number> {
  return db.ticket.count({ where: { tenantId, accountId, state: { not: 'closed' } } })
}

/** The account a linked thing belongs to, as far as the scope sees it; null otherwise. */
export async function accountOfThing({ db, tenantId }: TenantContext, { kind, id }: TicketLink): Promise<string | null> {
  const key = { where: { tenantId_id: { tenantId, id } }, select: { accountId: true } } as const
  if (kind === 'server') return (await db.resource.findUnique(key))?.accountId ?? null
  if (kind === 'invoice') return (await db.invoice.findUnique(key))?.accountId ?? null
  return (await db.order.findUnique(key))?.accountId ?? null
}

/** Whether an order has the ticket that opens by itself. */
export async function hasTicketOfFailure({ db, tenantId }: TenantContext, orderId: string): Promise<boolean> {
  return (await db.ticket.count({ where: { tenantId, orderId, origin: 'order-failed' } })) > 0
}

export type NewTicket = {
  readonly id: string
  readonly accountId: string
  readonly number: number
  readonly subject: string
  readonly origin: TicketOrigin
  readonly state: Exclude<TicketState, 'closed'>
  readonly link: TicketLink | null
}

/** Saves a ticket; false when there is one of that id, or for that failed order, already. */
export async function insertTicket(ctx: TenantContext, { link, subject, ...ticket }: NewTicket): Promise<boolean> {
  const { tenantId, now } = ctx
  const links = columnsOf(link)
  const opened = { openedBy: actorName(ctx.actor), openedAt: now, changedAt: now, waitingSince: ticket.state === 'open' ? now : null }
  const made = await ctx.db.ticket.createMany({
    data: [{ tenantId, ...ticket, subject: sealField(ctx, 'tickets.subject', ticket.id, subject), ...links, ...opened }],
    skipDuplicates: true,
  })
  return made.count === 1
}

function columnsOf(link: TicketLink | null) {
  const idOf = (kind: TicketLink['kind']) => (link?.kind === kind ? link.id : null)
  return { resourceId: idOf('server'), invoiceId: idOf('invoice'), orderId: idOf('order') }
}

/** Keeps what a ticket is about, with all that was said and sent in it. */
export async function saveTicketLink({ db, tenantId }: TenantContext, id: string, link: TicketLink | null): Promise<void> {
  const links = columnsOf(link)
  const { resourceId } = links
  await db.ticket.updateMany({ where: { tenantId, id }, data: links })
  await db.ticketMessage.updateMany({ where: { tenantId, ticketId: id }, data: { resourceId } })
  await db.ticketFile.updateMany({ where: { tenantId, ticketId: id }, data: { resourceId } })
}

/** Moves a ticket to `state`: since when it waits stays while it goes on waiting. */
export async function moveTicket(ctx: TenantContext, { id, waitingSince }: LockedTicket, state: TicketState): Promise<void> {
  await ctx.db.ticket.updateMany({
    where: { tenantId: ctx.tenantId, id },
    data: {
      state,
      changedAt: ctx.now,
      waitingSince: state === 'open' ? (waitingSince ?? ctx.now) : null,
      closedAt: state === 'closed' ? ctx.now : null,
    },
  })
}

export type NewMessage = {
  readonly id: string
  readonly ticket: Pick<LockedTicket, 'id' | 'accountId' | 'resourceId'>
  readonly author: TicketSide | 'system'
  readonly authorName: string
  readonly isInternal: boolean
  readonly body: string
}

/** Saves a message; false when one of that id is there already. */
export async function insertTicketMessage(ctx: TenantContext, { id, ticket, body, ...message }: NewMessage): Promise<boolean> {
  const { id: ticketId, accountId, resourceId } = ticket
  const made = await ctx.db.ticketMessage.createMany({
    data: [
      {
        tenantId: ctx.tenantId,
        id,
        ticketId,
        accountId,
        resourceId,
        ...message,
        authorId: actorName(ctx.actor),
        body: sealField(ctx, 'ticket_messages.body', id, body),
        at: ctx.now,
      },
    ],
    skipDuplicates: true,
  })
  return made.count === 1
}

/** Takes the names of an account's people off what they wrote. */
export async function forgetTicketAuthors({ db, tenantId }: TenantContext, accountIds: readonly string[]): Promise<void> {
  await db.ticketMessage.updateMany({
    where: { tenantId, accountId: { in: [...accountIds] }, author: 'customer' },
    data: { authorName: '–' },
  })
}

/** Removes all tickets of accounts, with what was written and sent in them. */
export async function forgetTickets({ db, tenantId }: TenantContext, accountIds: readonly string[]): Promise<void> {
  const where = { tenantId, accountId: { in: [...accountIds] } }
  await db.ticketFile.deleteMany({ where })
  await db.ticketMessage.deleteMany({ where })
  await db.ticket.deleteMany({ where })
}
