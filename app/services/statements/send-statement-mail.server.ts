import type { TenantContext } from '#app/db/context.server.ts'
import { acceptStatementMail, readStatementMail, type StatementMailRow } from '#app/db/documents/statement-mails.server.ts'
import type { StatementParties } from '#app/db/documents/statements.server.ts'
import type { StatementDocument } from '#app/domain/invoice/statement-document.ts'
import type { Statement } from '#app/domain/statement/statement.ts'
import { addDays } from '#app/domain/time/local-date.ts'
import type { DocumentRenderer } from '#app/ports/document-renderer.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { openStatement } from './open-statement.server.ts'
import { readStatement } from './read-statement.server.ts'

export type StatementPorts = {
  readonly renderer: DocumentRenderer
  readonly mailer: Mailer
  readonly composer: {
    page(statement: Statement, parties: StatementParties): Promise<StatementDocument>
    mail(
      statement: Statement,
      parties: StatementParties,
      reader: { readonly name: string },
    ): Promise<Pick<Mail, 'from' | 'replyTo' | 'subject' | 'html' | 'text' | 'language'>>
  }
}

export type SendStatementInput = { readonly statementMailId: string }

/**
 * Makes a statement as the books stand now and sends it; the transport's id, or null when it was sent already or has too many entries for
 * one. No transaction is open meanwhile. A repeat sends under the same key.
 */
export async function sendStatementMail(process: TenantProcess<StatementPorts>, input: SendStatementInput): Promise<string | null> {
  const parcel = await process.inTenant((ctx) => pack(ctx, input.statementMailId))
  if (!parcel) return null
  const { mail, statement, parties } = parcel
  const { renderer, mailer, composer } = process.ports
  const content = await renderer.renderStatement(await composer.page(statement, parties))
  const { messageId } = await mailer.send({
    ...(await composer.mail(statement, parties, { name: mail.recipientName })),
    key: mail.messageKey,
    to: [{ name: mail.recipientName, address: mail.recipient }],
    attachments: [{ filename: `${statement.start}-${addDays(statement.end, -1)}.pdf`, contentType: 'application/pdf', content }],
  })
  return messageId
}

/** Notes that the transport took it. Safe to repeat. */
export async function recordStatementSent(
  process: TenantProcess<unknown>,
  input: SendStatementInput,
  messageId: string | null,
): Promise<void> {
  if (messageId !== null) await process.inTenant((ctx) => acceptStatementMail(ctx, input.statementMailId, messageId))
}

type Parcel = { readonly mail: StatementMailRow; readonly statement: Statement; readonly parties: StatementParties }

async function pack(ctx: TenantContext, id: string): Promise<Parcel | undefined> {
  const mail = await readStatementMail(ctx, id)
  if (!mail || mail.isAccepted) return undefined
  const { accountId, currency, start, end } = mail
  const desk = await openStatement(ctx, accountId)
  if (!desk) return undefined
  const read = await readStatement(ctx, { accountId, ledgerAccountIds: desk.ledgerAccountIds, span: { currency, start, end } })
  if (!read.ok) return undefined
  const { seller, buyer } = desk.parties
  return { mail, statement: read.value, parties: { seller, buyer: { ...buyer, language: mail.language ?? buyer.language } } }
}
