import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { staffWith } from '#app/db/people/people.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { type EndpointRow, findEndpoint } from '#app/db/sellers/webhook-endpoints.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import { tellAccount } from '../budgets/tell-account.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** Tells the owner of an endpoint that it was paused: a buyer by the ways it chose, the seller's own people by a mail that a job sends. */
export async function tellOfPause(ctx: TenantContext, { id: endpointId, accountId, url }: EndpointRow): Promise<void> {
  const pausedAt = ctx.now.toISOString()
  const key = `webhook-paused:${endpointId}:${pausedAt}`
  if (accountId) await tellAccount(ctx, { accountId, topic: 'account', code: 'webhook-paused', facts: { endpointId, url }, key })
  else await enqueue(ctx, { name: 'webhook/paused', data: { tenantId: ctx.tenantId, endpointId, pausedAt }, key })
}

/** What one member of staff is told of a paused endpoint. */
export type PauseNotice = {
  readonly endpointId: string
  readonly url: string
  /** Since when it took nothing. */
  readonly failingSince: Date | null
  readonly to: { readonly name: string; readonly address: string; readonly language: string }
  readonly seller: { readonly slug: string; readonly timeZone: string }
}

export type PauseNoticePorts = { readonly mailer: Mailer; compose(notice: PauseNotice): Promise<Omit<Mail, 'key'>> }

/**
 * Mails everybody of the seller who may change its endpoints that one was paused at `pausedAt`. Safe to repeat: each mail has a key of its
 * own for each pause. Nothing is sent of an endpoint that was started again or taken off.
 */
export async function mailStaffOfPause(
  process: TenantProcess<PauseNoticePorts>,
  { endpointId, pausedAt }: { readonly endpointId: string; readonly pausedAt: string },
): Promise<void> {
  const notices = await process.inTenant(async (ctx): Promise<PauseNotice[]> => {
    const [seller, endpoint] = [await ownTenant(ctx), await findEndpoint(ctx, endpointId)]
    invariant(seller, `tenant ${ctx.tenantId} is gone`)
    if (endpoint?.state !== 'paused') return []
    const { url, failingSince } = endpoint
    const facts = { endpointId, url, failingSince, seller: { slug: seller.slug, timeZone: seller.timeZone } }
    return (await staffWith(ctx, 'settings:write')).map((to) => ({ ...facts, to }))
  })
  for (const notice of notices) {
    const key = `webhook-paused:${endpointId}:${pausedAt}:${notice.to.address}`
    await process.ports.mailer.send({ key, ...(await process.ports.compose(notice)) })
  }
}
