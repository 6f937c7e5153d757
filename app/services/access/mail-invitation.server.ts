import type { TenantContext } from '#app/db/context.server.ts'
import { findInvitation, invitationLifetimeMs, saveInvitationToken } from '#app/db/people/member-invitations.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import { findUser } from '#app/db/people/people.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { nameOfPlace } from './name-of-place.server.ts'

/** What the mail of an invitation says, and to whom. */
export type InvitationMail = {
  readonly to: { readonly name: string; readonly address: string }
  readonly language: string
  readonly inviter: string
  readonly organisation: string
  readonly validHours: number
  readonly token: string
  readonly seller: { readonly slug: string; readonly host: string }
}
export type InvitationPorts = {
  readonly mailer: Mailer
  /** The secret of the link, the same each time it is asked for. */
  readonly token: string
  /** By which a mail that is sent again is the same one. */
  readonly key: string
  compose(mail: InvitationMail): Promise<Omit<Mail, 'key'>>
}

/** Opens the link of an invitation and mails it; nothing for one that was withdrawn. Safe to repeat. */
export async function mailInvitation(process: TenantProcess<InvitationPorts>, invitationId: string): Promise<void> {
  const { mailer, token, key, compose } = process.ports
  const mail = await process.inTenant((ctx) => openLink(ctx, invitationId, token))
  if (mail) await mailer.send({ key, ...(await compose(mail)) })
}

async function openLink(ctx: TenantContext, invitationId: string, token: string): Promise<InvitationMail | null> {
  const invitation = await findInvitation(ctx, invitationId)
  const organisation = invitation && (await nameOfPlace(ctx, invitation.accountId))
  if (!invitation || !organisation) return null
  const [tenant, host] = [await ownTenant(ctx), await primaryHost(ctx)]
  invariant(tenant && host, `tenant ${ctx.tenantId} has no store domain`)
  await saveInvitationToken(ctx, invitation.id, hashOfToken(token))
  return {
    to: { name: invitation.name, address: invitation.email },
    language: invitation.language,
    inviter: (await findUser(ctx, invitation.invitedBy))?.name ?? organisation,
    organisation,
    validHours: invitationLifetimeMs / 3_600_000,
    token,
    seller: { slug: tenant.slug, host },
  }
}
