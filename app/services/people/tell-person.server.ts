import type { TenantContext } from '#app/db/context.server.ts'
import { emailChangeHours, findEmailChange, saveEmailChangeToken } from '#app/db/people/email-changes.server.ts'
import { findUser, membershipsOf } from '#app/db/people/people.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { SecurityChange } from '#app/domain/people/security-change.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { mailedLinkPath } from './mailed-link-path.ts'

/** What a mail about somebody's sign-in says. `path` leads to where it is looked after, or confirms the new address. */
export type PersonalNews = {
  readonly to: { readonly name: string; readonly address: string }
  readonly language: string
  readonly seller: { readonly slug: string; readonly host: string; readonly timeZone: string }
  readonly path: string
} & (
  | { readonly kind: 'security'; readonly change: SecurityChange; readonly at: Date }
  | { readonly kind: 'email-asked' | 'email-changed'; readonly newEmail: string }
  | { readonly kind: 'email-confirm'; readonly validHours: number }
)
export type PersonalNewsPorts = {
  readonly mailer: Mailer
  /** The token of a change of address: the same for a second try, and written nowhere. */
  tokenFor(changeId: string): string
  compose(news: PersonalNews): Promise<Omit<Mail, 'key'>>
}

export type SecurityNews = { readonly userId: string; readonly change: SecurityChange; readonly at: Date; readonly eventId: string }

/** Tells a person by mail that something of the own sign-in changed. Safe to repeat: the mail has one key for each event. */
export async function tellOfSecurity(process: TenantProcess<PersonalNewsPorts>, news: SecurityNews): Promise<void> {
  const { userId, change, at, eventId } = news
  const about = await process.inTenant(async (ctx) => {
    const reader = await readerOf(ctx, userId)
    return reader && { ...reader, path: reader.securityPath }
  })
  if (about) await send(process, { key: `security:${eventId}`, news: { ...about, kind: 'security', change, at } })
}

/** Mails the link to a new address, and word of it to the present one. Safe to repeat. */
export async function tellOfEmailWish(process: TenantProcess<PersonalNewsPorts>, changeId: string): Promise<void> {
  const token = process.ports.tokenFor(changeId)
  const found = await process.inTenant(async (ctx) => {
    const change = await findEmailChange(ctx, changeId)
    const reader = change && (await readerOf(ctx, change.userId))
    return reader && (await saveEmailChangeToken(ctx, { id: changeId, token })) ? { change, reader } : null
  })
  if (!found) return
  const { change, reader } = found
  const { newEmail, formerEmail } = change
  const link = { ...reader, to: { ...reader.to, address: newEmail }, path: mailedLinkPath('change-email', token) }
  await send(process, { key: `email-confirm:${changeId}`, news: { ...link, kind: 'email-confirm', validHours: emailChangeHours } })
  const former = { ...reader, to: { ...reader.to, address: formerEmail }, path: reader.securityPath }
  await send(process, { key: `email-asked:${changeId}`, news: { ...former, kind: 'email-asked', newEmail } })
}

/** Tells the former address that the person signs in with another one now. Safe to repeat. */
export async function tellOfEmailChange(process: TenantProcess<PersonalNewsPorts>, changeId: string): Promise<void> {
  const found = await process.inTenant(async (ctx) => {
    const change = await findEmailChange(ctx, changeId)
    const reader = change?.confirmedAt ? await readerOf(ctx, change.userId) : null
    return change && reader && { change, reader }
  })
  if (!found) return
  const { change, reader } = found
  const former = { ...reader, to: { ...reader.to, address: change.formerEmail }, path: reader.securityPath }
  await send(process, { key: `email-changed:${changeId}`, news: { ...former, kind: 'email-changed', newEmail: change.newEmail } })
}

async function readerOf(ctx: TenantContext, userId: string) {
  const user = await findUser(ctx, userId)
  if (!user || user.disabledAt) return null
  const [tenant, host] = [await ownTenant(ctx), await primaryHost(ctx)]
  invariant(tenant && host, `tenant ${ctx.tenantId} has no store domain`)
  const isStaff = (await membershipsOf(ctx, userId)).some(({ accountId }) => accountId === null)
  return {
    to: { name: user.name, address: user.email },
    language: user.language,
    seller: { slug: tenant.slug, host, timeZone: tenant.timeZone },
    securityPath: isStaff ? '/office/security' : '/panel/security',
  }
}

async function send({ ports }: TenantProcess<PersonalNewsPorts>, { key, news }: { key: string; news: PersonalNews }): Promise<void> {
  await ports.mailer.send({ key, ...(await ports.compose(news)) })
}
