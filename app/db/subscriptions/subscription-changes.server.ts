import { actorName } from '#app/domain/shared/actor.ts'
import { SubscriptionChange, type SubscriptionChangeState } from '#app/domain/subscription/subscription-change.ts'
import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'

/** A change one level below that this one follows: it is made only together with it. */
export type BelowChange = { readonly tenantId: string; readonly changeId: string }

export type SubscriptionChangeRow = {
  readonly id: string
  readonly subscriptionId: string
  readonly accountId: string
  readonly change: SubscriptionChange
  readonly below: BelowChange | null
  readonly effectiveAt: Date
  readonly state: SubscriptionChangeState
  readonly createdBy: string
  readonly failure: string | null
}

type StoredInput = { readonly change: SubscriptionChange; readonly below?: BelowChange }

const columns = {
  id: true,
  subscriptionId: true,
  accountId: true,
  input: true,
  effectiveAt: true,
  state: true,
  createdBy: true,
  failure: true,
} as const

type StoredChange = Prisma.SubscriptionChangeGetPayload<{ select: typeof columns }>

function toRow({ input, state, ...row }: StoredChange): SubscriptionChangeRow {
  const { change, below } = input as unknown as StoredInput
  return { ...row, change: SubscriptionChange.parse(change), below: below ?? null, state: state as SubscriptionChangeState }
}

export type NewSubscriptionChange = {
  readonly subscriptionId: string
  readonly accountId: string
  readonly change: SubscriptionChange
  readonly below?: BelowChange
  readonly effectiveAt: Date
  readonly preview: Prisma.InputJsonObject
  readonly state: 'proposed' | 'scheduled' | 'applied'
}

/** Notes a change. Returns its id. */
export async function insertChange(ctx: TenantContext, { change, below, ...row }: NewSubscriptionChange): Promise<string> {
  const id = newId()
  const input = { change, ...(below ? { below } : {}) }
  const appliedAt = row.state === 'applied' ? ctx.now : null
  await ctx.db.subscriptionChange.createMany({
    data: [
      { ...row, tenantId: ctx.tenantId, id, kind: change.kind, input, createdBy: actorName(ctx.actor), createdAt: ctx.now, appliedAt },
    ],
  })
  return id
}

/** A change by its id. */
export async function readChange(ctx: TenantContext, id: string): Promise<SubscriptionChangeRow | undefined> {
  const row = await ctx.db.subscriptionChange.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, select: columns })
  return row ? toRow(row) : undefined
}

/** Changes of a subscription that are proposed or wait for their instant, in order of time. */
export async function openChanges(ctx: TenantContext, subscriptionId: string): Promise<SubscriptionChangeRow[]> {
  const rows = await ctx.db.subscriptionChange.findMany({
    where: { tenantId: ctx.tenantId, subscriptionId, state: { in: ['proposed', 'scheduled'] } },
    select: columns,
    orderBy: [{ effectiveAt: 'asc' }, { id: 'asc' }],
    take: 100,
  })
  return rows.map(toRow)
}

/** The change of a subscription that follows `below`, when it was noted before. */
export async function changeFollowing(
  ctx: TenantContext,
  subscriptionId: string,
  below: BelowChange,
): Promise<SubscriptionChangeRow | undefined> {
  const row = await ctx.db.subscriptionChange.findFirst({
    where: { tenantId: ctx.tenantId, subscriptionId, input: { path: ['below', 'changeId'], equals: below.changeId } },
    select: columns,
  })
  return row ? toRow(row) : undefined
}

/** Ids of changes whose instant has come, those that follow another tenant's left out, in order of time; at most `limit`. */
export async function dueChangeIds(ctx: TenantContext, limit: number): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from subscription_changes
    where tenant_id = ${ctx.tenantId}::uuid and state = 'scheduled' and effective_at <= ${ctx.now} and not input ? 'below'
    order by effective_at, id limit ${limit}`
  return rows.map(({ id }) => id)
}

export type ChangeMove = {
  readonly from: readonly SubscriptionChangeState[]
  readonly to: SubscriptionChangeState
  readonly effectiveAt?: Date
  readonly failure?: string
}

/** Moves a change on; nothing when it is in none of the states `from`. Says whether it moved. */
export async function moveChange(ctx: TenantContext, id: string, { from, to, effectiveAt, failure }: ChangeMove): Promise<boolean> {
  const isDecision = to === 'scheduled' || to === 'cancelled' || (to === 'refused' && failure === undefined)
  const moved = await ctx.db.subscriptionChange.updateMany({
    where: { tenantId: ctx.tenantId, id, state: { in: [...from] } },
    data: {
      state: to,
      ...(isDecision ? { decidedBy: actorName(ctx.actor), decidedAt: ctx.now } : {}),
      ...(to === 'applied' ? { appliedAt: ctx.now } : {}),
      ...(effectiveAt ? { effectiveAt } : {}),
      ...(failure ? { failure } : {}),
    },
  })
  return moved.count > 0
}
