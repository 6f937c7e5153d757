import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'
import { takeTicketNumber } from '#app/db/desk/tickets.server.ts'

/** A ticket of a buyer about one of its servers, with a message and a file. */
export async function plantTicket(ctx: TenantContext, accountId: string): Promise<void> {
  const { db, tenantId, now } = ctx
  const { id: resourceId } = await db.resource.findFirstOrThrow({ where: { tenantId, accountId }, select: { id: true } })
  const [ticketId, messageId, number] = [v7(), v7(), await takeTicketNumber(ctx)]
  const opened = { origin: 'customer', state: 'open', openedBy: 'test', openedAt: now, waitingSince: now, changedAt: now }
  await db.ticket.createMany({ data: [{ tenantId, id: ticketId, accountId, number, resourceId, subject: 'Slow', ...opened }] })
  const of = { tenantId, accountId, resourceId, ticketId, isInternal: false, at: now }
  const said = { author: 'customer', authorId: 'test', authorName: 'Test', body: 'Since noon.' }
  await db.ticketMessage.createMany({ data: [{ ...of, id: messageId, ...said }] })
  const file = { position: 1, name: 'log.txt', kind: 'text', sizeBytes: 2, content: new Uint8Array([79, 75]) }
  await db.ticketFile.createMany({ data: [{ ...of, id: v7(), messageId, ...file }] })
}
