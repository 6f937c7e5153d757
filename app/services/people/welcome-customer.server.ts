import { findUser, membershipsOf } from '#app/db/people/people.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** Whom a welcome greets, and where. */
export type Welcome = {
  readonly to: { readonly name: string; readonly address: string }
  readonly language: string
  readonly seller: { readonly slug: string; readonly host: string }
}
export type WelcomePorts = { readonly mailer: Mailer; compose(welcome: Welcome): Promise<Omit<Mail, 'key'>> }

/** Greets somebody who buys here once the address is confirmed. Staff are not greeted. Safe to repeat: the mail has one key for each person. */
export async function welcomeCustomer(process: TenantProcess<WelcomePorts>, userId: string): Promise<void> {
  const welcome = await process.inTenant(async (ctx): Promise<Welcome | null> => {
    const user = await findUser(ctx, userId)
    const memberships = await membershipsOf(ctx, userId)
    if (!user || user.disabledAt || memberships.length === 0 || memberships.some(({ accountId }) => accountId === null)) return null
    const [tenant, host] = [await ownTenant(ctx), await primaryHost(ctx)]
    invariant(tenant && host, `tenant ${ctx.tenantId} has no store domain`)
    return { to: { name: user.name, address: user.email }, language: user.language, seller: { slug: tenant.slug, host } }
  })
  if (welcome) await process.ports.mailer.send({ key: `welcome:${userId}`, ...(await process.ports.compose(welcome)) })
}
