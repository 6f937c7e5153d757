import { createHash } from 'node:crypto'
import { inPanel, inTenant, type TenantContext } from '#app/db/context.server.ts'
import type { KeptAttachment } from '#app/db/desk/ticket-files.server.ts'
import { ticketByNumber } from '#app/db/desk/tickets.server.ts'
import { findUserByEmail, type MembershipRow, membershipsOf } from '#app/db/people/people.server.ts'
import { may } from '#app/domain/tenancy/permissions.ts'
import { attachmentsAtMost } from '#app/domain/tickets/attachment.ts'
import { isAutomatic, withoutQuote } from '#app/domain/tickets/mailed.ts'
import type { ReceivedMail } from '#app/ports/mail-reader.ts'
import type { PicturePress } from '#app/ports/picture-press.ts'
import { answerTicket } from './answer-ticket.server.ts'
import { makeAttachments } from './make-attachments.server.ts'
import { openTicket } from './open-ticket.server.ts'

export type TakeInMailInput = {
  readonly mail: ReceivedMail
  /** The number of the ticket at whose address the mail arrived, as far as that was proven; null otherwise. */
  readonly number: number | null
}
export type TakenMail = 'answered' | 'opened' | 'automatic' | 'unknown-sender' | 'too-many-tickets'
type Process = { readonly tenantId: string; readonly ports: { readonly press: Pick<PicturePress, 'attachment'> } }
type Member = MembershipRow & { readonly accountId: string }

/**
 * Makes a ticket of a mail, or one more message of the ticket that it answers: for people of the seller's customers who may write tickets,
 * with what they may see and no more. Mail of programs is let go. The same mail twice is kept once.
 */
export async function takeInMail({ tenantId, ports }: Process, { mail, number }: TakeInMailInput): Promise<TakenMail> {
  if (isAutomatic(mail)) return 'automatic'
  const sender = await inTenant(tenantId, (ctx) => findSender(ctx, mail.from))
  if (!sender) return 'unknown-sender'
  const { files, body } = await contentOf(ports.press, mail)
  const written = { side: 'customer', authorName: sender.name, body, files, messageId: idOf(tenantId, mail, 'message') } as const
  const actor = { kind: 'user', userId: sender.userId } as const
  for (const { accountIds, projectIds } of number === null ? [] : sender.members) {
    const answered = await inPanel(
      tenantId,
      accountIds,
      async (ctx) => {
        const ticketId = number === null ? null : await ticketByNumber(ctx, number)
        return ticketId !== null && (await answerTicket(ctx, { ...written, ticketId, isInternal: false })).ok
      },
      { actor, projectIds },
    )
    if (answered) return 'answered'
  }
  // Without a link to one of their servers, who is limited to projects could not see the ticket that the mail makes.
  const whole = sender.members.find(({ projectIds }) => projectIds === null)
  if (!whole) return 'unknown-sender'
  const subject = mail.subject.replaceAll(/\s+/g, ' ').slice(0, 150) || '–'
  const ticket = { ...written, ticketId: idOf(tenantId, mail, 'ticket'), subject, link: null, accountIds: [whole.accountId] as const }
  const opened = await inPanel(tenantId, whole.accountIds, (ctx) => openTicket(ctx, ticket), { actor })
  return opened.ok ? 'opened' : 'too-many-tickets'
}

/** The customer's person behind an address, with the memberships that may write tickets; null for anybody else. */
async function findSender(ctx: TenantContext, address: string) {
  const user = await findUserByEmail(ctx, address.trim().toLowerCase())
  if (!user || user.disabledAt) return null
  const members = (await membershipsOf(ctx, user.id)).filter((row): row is Member => row.accountId !== null && may(row, 'ticket:write'))
  return members.length > 0 ? { userId: user.id, name: user.name, members } : null
}

const longestBody = 10_000

/** What is kept of a mail. A file that is not kept is named at the end, so that nobody waits for it. */
async function contentOf(press: Process['ports']['press'], { text, files }: ReceivedMail) {
  const kept: KeptAttachment[] = []
  const left: string[] = []
  for (const file of files) {
    const made = kept.length < attachmentsAtMost ? await makeAttachments(press, [file]) : null
    if (made?.ok) kept.push(...made.value)
    else left.push(`✗ ${file.name.replaceAll(/\s+/g, ' ').slice(0, 100)}`)
  }
  const own = (withoutQuote(text) || '–').replaceAll('\0', '').slice(0, longestBody)
  return { files: kept, body: left.length > 0 ? `${own}\n\n${left.slice(0, 20).join('\n')}` : own }
}

/** An id made of the mail's own, so that one that comes twice finds itself. */
function idOf(tenantId: string, { messageId, from }: ReceivedMail, what: 'ticket' | 'message'): string {
  const hex = createHash('sha256').update(`${tenantId} ${what} ${from} ${messageId}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}
