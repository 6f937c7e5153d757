import { type NotificationChoice, type Topic, usualChoice } from '#app/domain/budget/notification.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'

/** Whom an account's events of a topic reach, by its own choice or the usual one. */
export async function readChoice(ctx: TenantContext, accountId: string, topic: Topic): Promise<NotificationChoice> {
  const { tenantId } = ctx
  const row = await ctx.db.notificationChoice.findUnique({
    where: { tenantId_accountId_topic: { tenantId, accountId, topic } },
    select: { mails: true, isShown: true, isPosted: true },
  })
  if (row) return row
  const account = await ctx.db.account.findUnique({ where: { tenantId_id: { tenantId, id: accountId } }, select: { email: true } })
  invariant(account, `readChoice: no account ${accountId}`)
  return usualChoice(account.email)
}

/** Keeps an account's choice for a topic in place of the one before. */
export async function saveChoice(ctx: TenantContext, accountId: string, topic: Topic, choice: NotificationChoice): Promise<void> {
  const { mails, isShown, isPosted } = choice
  await ctx.db.$executeRaw`
    insert into notification_choices (tenant_id, account_id, topic, mails, is_shown, is_posted, changed_by, changed_at)
    values (${ctx.tenantId}::uuid, ${accountId}::uuid, ${topic}, ${[...mails]}::text[], ${isShown}, ${isPosted}, ${actorName(ctx.actor)}, ${ctx.now})
    on conflict (tenant_id, account_id, topic) do update set mails = excluded.mails, is_shown = excluded.is_shown,
      is_posted = excluded.is_posted, changed_by = excluded.changed_by, changed_at = excluded.changed_at`
}

export type NewNotice = {
  readonly accountId: string
  readonly topic: Topic
  readonly code: string
  readonly facts: Prisma.InputJsonObject
  /** The same event has the same key: it is told once. */
  readonly key: string
}

/** Keeps a notice with the ways it goes. Returns its id; null when it was told before. */
export async function insertNotice(
  ctx: TenantContext,
  { key: sourceKey, ...notice }: NewNotice,
  { mails, isShown }: Pick<NotificationChoice, 'mails' | 'isShown'>,
): Promise<string | null> {
  const id = newId()
  const made = await ctx.db.notice.createMany({
    data: [{ tenantId: ctx.tenantId, id, ...notice, sourceKey, mails: [...mails], isShown, at: ctx.now }],
    skipDuplicates: true,
  })
  return made.count === 1 ? id : null
}

export type MailedNotice = {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly language: string
  readonly code: string
  readonly facts: Prisma.JsonValue
  readonly mails: readonly string[]
}

/** A notice that was not mailed yet; null otherwise. */
export async function readUnmailed(ctx: TenantContext, id: string): Promise<MailedNotice | null> {
  const [row] = await ctx.db.$queryRaw<MailedNotice[]>`
    select n.id, n.account_id as "accountId", a.name as "accountName", a.language, n.code, n.facts, n.mails
    from notices n join accounts a on a.tenant_id = n.tenant_id and a.id = n.account_id
    where n.tenant_id = ${ctx.tenantId}::uuid and n.id = ${id}::uuid and n.mailed_at is null`
  return row ?? null
}

/** Notes that a notice left by mail. */
export async function markMailed(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.notice.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { mailedAt: ctx.now } })
}
