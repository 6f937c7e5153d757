import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { hashOfToken } from './one-time-tokens.server.ts'

export type EmailChangeRow = {
  readonly id: string
  readonly userId: string
  readonly formerEmail: string
  readonly newEmail: string
  readonly confirmedAt: Date | null
}

const columns = { id: true, userId: true, formerEmail: true, newEmail: true, confirmedAt: true } as const

/** How long the link to a new address works, in hours. */
export const emailChangeHours = 24

export type NewEmailChange = { readonly userId: string; readonly formerEmail: string; readonly newEmail: string }

/** Notes that a person wants another address; an earlier wish of theirs ends. */
export async function insertEmailChange(ctx: TenantContext, change: NewEmailChange): Promise<string> {
  const { tenantId, now } = ctx
  const id = newId()
  await ctx.db.emailChange.updateMany({ where: { tenantId, userId: change.userId, endedAt: null }, data: { endedAt: now } })
  const expiresAt = new Date(now.getTime() + emailChangeHours * 3_600_000)
  await ctx.db.emailChange.createMany({ data: [{ tenantId, id, ...change, createdAt: now, expiresAt }] })
  return id
}

/** A change by its id, whatever became of it. */
export function findEmailChange(ctx: TenantContext, id: string): Promise<EmailChangeRow | null> {
  return ctx.db.emailChange.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, select: columns })
}

/** Makes `token` good for one use, as long as the change is open. The same token again changes nothing. */
export async function saveEmailChangeToken(ctx: TenantContext, { id, token }: { id: string; token: string }): Promise<boolean> {
  const where = { tenantId: ctx.tenantId, id, endedAt: null, expiresAt: { gt: ctx.now } }
  const { count } = await ctx.db.emailChange.updateMany({ where, data: { tokenHash: hashOfToken(token) } })
  return count === 1
}

/** Uses the link up: of two calls at once one gets the change, the other null. */
export async function spendEmailChangeToken(ctx: TenantContext, token: string): Promise<EmailChangeRow | null> {
  const used = await ctx.db.$queryRaw<EmailChangeRow[]>`
    update email_changes set confirmed_at = ${ctx.now}, ended_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and token_hash = ${hashOfToken(token)} and ended_at is null and expires_at > ${ctx.now}
    returning id::text, user_id::text as "userId", former_email as "formerEmail", new_email as "newEmail", confirmed_at as "confirmedAt"`
  return used[0] ?? null
}

/** Gives the person another address, confirmed; false when somebody of this store has it by now. */
export async function saveUserEmail(ctx: TenantContext, userId: string, email: string): Promise<boolean> {
  const changed = await ctx.db.$executeRaw`
    update users u set email = ${email}, email_confirmed_at = ${ctx.now}
    where u.tenant_id = ${ctx.tenantId}::uuid and u.id = ${userId}::uuid and u.disabled_at is null
      and not exists (select 1 from users o where o.tenant_id = u.tenant_id and o.email = ${email} and o.id <> u.id)`
  return changed === 1
}
