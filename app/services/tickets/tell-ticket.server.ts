import type { TenantContext } from '#app/db/context.server.ts'
import { findTicketMessage, readersOfTicket, type TicketReader } from '#app/db/desk/ticket-news.server.ts'
import { staffWith } from '#app/db/people/people.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** What somebody is mailed of a ticket. */
export type TicketLetter = {
  readonly to: TicketReader
  readonly sellerSlug: string
  readonly ticketId: string
  readonly number: number
  readonly customer: string
  readonly hasFiles: boolean
} & (
  | { readonly kind: 'answered' | 'asked'; readonly subject: string; readonly name: string; readonly body: string }
  | { readonly kind: 'failed' }
)
export type TicketNewsPorts = { readonly mailer: Mailer; compose(letter: TicketLetter): Promise<Omit<Mail, 'key'>> }

/**
 * Mails what staff answered to the customer's people, and what a customer wrote to the staff who answer tickets; a note among staff to
 * nobody. Safe to repeat: each mail has one key.
 */
export async function tellOfTicket(process: TenantProcess<TicketNewsPorts>, messageId: string): Promise<void> {
  const letters = await process.inTenant((ctx) => lettersOf(ctx, messageId))
  const { mailer, compose } = process.ports
  for (const letter of letters) await mailer.send({ key: `ticket:${messageId}:${letter.to.address}`, ...(await compose(letter)) })
}

async function lettersOf(ctx: TenantContext, messageId: string): Promise<TicketLetter[]> {
  const message = await findTicketMessage(ctx, messageId)
  if (!message || message.isInternal) return []
  const tenant = await ownTenant(ctx)
  invariant(tenant, `tenant ${ctx.tenantId} is not there`)
  const { ticketId, number, customer, subject, body, author, authorName: name } = message
  const about = { sellerSlug: tenant.slug, ticketId, number, customer, hasFiles: message.files > 0 }
  if (author === 'staff')
    return (await readersOfTicket(ctx, message)).map((to) => ({ ...about, to, kind: 'answered', subject, name, body }))
  const staff = await staffWith(ctx, 'ticket:write')
  if (author === 'system') return staff.map((to) => ({ ...about, to, kind: 'failed' }))
  return staff.map((to) => ({ ...about, to, kind: 'asked', subject, name, body }))
}
