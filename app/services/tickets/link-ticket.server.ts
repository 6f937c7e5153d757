import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { accountOfThing, lockTicket, saveTicketLink } from '#app/db/desk/tickets.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { TicketLink } from '#app/domain/tickets/ticket.ts'

export type LinkTicketInput = { readonly ticketId: string; readonly link: TicketLink | null }
export type LinkTicketError = 'ticket-not-found' | 'thing-not-found'

/** Says what of its account a ticket is about; people limited to projects see it from then on by that. */
export async function linkTicket(ctx: TenantContext, { ticketId, link }: LinkTicketInput): Promise<Result<null, LinkTicketError>> {
  const ticket = await lockTicket(ctx, ticketId)
  if (!ticket) return err('ticket-not-found')
  if (link && (await accountOfThing(ctx, link)) !== ticket.accountId) return err('thing-not-found')
  await saveTicketLink(ctx, ticketId, link)
  const detail = { about: link && { kind: link.kind, id: link.id } }
  await audit(ctx, { action: 'ticket.linked', subjectKind: 'ticket', subjectId: ticketId, detail })
  return ok(null)
}
