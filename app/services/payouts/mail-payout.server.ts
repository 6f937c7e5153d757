import type { TenantContext } from '#app/db/context.server.ts'
import { plainAddress, type Recipient } from '#app/domain/delivery/recipients.ts'
import type { StatementDocument } from '#app/domain/invoice/statement-document.ts'
import type { DocumentRenderer } from '#app/ports/document-renderer.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import { recipientsFor } from '../invoices/deliver-open.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { type PayoutStatementParts, readPayoutStatement } from './read-statement.server.ts'

export type PayoutMailPorts = {
  readonly renderer: DocumentRenderer
  readonly mailer: Mailer
  readonly composer: {
    page(parts: PayoutStatementParts): Promise<StatementDocument>
    /** `parts` are in the reader's language; the link leads into the office of `childTenantId`. */
    mail(
      parts: PayoutStatementParts,
      reader: { readonly name: string; readonly childTenantId: string },
    ): Promise<Pick<Mail, 'from' | 'replyTo' | 'subject' | 'html' | 'text' | 'language'>>
  }
}

export type MailPayoutInput = { readonly payoutId: string }

type Parcel = { readonly parts: PayoutStatementParts; readonly recipients: readonly Recipient[]; readonly childTenantId: string }

/**
 * Mails the statement of a payout to the reseller: once when it is made, and once when the bank has paid it. It goes to those who asked for
 * statements, else to the account's own address, each in their own language. A repeat sends under the same key. Returns how many mails left.
 */
export async function mailPayout(process: TenantProcess<PayoutMailPorts>, { payoutId }: MailPayoutInput): Promise<number> {
  const parcel = await process.inTenant((ctx) => pack(ctx, payoutId))
  if (!parcel) return 0
  const { renderer, mailer, composer } = process.ports
  const { childTenantId } = parcel
  for (const { name, email, language } of parcel.recipients) {
    const parts = inLanguage(parcel.parts, language)
    const content = await renderer.renderStatement(await composer.page(parts))
    await mailer.send({
      ...(await composer.mail(parts, { name, childTenantId })),
      key: `payout:${payoutId}:${parts.payout.state}:${email}`,
      to: [{ name, address: email }],
      attachments: [{ filename: `payout-${parts.payout.through}.pdf`, contentType: 'application/pdf', content }],
    })
  }
  return parcel.recipients.length
}

async function pack(ctx: TenantContext, payoutId: string): Promise<Parcel | null> {
  const parts = await readPayoutStatement(ctx, payoutId)
  if (!parts) return null
  const { accountId, name, email } = parts.parties.buyer
  const account = await ctx.db.account.findFirst({ where: { tenantId: ctx.tenantId, id: accountId }, select: { childTenantId: true } })
  if (!account?.childTenantId) return null
  const own = { name, email: plainAddress(email), language: null }
  const recipients = await recipientsFor(ctx, { accountId, document: 'statement', own })
  return { parts, recipients, childTenantId: account.childTenantId }
}

function inLanguage(parts: PayoutStatementParts, language: string | null): PayoutStatementParts {
  if (language === null) return parts
  const { seller, buyer } = parts.parties
  return { ...parts, parties: { seller, buyer: { ...buyer, language } } }
}
