import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { lockTicket, moveTicket as saveMove } from '#app/db/desk/tickets.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { stateAfterDeed, type TicketDeed } from '#app/domain/tickets/ticket.ts'

export type MoveTicketInput = { readonly ticketId: string; readonly deed: TicketDeed }

/** Closes a ticket or opens it again. Safe to repeat: what is so already stays so. */
export async function moveTicket(ctx: TenantContext, { ticketId, deed }: MoveTicketInput): Promise<Result<null, 'ticket-not-found'>> {
  const ticket = await lockTicket(ctx, ticketId)
  if (!ticket) return err('ticket-not-found')
  const state = stateAfterDeed(ticket.state, deed)
  if (!state.ok) return ok(null)
  await saveMove(ctx, ticket, state.value)
  const action = deed === 'close' ? 'ticket.closed' : 'ticket.reopened'
  await audit(ctx, { action, subjectKind: 'ticket', subjectId: ticketId })
  return ok(null)
}
