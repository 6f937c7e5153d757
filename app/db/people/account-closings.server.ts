import { type ClosingSettings, usualClosing } from '#app/domain/closing/closing-plan.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { forgetDesigns } from '../catalog/app-designs.server.ts'
import type { TenantContext } from '../context.server.ts'
import { forgetTicketAuthors, forgetTickets } from '../desk/tickets.server.ts'
import { newId } from '../ids.server.ts'
import { forgetAddressChanges } from './address-changes.server.ts'
import { forgetPeople } from './profiles.server.ts'

/** What the seller chose, else the usual. */
export async function readClosingSettings(ctx: TenantContext): Promise<ClosingSettings> {
  const row = await ctx.db.closingSettings.findUnique({
    where: { tenantId: ctx.tenantId },
    select: { graceDays: true, retentionDays: true },
  })
  return row ?? usualClosing
}

/** Keeps what the seller chose. */
export async function saveClosingSettingsRow(ctx: TenantContext, settings: ClosingSettings): Promise<void> {
  const row = { ...settings, changedAt: ctx.now }
  await ctx.db.closingSettings.upsert({ where: { tenantId: ctx.tenantId }, create: { tenantId: ctx.tenantId, ...row }, update: row })
}

export type ClosingRow = {
  readonly id: string
  readonly accountId: string
  readonly state: 'open' | 'reopened' | 'closed'
  readonly graceEndsAt: Date
  readonly remindedAt: Date | null
}

const columns = { id: true, accountId: true, state: true, graceEndsAt: true, remindedAt: true } as const

/** The closing of an account that goes on; null when none does. */
export async function openClosingOf(ctx: TenantContext, accountId: string): Promise<ClosingRow | null> {
  const row = await ctx.db.accountClosing.findFirst({ where: { tenantId: ctx.tenantId, accountId, state: 'open' }, select: columns })
  return row as ClosingRow | null
}

/** A closing by its id; null when there is none. */
export async function findClosing(ctx: TenantContext, id: string): Promise<ClosingRow | null> {
  return (await ctx.db.accountClosing.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    select: columns,
  })) as ClosingRow | null
}

/** Closings that go on, by id after `afterId`, at most `limit`. */
export async function openClosings(ctx: TenantContext, afterId: string | null, limit: number): Promise<ClosingRow[]> {
  const rows = await ctx.db.accountClosing.findMany({
    where: { tenantId: ctx.tenantId, state: 'open', ...(afterId ? { id: { gt: afterId } } : {}) },
    select: columns,
    orderBy: { id: 'asc' },
    take: limit,
  })
  return rows as ClosingRow[]
}

export type NewClosing = { readonly accountId: string; readonly reason: string; readonly graceEndsAt: Date }

/** Notes that an account is to be closed. Returns its id. */
export async function insertClosing(ctx: TenantContext, closing: NewClosing): Promise<string> {
  const id = newId()
  const asked = { askedBy: actorName(ctx.actor), askedAt: ctx.now }
  await ctx.db.accountClosing.createMany({ data: [{ tenantId: ctx.tenantId, id, ...closing, ...asked, state: 'open' }] })
  return id
}

/** Moves a closing on. */
export async function updateClosing(
  ctx: TenantContext,
  id: string,
  change: { readonly remindedAt: Date } | { readonly state: 'reopened'; readonly reopenedAt: Date } | ClosedNow,
): Promise<void> {
  await ctx.db.accountClosing.updateMany({ where: { tenantId: ctx.tenantId, id }, data: change })
}
type ClosedNow = { readonly state: 'closed'; readonly closedAt: Date; readonly eraseOn: Date }

/** Closed accounts whose names may go by the seller's day `today`, at most `limit`. */
export function closingsToErase(ctx: TenantContext, today: LocalDate, limit: number): Promise<{ id: string; accountId: string }[]> {
  return ctx.db.accountClosing.findMany({
    where: { tenantId: ctx.tenantId, state: 'closed', erasedAt: null, eraseOn: { lte: new Date(today) } },
    select: { id: true, accountId: true },
    orderBy: { id: 'asc' },
    take: limit,
  })
}

/** Closes accounts: nobody acts for them any more. */
export async function markAccountsClosed(ctx: TenantContext, accountIds: readonly string[]): Promise<void> {
  await ctx.db.account.updateMany({ where: { tenantId: ctx.tenantId, id: { in: [...accountIds] } }, data: { status: 'closed' } })
}

