import { noteNoticed, readDispute } from '#app/db/payments/disputes.server.ts'
import { staffWith } from '#app/db/people/people.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { isDecided } from '#app/domain/dispute/dispute-state.ts'
import type { Money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** What staff is told of a dispute. */
export type DisputeNotice = {
  readonly disputeId: string
  readonly customer: string
  readonly amount: Money
  /** The last day for an answer, where the seller is. */
  readonly respondBy: LocalDate | null
  readonly to: { readonly name: string; readonly address: string; readonly language: string }
  readonly sellerSlug: string
}

export type DisputeNoticePorts = { readonly mailer: Mailer; compose(notice: DisputeNotice): Promise<Omit<Mail, 'key'>> }

/**
 * Mails everybody of the seller who deals with payments that a payment is disputed, once. Safe to repeat: a mail that was handed over but
 * not noted is handed over again under the same key. One that is decided already needs nobody any more.
 */
export async function tellStaffOfDispute(process: TenantProcess<DisputeNoticePorts>, disputeId: string): Promise<void> {
  const notices = await process.inTenant(async (ctx): Promise<DisputeNotice[]> => {
    const [tenant, dispute] = [await ownTenant(ctx), await readDispute(ctx, disputeId)]
    if (!dispute || dispute.noticedAt || isDecided(dispute.state)) return []
    const buyer = await ctx.db.account.findFirst({ where: { id: dispute.accountId }, select: { name: true } })
    invariant(tenant && buyer, `dispute ${disputeId} has no buyer`)
    const respondBy = dispute.respondBy && localDateOf(dispute.respondBy, tenant.timeZone)
    const facts = { disputeId, customer: buyer.name, amount: dispute.amount, respondBy, sellerSlug: tenant.slug }
    return (await staffWith(ctx, 'payment:write')).map((to) => ({ ...facts, to }))
  })
  for (const notice of notices)
    await process.ports.mailer.send({ key: `dispute:${disputeId}:${notice.to.address}`, ...(await process.ports.compose(notice)) })
  if (notices.length > 0) await process.inTenant((ctx) => noteNoticed(ctx, disputeId))
}
