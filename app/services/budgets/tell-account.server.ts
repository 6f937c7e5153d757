import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { insertNotice, type NewNotice, readChoice } from '#app/db/people/notices.server.ts'

/**
 * Tells an account of something by the ways it chose for the topic: a notice in the panel, mails by a job. The same key tells once.
 * Nothing is mailed when a letter of its own goes out for the event. `isPosted` says whether its webhooks want to hear of it, too; null when it was told before.
 */
export async function tellAccount(ctx: TenantContext, notice: NewNotice, isMailedElsewhere = false): Promise<{ isPosted: boolean } | null> {
  const chosen = await readChoice(ctx, notice.accountId, notice.topic)
  const choice = isMailedElsewhere ? { ...chosen, mails: [] } : chosen
  const noticeId = await insertNotice(ctx, notice, choice)
  if (!noticeId) return null
  if (choice.mails.length > 0) await enqueue(ctx, { name: 'notice/opened', data: { tenantId: ctx.tenantId, noticeId } })
  return { isPosted: choice.isPosted }
}

/** Tells an account of what it must know, in the panel and by mail: to its own address where it chose no mails. The same key tells once. */
export async function tellAccountForSure(ctx: TenantContext, notice: NewNotice): Promise<void> {
  const { mails } = await readChoice(ctx, notice.accountId, notice.topic)
  const noticeId = await insertNotice(ctx, notice, {
    mails: mails.length > 0 ? mails : [await emailOf(ctx, notice.accountId)],
    isShown: true,
  })
  if (noticeId) await enqueue(ctx, { name: 'notice/opened', data: { tenantId: ctx.tenantId, noticeId } })
}

async function emailOf({ db, tenantId }: TenantContext, id: string): Promise<string> {
  return (await db.account.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } }, select: { email: true } })).email
}