/** What an account runs that has not ended: resources that were not deleted, and subscriptions. */
export async function servicesOf(ctx: TenantContext, accountIds: readonly string[]) {
  const { tenantId } = ctx
  const of = { tenantId, accountId: { in: [...accountIds] } }
  const resources = await ctx.db.resource.findMany({
    where: { ...of, state: { not: 'deleted' } },
    select: { id: true, accountId: true, kind: true, name: true, state: true, pendingAction: true, cloudRef: true, isManaged: true },
    orderBy: { id: 'asc' },
    take: 5_000,
  })
  const subscriptions = await ctx.db.$queryRaw<{ id: string; name: string }[]>`
    select s.id, s.name from subscriptions s
    where s.tenant_id = ${tenantId}::uuid and s.account_id = any (${[...accountIds]}::uuid[]) and s.state in ('active', 'paused')
      and not exists (select from resources r where r.tenant_id = s.tenant_id and r.subscription_id = s.id and r.state <> 'deleted' and r.is_managed)
    order by s.id limit 5000`
  return { resources, subscriptions }
}

/** Ends the sign-ins of people who act for none but these accounts, and takes out of their rows what names them; how many they were. */
export async function erasePeopleOf(ctx: TenantContext, accountIds: readonly string[]): Promise<number> {
  const { tenantId, now } = ctx
  const ids = [...accountIds]
  const rows = await ctx.db.$queryRaw<{ userId: string }[]>`
    select distinct m.user_id::text as "userId" from memberships m
    where m.tenant_id = ${tenantId}::uuid and m.account_id = any (${ids}::uuid[]) and not exists (
      select from memberships o where o.tenant_id = m.tenant_id and o.user_id = m.user_id
        and (o.account_id is null or o.account_id <> all (${ids}::uuid[])))`
  const userIds = rows.map(({ userId }) => userId)
  await ctx.db.apiKey.updateMany({ where: { tenantId, accountId: { in: ids }, revokedAt: null }, data: { revokedAt: now } })
  await ctx.db.sshKey.deleteMany({ where: { tenantId, accountId: { in: ids } } })
  await ctx.db.memberInvitation.deleteMany({ where: { tenantId, accountId: { in: ids } } })
  await ctx.db.session.deleteMany({ where: { tenantId, userId: { in: userIds } } })
  await ctx.db.oneTimeToken.deleteMany({ where: { tenantId, userId: { in: userIds } } })
  await forgetPeople(ctx, userIds)
  await forgetTicketAuthors(ctx, ids)
  await ctx.db.$executeRaw`delete from membership_projects p using memberships m
    where p.tenant_id = ${tenantId}::uuid and m.tenant_id = p.tenant_id and m.id = p.membership_id and m.account_id = any (${ids}::uuid[])`
  await ctx.db.membership.deleteMany({ where: { tenantId, accountId: { in: ids } } })
  await ctx.db.$executeRaw`
    update users set email = 'erased-' || id || '@erased.invalid', name = '–', password_hash = null, email_confirmed_at = null, disabled_at = ${now}
    where tenant_id = ${tenantId}::uuid and id = any (${userIds}::uuid[])`
  return userIds.length
}

/** Takes out of an account what names a person; its documents stay as they were issued. */
export async function eraseAccount(
  ctx: TenantContext,
  { id, accountIds }: { readonly id: string; readonly accountIds: readonly string[] },
) {
  const { tenantId } = ctx
  await ctx.db.deliveryRecipient.deleteMany({ where: { tenantId, accountId: { in: [...accountIds] } } })
  await forgetAddressChanges(ctx, accountIds)
  await forgetDesigns(ctx, accountIds)
  await forgetTickets(ctx, accountIds)
  await ctx.db.$executeRaw`
    update accounts set name = '–', email = 'erased-' || id || '@erased.invalid', address_lines = '{}', vat_id = null, vat_id_status = 'none',
      vat_id_checked_at = null
    where tenant_id = ${tenantId}::uuid and id = any (${[...accountIds]}::uuid[])`
  // A note was typed freely, and may say anything of anybody.
  await ctx.db.$executeRaw`
    update orders set input = input - 'note' where tenant_id = ${tenantId}::uuid and account_id = any (${[...accountIds]}::uuid[]) and input ? 'note'`
  await ctx.db.accountClosing.updateMany({ where: { tenantId, id }, data: { erasedAt: ctx.now } })
}
