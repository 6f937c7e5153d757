import { err, ok, type Result } from '../shared/result.ts'

/** Who has the next word: the seller, the customer, or nobody any more. */
export const ticketStates = ['open', 'answered', 'closed'] as const
export type TicketState = (typeof ticketStates)[number]

/** How a ticket came to be: by a customer, by staff for one, or by itself as an order could not be fulfilled. */
export const ticketOrigins = ['customer', 'staff', 'order-failed'] as const
export type TicketOrigin = (typeof ticketOrigins)[number]

export type TicketSide = 'customer' | 'staff'
export type TicketDeed = 'close' | 'reopen'
export type TicketDeedProblem = 'closed-already' | 'open-already'

/** What of an account a ticket is about. */
export const ticketThings = ['server', 'invoice', 'order'] as const
export type TicketLink = { readonly kind: (typeof ticketThings)[number]; readonly id: string }

/** As many may be open in one account. */
export const openTicketsAtMost = 50

/**
 * How a ticket stands after somebody wrote: what a customer writes waits for the seller, also where the ticket was closed; what the seller
 * writes waits for the customer. A note among staff changes nothing.
 */
export function stateAfterMessage(state: TicketState, { side, isInternal }: { side: TicketSide; isInternal: boolean }): TicketState {
  if (isInternal) return state
  return side === 'customer' ? 'open' : 'answered'
}

/** How a ticket stands after it was closed or opened again; either side may do both. */
export function stateAfterDeed(state: TicketState, deed: TicketDeed): Result<TicketState, TicketDeedProblem> {
  if (deed === 'close') return state === 'closed' ? err('closed-already') : ok('closed')
  return state === 'closed' ? ok('open') : err('open-already')
}

/** What somebody typed with every line kept one: Markdown would join lines that follow each other. Paragraphs stay apart. */
export function withLinesKept(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(/(?<=[^\n])[ \t]*\n(?=[^\n])/g, '  \n')
}

/** A link as a form writes it, such as `server:0192…`; undefined for anything else. */
export function typedLink(text: string): TicketLink | undefined {
  const [kind, id, ...rest] = text.split(':')
  const known = ticketThings.find((thing) => thing === kind)
  return known && id && rest.length === 0 ? { kind: known, id } : undefined
}
