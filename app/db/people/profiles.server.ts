import type { TenantContext } from '../context.server.ts'
import { openField, sealField } from '../sealing/sealed-fields.server.ts'

export type OwnProfile = {
  readonly name: string
  readonly email: string
  readonly phone: string | null
  readonly language: string
  readonly timeZone: string | null
  readonly picture: string | null
}

const columns = { name: true, email: true, phone: true, language: true, timeZone: true, picture: true } as const

/** What a person says of themselves. */
export async function findProfile(ctx: TenantContext, userId: string): Promise<OwnProfile | null> {
  const row = await ctx.db.user.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id: userId } }, select: columns })
  return row && { ...row, phone: row.phone && openField(ctx, 'users.phone', userId, row.phone) }
}

/** Writes what a person says of themselves; address and picture have ways of their own. */
export async function saveProfile(ctx: TenantContext, userId: string, profile: Omit<OwnProfile, 'email' | 'picture'>): Promise<void> {
  const { name, phone, language, timeZone } = profile
  const sealed = phone && sealField(ctx, 'users.phone', userId, phone)
  await ctx.db.user.updateMany({ where: { tenantId: ctx.tenantId, id: userId }, data: { name, language, timeZone, phone: sealed } })
}

/** Keeps the picture of a person under the name that its content gives it; null removes it. */
export async function savePicture(
  ctx: TenantContext,
  userId: string,
  picture: { readonly name: string; readonly content: Uint8Array<ArrayBuffer> } | null,
): Promise<void> {
  const { tenantId, now } = ctx
  await ctx.db.userPicture.deleteMany({ where: { tenantId, userId } })
  if (picture) await ctx.db.userPicture.createMany({ data: [{ tenantId, userId, ...picture, createdAt: now }] })
  await ctx.db.user.updateMany({ where: { tenantId, id: userId }, data: { picture: picture?.name ?? null } })
}

/**
 * The picture called `name`, as `viewerId` may see it: the own one, any for staff, that of staff for everybody, else of people who act for
 * the same account or one above or below it. Null otherwise.
 */
export async function pictureFor(ctx: TenantContext, { viewerId, name }: { viewerId: string; name: string }): Promise<Uint8Array | null> {
  const rows = await ctx.db.$queryRaw<{ content: Uint8Array }[]>`
    select p.content from user_pictures p
    where p.tenant_id = ${ctx.tenantId}::uuid and p.name = ${name} and (p.user_id = ${viewerId}::uuid or exists (
      select 1 from memberships mine join memberships theirs on theirs.tenant_id = mine.tenant_id and theirs.user_id = p.user_id
      left join accounts a on a.tenant_id = mine.tenant_id and a.id = mine.account_id
      left join accounts b on b.tenant_id = theirs.tenant_id and b.id = theirs.account_id
      where mine.tenant_id = p.tenant_id and mine.user_id = ${viewerId}::uuid and (
        mine.account_id is null or theirs.account_id is null
        or coalesce(a.parent_account_id, a.id) = coalesce(b.parent_account_id, b.id))))
    limit 1`
  return rows[0]?.content ?? null
}

/** Removes what people had for their own sign-in and said of themselves; their rows and memberships are the caller's. */
export async function forgetPeople(ctx: TenantContext, userIds: readonly string[]): Promise<void> {
  const where = { tenantId: ctx.tenantId, userId: { in: [...userIds] } }
  await ctx.db.authenticator.deleteMany({ where })
  await ctx.db.recoveryCode.deleteMany({ where })
  await ctx.db.passkey.deleteMany({ where })
  await ctx.db.signInStep.deleteMany({ where })
  await ctx.db.emailChange.deleteMany({ where })
  await ctx.db.userPicture.deleteMany({ where })
  await ctx.db.externalIdentity.deleteMany({ where })
  const nothing = { phone: null, timeZone: null, picture: null }
  await ctx.db.user.updateMany({ where: { tenantId: ctx.tenantId, id: { in: [...userIds] } }, data: nothing })
}
