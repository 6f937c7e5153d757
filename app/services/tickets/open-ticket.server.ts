import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { accountOfThing, countOpenTickets, insertTicket, lockTicket, takeTicketNumber } from '#app/db/desk/tickets.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { openTicketsAtMost, type TicketLink } from '#app/domain/tickets/ticket.ts'
import { keepMessage, type Written } from './keep-message.server.ts'

export type OpenTicketInput = Written & {
  /** Made with the form, so that one sent twice opens one ticket. */
  readonly ticketId: string
  /** Of these accounts one is asked for, or has the linked thing. The first is meant where nothing is linked. */
  readonly accountIds: readonly [string, ...string[]]
  readonly subject: string
  readonly link: TicketLink | null
}
export type OpenTicketError = 'thing-not-found' | 'too-many-tickets'

/** Opens a ticket with its first message: by a customer it waits for the seller, by staff for the customer. Returns its id. */
export async function openTicket(ctx: TenantContext, input: OpenTicketInput): Promise<Result<string, OpenTicketError>> {
  const { ticketId: id, accountIds, subject, link, side } = input
  if (await lockTicket(ctx, id)) return ok(id)
  const accountId = link ? await accountOfThing(ctx, link) : accountIds[0]
  if (!accountId || !accountIds.includes(accountId)) return err('thing-not-found')
  if ((await countOpenTickets(ctx, accountId)) >= openTicketsAtMost) return err('too-many-tickets')
  const number = await takeTicketNumber(ctx)
  const state = side === 'customer' ? 'open' : 'answered'
  const origin = side === 'customer' ? 'customer' : 'staff'
  if (!(await insertTicket(ctx, { id, accountId, number, subject, origin, state, link }))) return ok(id)
  const resourceId = link?.kind === 'server' ? link.id : null
  await keepMessage(ctx, { ...input, isInternal: false, ticket: { id, accountId, resourceId } })
  await audit(ctx, { action: 'ticket.opened', subjectKind: 'ticket', subjectId: id, detail: { number, accountId } })
  return ok(id)
}
