import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { insertServiceNotice, insertServiceUpdate, lockServiceNotice, moveServiceNotice } from '#app/db/desk/service-notices.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import {
  noticeProblem,
  type ServiceNotice,
  type ServiceNoticeProblem,
  type ServiceNoticeState,
} from '#app/domain/service-notice/service-notice.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type PublishNoticeInput = Omit<ServiceNotice, 'id'> & { readonly text: string }

/** Publishes maintenance or a disruption; a job tells every customer with something there. Returns the notice's id. */
export async function publishNotice(
  ctx: TenantContext,
  { text, ...facts }: PublishNoticeInput,
): Promise<Result<string, ServiceNoticeProblem>> {
  const problem = noticeProblem(facts, ctx.now)
  if (problem) return err(problem)
  const id = newId()
  await insertServiceNotice(ctx, { ...facts, id })
  await told(ctx, { noticeId: id, state: facts.state, text })
  await audit(ctx, { action: 'service-notice.published', subjectKind: 'service-notice', subjectId: id, detail: { title: facts.title } })
  return ok(id)
}

export type UpdateNoticeInput = {
  readonly noticeId: string
  readonly state: ServiceNoticeState
  readonly text: string
  /** Until when it is expected to last; null: nobody knows. */
  readonly endsAt: Date | null
}

/** Says how a notice goes on, to the same customers. What was resolved stays so. */
export async function updateNotice(
  ctx: TenantContext,
  { noticeId, state, text, endsAt }: UpdateNoticeInput,
): Promise<Result<null, 'notice-not-found' | ServiceNoticeProblem>> {
  const notice = await lockServiceNotice(ctx, noticeId)
  if (!notice) return err('notice-not-found')
  if (notice.state === 'resolved') return err('resolved-before')
  if (endsAt !== null && endsAt <= notice.startsAt) return err('ends-before-start')
  await moveServiceNotice(ctx, { id: noticeId, state, endsAt })
  await told(ctx, { noticeId, state, text })
  await audit(ctx, { action: 'service-notice.updated', subjectKind: 'service-notice', subjectId: noticeId, detail: { state } })
  return ok(null)
}

async function told(ctx: TenantContext, update: Parameters<typeof insertServiceUpdate>[1]): Promise<void> {
  const updateId = await insertServiceUpdate(ctx, update)
  await enqueue(ctx, { name: 'service-notice/updated', data: { tenantId: ctx.tenantId, updateId } })
}
