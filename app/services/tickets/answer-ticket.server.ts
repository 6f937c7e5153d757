import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { lockTicket, moveTicket } from '#app/db/desk/tickets.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { stateAfterMessage } from '#app/domain/tickets/ticket.ts'
import { keepMessage, type Written } from './keep-message.server.ts'

export type AnswerTicketInput = Written & {
  readonly ticketId: string
  /** A note among staff, which the customer never sees. */
  readonly isInternal: boolean
}

/** Adds a message to a ticket, or a note of staff; whoever shall answer next is told by mail. Sent twice it is kept once. */
export async function answerTicket(ctx: TenantContext, input: AnswerTicketInput): Promise<Result<null, 'ticket-not-found'>> {
  const ticket = await lockTicket(ctx, input.ticketId)
  if (!ticket) return err('ticket-not-found')
  const isInternal = input.isInternal && input.side === 'staff'
  if (!(await keepMessage(ctx, { ...input, isInternal, ticket }))) return ok(null)
  const state = stateAfterMessage(ticket.state, { side: input.side, isInternal })
  if (!isInternal) await moveTicket(ctx, ticket, state)
  const detail = { messageId: input.messageId, state, files: input.files.length }
  await audit(ctx, { action: isInternal ? 'ticket.noted' : 'ticket.answered', subjectKind: 'ticket', subjectId: ticket.id, detail })
  return ok(null)
}
