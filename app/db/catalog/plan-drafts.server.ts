import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'

export const planDraftStates = ['draft', 'submitted', 'activated', 'discarded'] as const
export type PlanDraftState = (typeof planDraftStates)[number]

/** A plan that is being written. `plan` is what was typed: it may be wrong in places until it is submitted. */
export type PlanDraft = {
  readonly id: string
  readonly priceBookId: string
  readonly name: string
  readonly state: PlanDraftState
  readonly plan: unknown
  /** Why a price below the buy price or floor stands, when somebody said so. */
  readonly reason: string | null
  readonly activateAt: Date | null
  readonly priceVersionId: string | null
  readonly createdBy: string
  /** Who submitted it, or who wrote it last: may not activate it. */
  readonly writtenBy: string
  readonly updatedAt: Date
}

type Document = { readonly plan: unknown; readonly reason: string | null; readonly writtenBy: string }
type Row = Omit<PlanDraft, keyof Document> & { readonly document: Document }

/** One draft, locked until the transaction ends; undefined when the tenant has none of this id. */
export async function lockPlanDraft(ctx: TenantContext, draftId: string): Promise<PlanDraft | undefined> {
  await ctx.db.$executeRaw`
    select id from plan_drafts where tenant_id = ${ctx.tenantId}::uuid and id = ${draftId}::uuid for update`
  return readPlanDraft(ctx, draftId)
}

/** One draft; undefined when the tenant has none of this id. */
export async function readPlanDraft(ctx: TenantContext, draftId: string): Promise<PlanDraft | undefined> {
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select id, price_book_id as "priceBookId", name, state, document, activate_at as "activateAt", price_version_id as "priceVersionId",
      created_by as "createdBy", updated_at as "updatedAt"
    from plan_drafts where tenant_id = ${ctx.tenantId}::uuid and id = ${draftId}::uuid`
  if (!row) return undefined
  const { document, ...draft } = row
  return { ...draft, ...document }
}

export type NewPlanDraft = { readonly priceBookId: string; readonly name: string; readonly plan: object }

/** Begins a draft. Returns its id. */
export async function insertPlanDraft(ctx: TenantContext, { priceBookId, name, plan }: NewPlanDraft): Promise<string> {
  const id = newId()
  const by = actorName(ctx.actor)
  const document = { plan, reason: null, writtenBy: by } as Prisma.InputJsonObject
  const { tenantId, now } = ctx
  await ctx.db.planDraft.createMany({
    data: [{ tenantId, id, priceBookId, name, document, state: 'draft', createdBy: by, createdAt: now, updatedAt: now }],
  })
  return id
}

export type PlanDraftChange = Partial<Pick<PlanDraft, 'name' | 'state' | 'activateAt' | 'priceVersionId' | 'plan' | 'reason'>> & {
  readonly approvedBy?: string
}

/** Changes a draft that is held. Who writes the plan is noted with it. */
export async function updatePlanDraft(ctx: TenantContext, draft: PlanDraft, { plan, reason, ...facts }: PlanDraftChange): Promise<void> {
  const isWritten = plan !== undefined || reason !== undefined
  const document = { plan: plan ?? draft.plan, reason: reason ?? draft.reason, writtenBy: actorName(ctx.actor) } as Prisma.InputJsonObject
  await ctx.db.planDraft.updateMany({
    where: { tenantId: ctx.tenantId, id: draft.id },
    data: { ...facts, ...(isWritten ? { document } : {}), updatedAt: ctx.now },
  })
}
