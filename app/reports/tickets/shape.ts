import type { AttachmentKind } from '#app/domain/tickets/attachment.ts'
import type { TicketLink, TicketOrigin, TicketSide, TicketState } from '#app/domain/tickets/ticket.ts'

/** What a ticket is about, as it is called; an order by its public id. */
export type ShownLink = TicketLink & { readonly name: string }

export type TicketRow = {
  readonly id: string
  readonly number: number
  /** What was typed; of a ticket that opened by itself the code of the failure. */
  readonly subject: string
  readonly origin: TicketOrigin
  readonly state: TicketState
  readonly accountId: string
  readonly accountName: string
  readonly link: ShownLink | null
  readonly openedAt: Date
  readonly waitingSince: Date | null
  readonly changedAt: Date
}

export type TicketFilter = { readonly state?: TicketState | undefined; readonly accountId?: string | undefined; readonly page: number }
export type TicketList = {
  readonly rows: readonly TicketRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly hasAny: boolean
}

export type TicketFileView = { readonly id: string; readonly name: string; readonly kind: AttachmentKind; readonly sizeBytes: number }
export type TicketMessageView = {
  readonly id: string
  readonly author: TicketSide | 'system'
  readonly authorName: string
  readonly isInternal: boolean
  readonly body: string
  readonly at: Date
  readonly files: readonly TicketFileView[]
}
export type TicketDetail = TicketRow & { readonly publicId: string; readonly messages: readonly TicketMessageView[] }

/** Something of an account that a ticket can be about, as a form names it. */
export type LinkChoice = { readonly value: string; readonly kind: TicketLink['kind']; readonly name: string }
