import type { TenantContext } from '#app/db/context.server.ts'
import { insertTicketFiles, type KeptAttachment } from '#app/db/desk/ticket-files.server.ts'
import { insertTicketMessage, type NewMessage } from '#app/db/desk/tickets.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import type { TicketSide } from '#app/domain/tickets/ticket.ts'

/** What somebody writes. */
export type Written = {
  /** Made with the form, so that one sent twice is kept once. */
  readonly messageId: string
  readonly side: TicketSide
  readonly authorName: string
  readonly body: string
  readonly files: readonly KeptAttachment[]
}

type KeptMessage = Omit<Written, 'side'> & { readonly side: NewMessage['author'] } & Pick<NewMessage, 'ticket' | 'isInternal'>

/** Keeps a message with its files and has those told whom it concerns. False when it was kept before. */
export async function keepMessage(ctx: TenantContext, { messageId, side, files, ...rest }: KeptMessage): Promise<boolean> {
  const { ticket, authorName, isInternal, body } = rest
  const message: NewMessage = { id: messageId, ticket, author: side, authorName, isInternal, body }
  if (!(await insertTicketMessage(ctx, message))) return false
  await insertTicketFiles(ctx, message, files)
  if (!isInternal) await enqueue(ctx, { name: 'ticket/written', data: { tenantId: ctx.tenantId, messageId }, key: `ticket:${messageId}` })
  return true
}
