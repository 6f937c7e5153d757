import type { TenantContext } from '#app/db/context.server.ts'
import { findClosing } from '#app/db/people/account-closings.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import type { ClosingNews } from './close-account.server.ts'

/** What a mail about the end of an account says, and to whom. */
export type ClosingMail = {
  readonly news: ClosingNews
  readonly to: { readonly name: string; readonly address: string }
  readonly language: string
  readonly accountName: string
  readonly graceEndsAt: Date
  readonly seller: { readonly slug: string; readonly host: string; readonly timeZone: string }
}
export type ClosingPorts = { readonly mailer: Mailer; compose(mail: ClosingMail): Promise<Omit<Mail, 'key'>> }

/** Tells the account's address, and its owners while it has some, how far its end is. Safe to repeat: the same news has the same key. */
export async function mailClosing(
  process: TenantProcess<ClosingPorts>,
  { closingId, news }: { readonly closingId: string; readonly news: ClosingNews },
): Promise<void> {
  const mails = await process.inTenant((ctx) => mailsFor(ctx, closingId, news))
  for (const mail of mails) {
    const key = `account-closing:${closingId}:${news}:${mail.to.address}`
    await process.ports.mailer.send({ key, ...(await process.ports.compose(mail)) })
  }
}

async function mailsFor(ctx: TenantContext, closingId: string, news: ClosingNews): Promise<ClosingMail[]> {
  const closing = await findClosing(ctx, closingId)
  const account = closing && (await findAccount(ctx, closing.accountId))
  if (!closing || !account) return []
  const [tenant, host] = [await ownTenant(ctx), await primaryHost(ctx)]
  invariant(tenant && host, `tenant ${ctx.tenantId} has no store domain`)
  const seller = { slug: tenant.slug, host, timeZone: tenant.timeZone }
  const facts = { news, accountName: account.name, graceEndsAt: closing.graceEndsAt, seller }
  const owners = await ownersOf(ctx, account.id)
  const all = [{ name: account.name, address: account.email, language: account.language }, ...owners]
  const once = all.filter(({ address }, place) => all.findIndex((other) => other.address === address) === place)
  return once.map(({ name, address, language }) => ({ ...facts, to: { name, address }, language }))
}

function ownersOf(ctx: TenantContext, accountId: string): Promise<{ name: string; address: string; language: string }[]> {
  return ctx.db.$queryRaw`
    select u.name, u.email as address, u.language from memberships m
    join security_profiles p on p.tenant_id = m.tenant_id and p.id = m.security_profile_id and p.is_owner
    join users u on u.tenant_id = m.tenant_id and u.id = m.user_id and u.disabled_at is null
    where m.tenant_id = ${ctx.tenantId}::uuid and m.account_id = ${accountId}::uuid
    order by u.email limit 20`
}
