import { keyOfText, newKeyText, openBytesWith, sealBytesWith } from '#app/config/sealed-bytes.server.ts'
import type { AttachmentKind } from '#app/domain/tickets/attachment.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { openField, sealField } from '../sealing/sealed-fields.server.ts'
import type { NewMessage } from './tickets.server.ts'

/** A file as it is kept with a message. */
export type KeptAttachment = { readonly name: string; readonly kind: AttachmentKind; readonly content: Uint8Array }

/**
 * Saves the files of a message, in their order. Each is sealed by a key of its own, which lies sealed beside it: a change of the
 * installation's key seals that anew and moves no file.
 */
export async function insertTicketFiles(ctx: TenantContext, message: NewMessage, files: readonly KeptAttachment[]): Promise<void> {
  const { tenantId, now } = ctx
  const { id: messageId, isInternal } = message
  const { id: ticketId, accountId, resourceId } = message.ticket
  const of = { tenantId, ticketId, messageId, accountId, resourceId, isInternal, at: now }
  // One at a time: together they may be more than the database takes in one statement comfortably.
  for (const [index, { name, kind, content }] of files.entries()) {
    const [id, key] = [newId(), newKeyText()]
    const sealed = sealBytesWith(keyOfText(key), content, placeOf(ctx, id))
    const file = { position: index + 1, name, kind, sizeBytes: content.byteLength, content: new Uint8Array(sealed) }
    await ctx.db.ticketFile.createMany({ data: [{ ...of, id, ...file, contentKey: sealField(ctx, 'ticket_files.content_key', id, key) }] })
  }
}

/** A file of a ticket of the scope; null when there is none such. @throws when it was sealed for another row, or its key is gone. */
export async function findTicketFile(ctx: TenantContext, id: string): Promise<KeptAttachment | null> {
  const { db, tenantId } = ctx
  const row = await db.ticketFile.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: { name: true, kind: true, content: true, contentKey: true },
  })
  if (!row) return null
  const { name, kind, content, contentKey } = row
  // What was sent before there was sealing has no key.
  const plain = contentKey
    ? openBytesWith(keyOfText(openField(ctx, 'ticket_files.content_key', id, contentKey)), content, placeOf(ctx, id))
    : content
  return { name, kind: kind as AttachmentKind, content: plain }
}

function placeOf({ tenantId }: TenantContext, id: string): string {
  return `${tenantId}/ticket_files.content/${id}`
}
