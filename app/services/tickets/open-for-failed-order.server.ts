import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { accountOfThing, hasTicketOfFailure, insertTicket, takeTicketNumber } from '#app/db/desk/tickets.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { keepMessage } from './keep-message.server.ts'

/**
 * Opens the ticket of an order that could not be fulfilled, so that somebody looks at it. What it says is the code of the failure: pages and
 * mails write it in the reader's language. Safe to repeat: an order opens one.
 */
export async function openTicketForFailedOrder(ctx: TenantContext, orderId: string, failure: string): Promise<void> {
  const accountId = await accountOfThing(ctx, { kind: 'order', id: orderId })
  if (!accountId || (await hasTicketOfFailure(ctx, orderId))) return
  const [id, number] = [newId(), await takeTicketNumber(ctx)]
  const ticket = { id, accountId, number, subject: failure, origin: 'order-failed', state: 'open' } as const
  if (!(await insertTicket(ctx, { ...ticket, link: { kind: 'order', id: orderId } }))) return
  const message = { messageId: newId(), side: 'system', authorName: '', body: failure, files: [], isInternal: false } as const
  await keepMessage(ctx, { ...message, ticket: { id, accountId, resourceId: null } })
  await audit(ctx, { action: 'ticket.opened', subjectKind: 'ticket', subjectId: id, detail: { number, accountId, orderId } })
}
