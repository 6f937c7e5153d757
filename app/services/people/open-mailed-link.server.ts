import type { TenantContext } from '#app/db/context.server.ts'
import { ordersAwaitingUser } from '#app/db/orders/orders.server.ts'
import { lifetimeMsOf, saveOneTimeToken, type TokenPurpose } from '#app/db/people/one-time-tokens.server.ts'
import { findUser, inviterOf, membershipsOf, type UserRow } from '#app/db/people/people.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** What a mail with a link that works once has to say. */
export type MailedLink = {
  readonly purpose: TokenPurpose
  readonly to: { readonly name: string; readonly address: string }
  readonly language: string
  readonly sellerSlug: string
  readonly host: string
  readonly validHours: number
  /** Who gave the access and to what; for invitations. */
  readonly inviter: string
  readonly organisation: string
  /** Whether an order of the person waits for this link. */
  readonly hasOrder: boolean
}

/** What a person is to be mailed after registering: the way to a first password when there is none, else to confirm the address. */
export async function purposeAfterRegistering(
  ctx: TenantContext,
  userId: string,
): Promise<Result<TokenPurpose, 'user-not-found' | 'not-needed'>> {
  const user = await findUser(ctx, userId)
  if (!user || user.disabledAt) return err('user-not-found')
  if (user.passwordHash === null) return ok('invite')
  const isNeeded = !user.emailConfirmedAt || (await ordersAwaitingUser(ctx, userId)).length > 0
  return isNeeded ? ok('confirm-email') : err('not-needed')
}

export type OpenMailedLinkInput = { readonly userId: string; readonly purpose: TokenPurpose; readonly token: string }

/** Makes `token` good for one use by the person and returns what the mail says. The same token again changes nothing. */
export async function openMailedLink(ctx: TenantContext, input: OpenMailedLinkInput): Promise<Result<MailedLink, 'user-not-found'>> {
  const user = await findUser(ctx, input.userId)
  if (!user || user.disabledAt) return err('user-not-found')
  const [tenant, host] = [await ownTenant(ctx), await primaryHost(ctx)]
  invariant(tenant && host, `openMailedLink: tenant ${ctx.tenantId} has no store domain`)

  await saveOneTimeToken(ctx, input)
  return ok({
    purpose: input.purpose,
    to: { name: user.name, address: user.email },
    language: user.language,
    sellerSlug: tenant.slug,
    host,
    validHours: lifetimeMsOf(input.purpose) / 3_600_000,
    inviter: (await inviterOf(ctx, user.id)) ?? tenant.legalName,
    organisation: (await accountOf(ctx, user)) ?? tenant.legalName,
    hasOrder: (await ordersAwaitingUser(ctx, user.id)).length > 0,
  })
}

async function accountOf(ctx: TenantContext, user: UserRow): Promise<string | null> {
  const [first] = await membershipsOf(ctx, user.id)
  return first?.accountName ?? null
}
