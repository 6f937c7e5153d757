import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { attachmentBytesAtMost, attachmentsAtMost } from '#app/domain/tickets/attachment.ts'
import { typedLink, withLinesKept } from '#app/domain/tickets/ticket.ts'
import { type AttachmentProblem, makeAttachments } from '#app/services/tickets/make-attachments.server.ts'
import { brandPorts } from '#app/wiring.server.ts'
import { downloadHeaders } from '../answers/documents.server.ts'
import { blocksOf } from '../branding/legal-pages.server.ts'
import { bodyWithin } from '../request/body-within.server.ts'
import { isUuid, line, uuid, words } from '../request/form-fields.ts'
import { type FieldErrors, parseForm } from '../request/parse-form.server.ts'
import { textsIn } from '../request/texts-in.ts'

const body = words(10_000)
const tick = z.literal('on').optional()

const about = z
  .string()
  .max(60, 'not-offered')
  .refine((text) => isUuid(typedLink(text)?.id), 'not-offered')
  .optional()

export const NewTicketForm = z.object({ ticketId: uuid, messageId: uuid, subject: line(150), body, about })
export const LinkForm = z.object({ deed: z.literal('link'), about })
export const AnswerForm = z.object({ messageId: uuid, body, isInternal: tick })
export const TicketDeedForm = z.object({ deed: z.enum(['close', 'reopen']) })

type ThingRight = 'server:read' | 'invoice:read' | 'order:read'

/** What a reader may see, and so say that a ticket is about. */
export const thingRightsOf = ({ can }: { readonly can: (permission: ThingRight) => boolean }) => ({
  servers: can('server:read'),
  invoices: can('invoice:read'),
  orders: can('order:read'),
})

/** Ids that a form brings back, so that one sent twice does what it asks once. */
export const newTicketKeys = () => ({ ticketId: randomUUID(), messageId: randomUUID() })

/** As many bytes as a message with all its files can have, and some for the rest of the form. */
const largestForm = attachmentsAtMost * attachmentBytesAtMost + 1024 * 1024

type Files = Extract<Awaited<ReturnType<typeof makeAttachments>>, { ok: true }>['value']
export type ParsedTicketForm<T> =
  | { readonly ok: true; readonly value: T; readonly files: Files }
  | { readonly ok: false; readonly fields: FieldErrors; readonly values: Readonly<Record<string, string>> }

/** The fields of a form with files, and those made anew as they are kept. Asked for once the reader's right is known. @throws 413 for too much. */
export async function parseTicketForm<Schema extends z.ZodObject>(
  request: Request,
  schema: Schema,
): Promise<ParsedTicketForm<z.output<Schema>>> {
  const content = new Uint8Array(await bodyWithin(request, largestForm))
  const whole = new Request(request.url, { method: 'POST', headers: request.headers, body: content })
  const form = await parseForm(whole.clone(), schema)
  if (!form.ok) return { ok: false, fields: form.error, values: form.values }
  const files = await filesIn(whole)
  if (files.ok) return { ok: true, value: form.value, files: files.value }
  return { ok: false, fields: { files: files.error }, values: textsIn(Object.entries(form.value)) }
}

async function filesIn(whole: Request): Promise<{ ok: true; value: Files } | { ok: false; error: AttachmentProblem }> {
  const sent = (await whole.formData()).getAll('files').filter((file) => file instanceof File && file.size > 0) as File[]
  const uploads: { name: string; content: Uint8Array }[] = []
  for (const file of sent.slice(0, attachmentsAtMost + 1))
    uploads.push({ name: file.name, content: new Uint8Array(await file.arrayBuffer()) })
  return makeAttachments(brandPorts().press, uploads)
}

/** A message as it is shown: blocks of plain text, in which every line stays one. Of what opened by itself the code of the failure. */
export function shownMessage<M extends { readonly author: string; readonly body: string }>(message: M) {
  const { body: text, ...rest } = message
  const isCode = message.author === 'system'
  return { ...rest, failure: isCode ? text : null, blocks: isCode ? [] : blocksOf(withLinesKept(text)) }
}

const types = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  pdf: 'application/pdf',
  text: 'text/plain; charset=utf-8',
} as const

/** A file of a ticket as an answer, always to be saved: it came from outside and never shows within a page of ours. */
export function ticketFileResponse(file: {
  readonly name: string
  readonly kind: keyof typeof types
  readonly content: Uint8Array
}): Response {
  return new Response(new Uint8Array(file.content), {
    headers: {
      ...downloadHeaders(file.name, types[file.kind]),
      'Content-Length': String(file.content.byteLength),
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
