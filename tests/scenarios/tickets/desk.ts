import { v7 } from 'uuid'
import { inPanel, inTenant } from '#app/db/context.server.ts'
import type { KeptAttachment } from '#app/db/desk/ticket-files.server.ts'
import type { TicketLink } from '#app/domain/tickets/ticket.ts'
import { readTicket } from '#app/reports/tickets/query.server.ts'
import { answerTicket } from '#app/services/tickets/answer-ticket.server.ts'
import { openTicket } from '#app/services/tickets/open-ticket.server.ts'

export type Person = { readonly userId: string; readonly accountId: string; readonly name: string; readonly projectIds?: readonly string[] }
type Work<T> = Parameters<typeof inPanel<T>>[2]

const actorOf = (userId: string) => ({ actor: { kind: 'user' as const, userId } })

/** What a customer's person does in the panel, with the rows and the name that the session gives. */
export function asPerson<T>(tenantId: string, { userId, accountId, projectIds }: Person, work: Work<T>): Promise<T> {
  return inPanel(tenantId, [accountId], work, { ...actorOf(userId), projectIds: projectIds ?? null })
}

type Asked = {
  subject?: string
  body?: string
  link?: TicketLink | null
  files?: readonly KeptAttachment[]
  ticketId?: string
  messageId?: string
}

/** Opens a ticket as a customer does; answers the whole result. */
export function ask(tenantId: string, person: Person, asked: Asked = {}) {
  const written = { ticketId: v7(), messageId: v7(), subject: 'Server is slow', body: 'Since noon.', link: null, files: [], ...asked }
  const author = { side: 'customer', authorName: person.name, accountIds: [person.accountId] } as const
  return asPerson(tenantId, person, (ctx) => openTicket(ctx, { ...written, ...author }))
}

/** The same; its id. */
export async function asked(tenantId: string, person: Person, what: Asked = {}): Promise<string> {
  const opened = await ask(tenantId, person, what)
  if (!opened.ok) throw new Error(opened.error)
  return opened.value
}

type Said = { ticketId: string; body?: string; isInternal?: boolean; messageId?: string; files?: readonly KeptAttachment[] }
const saidOf = (said: Said) => ({ messageId: v7(), body: 'Thanks.', isInternal: false, files: [], ...said })

/** What a customer answers. */
export function reply(tenantId: string, person: Person, said: Said) {
  return asPerson(tenantId, person, (ctx) => answerTicket(ctx, { ...saidOf(said), side: 'customer', authorName: person.name }))
}

/** What staff answer, or note. */
export function answer(tenantId: string, staff: { userId: string; name: string }, said: Said) {
  return inTenant(tenantId, (ctx) => answerTicket(ctx, { ...saidOf(said), side: 'staff', authorName: staff.name }), actorOf(staff.userId))
}

/** A ticket as a person of the customer sees it. */
export function seenBy(tenantId: string, person: Person, ticketId: string) {
  return asPerson(tenantId, person, (ctx) => readTicket(ctx, ticketId))
}
