import type { KeptAttachment } from '#app/db/desk/ticket-files.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { attachmentBytesAtMost, attachmentsAtMost, kindOfContent, safeName } from '#app/domain/tickets/attachment.ts'
import type { PicturePress } from '#app/ports/picture-press.ts'

export type Upload = { readonly name: string; readonly content: Uint8Array }
type Press = Pick<PicturePress, 'attachment'>
export type AttachmentProblem = 'too-many-files' | 'file-too-large' | 'file-kind'

/**
 * What of uploads is kept with a message: PDF and plain text as they are, pictures made anew without what they say of place and camera.
 * Everything else is refused, by its content and whatever its name says.
 */
export async function makeAttachments(
  press: Press,
  uploads: readonly Upload[],
): Promise<Result<readonly KeptAttachment[], AttachmentProblem>> {
  if (uploads.length > attachmentsAtMost) return err('too-many-files')
  if (uploads.some(({ content }) => content.byteLength > attachmentBytesAtMost)) return err('file-too-large')
  const made: KeptAttachment[] = []
  for (const upload of uploads) {
    const attachment = await makeAttachment(press, upload)
    if (!attachment.ok) return attachment
    made.push(attachment.value)
  }
  return ok(made)
}

async function makeAttachment(press: Press, { name, content }: Upload): Promise<Result<KeptAttachment, AttachmentProblem>> {
  const kind = kindOfContent(content)
  if (!kind) return err('file-kind')
  if (kind === 'pdf' || kind === 'text') return ok({ name: safeName(name, kind), kind, content })
  const picture = await press.attachment(content)
  if (!picture.ok) return err(picture.error === 'picture-too-large' ? 'file-too-large' : 'file-kind')
  // A picture may grow as it is made anew.
  if (picture.value.byteLength > 2 * attachmentBytesAtMost) return err('file-too-large')
  return ok({ name: safeName(name, kind), kind, content: picture.value })
}
