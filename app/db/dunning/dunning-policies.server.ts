import { type DunningPolicy, type DunningStep, readSteps, storedSteps } from '#app/domain/dunning/policy.ts'
import { money } from '#app/domain/money/money.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type PolicyState = 'draft' | 'active' | 'retired'

/** A version of the rules with what it is for; `segment` null is for every account that has no rules of its segment. */
export type StoredPolicy = DunningPolicy & {
  readonly segment: string | null
  readonly currency: string
  readonly version: number
  readonly state: PolicyState
}

type Row = {
  id: string
  segment: string | null
  currency: string
  version: number
  state: string
  minimumMinor: bigint
  capMinor: bigint | null
  steps: unknown
}

const columns = {
  id: true,
  segment: true,
  currency: true,
  version: true,
  state: true,
  minimumMinor: true,
  capMinor: true,
  steps: true,
} as const

function toPolicy({ minimumMinor, capMinor, steps, state, ...row }: Row): StoredPolicy {
  return {
    ...row,
    state: state as PolicyState,
    minimum: money(minimumMinor, row.currency),
    cap: capMinor === null ? null : money(capMinor, row.currency),
    steps: readSteps(steps),
  }
}

/** Versions of every policy that were not replaced, and those of old; the newest of each first. At most 200. */
export async function listPolicies(ctx: TenantContext): Promise<StoredPolicy[]> {
  const rows = await ctx.db.dunningPolicy.findMany({
    where: { tenantId: ctx.tenantId },
    select: columns,
    orderBy: [{ segment: { sort: 'asc', nulls: 'first' } }, { currency: 'asc' }, { version: 'desc' }],
    take: 200,
  })
  return rows.map(toPolicy)
}

/** Policies by id; those that are active, and those that `ids` name. */
export async function policiesInUse(ctx: TenantContext, ids: readonly string[]): Promise<StoredPolicy[]> {
  const rows = await ctx.db.dunningPolicy.findMany({
    where: { tenantId: ctx.tenantId, OR: [{ state: 'active' }, { id: { in: [...ids] } }] },
    select: columns,
    orderBy: { id: 'asc' },
  })
  return rows.map(toPolicy)
}

/** One version; undefined when there is none such. */
export async function findPolicy(ctx: TenantContext, id: string): Promise<StoredPolicy | undefined> {
  const row = await ctx.db.dunningPolicy.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, select: columns })
  return row ? toPolicy(row) : undefined
}

/** The rules that staff write, with amounts in minor units of the policy's currency. */
export type PolicyTerms = { readonly minimumMinor: bigint; readonly capMinor: bigint | null; readonly steps: readonly DunningStep[] }

/** Begins a version as a draft, numbered after the last one of its segment and currency. Returns its id. */
export async function insertPolicyDraft(
  ctx: TenantContext,
  draft: PolicyTerms & { readonly segment: string | null; readonly currency: string },
): Promise<string> {
  const { segment, currency, minimumMinor, capMinor, steps } = draft
  const last = await ctx.db.dunningPolicy.aggregate({ where: { tenantId: ctx.tenantId, segment, currency }, _max: { version: true } })
  const id = newId()
  const version = (last._max.version ?? 0) + 1
  const terms = { minimumMinor, capMinor, steps: storedSteps(steps) }
  const made = { state: 'draft', createdBy: actorName(ctx.actor), createdAt: ctx.now }
  await ctx.db.dunningPolicy.createMany({ data: [{ tenantId: ctx.tenantId, id, segment, currency, version, ...terms, ...made }] })
  return id
}

/** Writes the terms of a draft; false when it is no draft any more. */
export async function savePolicyDraft(ctx: TenantContext, id: string, { minimumMinor, capMinor, steps }: PolicyTerms): Promise<boolean> {
  const saved = await ctx.db.dunningPolicy.updateMany({
    where: { tenantId: ctx.tenantId, id, state: 'draft' },
    data: { minimumMinor, capMinor, steps: storedSteps(steps) },
  })
  return saved.count > 0
}

/** Retires what is active for a segment and a currency. */
export async function retirePolicy(ctx: TenantContext, { segment, currency }: Pick<StoredPolicy, 'segment' | 'currency'>): Promise<void> {
  await ctx.db.dunningPolicy.updateMany({
    where: { tenantId: ctx.tenantId, segment, currency, state: 'active' },
    data: { state: 'retired' },
  })
}

/** Lets a draft apply from now on; false when it is no draft any more. */
export async function activateDraft(ctx: TenantContext, id: string): Promise<boolean> {
  const activated = await ctx.db.dunningPolicy.updateMany({
    where: { tenantId: ctx.tenantId, id, state: 'draft' },
    data: { state: 'active', activatedBy: actorName(ctx.actor), activatedAt: ctx.now },
  })
  return activated.count > 0
}
