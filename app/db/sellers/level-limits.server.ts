import { type Money, money } from '#app/domain/money/money.ts'
import type { LevelLimit, LevelSpell } from '#app/domain/partner-level/level-limits.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { baseOfRow } from '../credit/credit-positions.server.ts'
import { newId } from '../ids.server.ts'

/** Every limit of the seller's levels, past and announced ones too, in order of level, currency and time. */
export async function readLevelLimits(ctx: TenantContext): Promise<LevelLimit[]> {
  const rows = await ctx.db.partnerLevelLimit.findMany({
    where: { tenantId: ctx.tenantId },
    select: { partnerLevelId: true, currency: true, limitMinor: true, validFrom: true },
    orderBy: [{ partnerLevelId: 'asc' }, { currency: 'asc' }, { validFrom: 'asc' }],
  })
  return rows.map((row) => ({ levelId: row.partnerLevelId, limit: money(row.limitMinor, row.currency), validFrom: row.validFrom }))
}

/** Gives a level a limit from an instant on, in place of the one that was to begin then. */
export async function saveLevelLimit(
  ctx: TenantContext,
  { levelId, limit, validFrom }: { readonly levelId: string; readonly limit: Money; readonly validFrom: Date },
): Promise<void> {
  await ctx.db.$executeRaw`
    insert into partner_level_limits (tenant_id, id, partner_level_id, currency, limit_minor, valid_from, created_by, created_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${levelId}::uuid, ${limit.currency}, ${limit.minor}, ${validFrom}, ${actorName(ctx.actor)}, ${ctx.now})
    on conflict (tenant_id, partner_level_id, currency, valid_from) do update
    set limit_minor = excluded.limit_minor, created_by = excluded.created_by, created_at = excluded.created_at`
}

/** A reseller whose contract takes the limit of its level. */
export type LevelFollower = {
  readonly id: string
  readonly contractId: string
  readonly accountId: string
  readonly isWhole: true
  /** What holds now, and what the row says, which is brought up to it. */
  readonly base: Money
  readonly storedMinor: bigint
  readonly spells: readonly LevelSpell[]
}

type FollowerRow = Pick<LevelFollower, 'id' | 'contractId' | 'accountId' | 'storedMinor'> & {
  readonly currency: string
  readonly baseMinor: bigint
  readonly spells: readonly { readonly levelId: string; readonly validFrom: string; readonly validTo: string | null }[]
}

/** The resellers whose contracts have no limit of their own, by id; only those of `accountIds` when given. */
export async function levelFollowers(ctx: TenantContext, accountIds: readonly string[] | null = null): Promise<LevelFollower[]> {
  const rows = await ctx.db.$queryRaw<FollowerRow[]>`
    select p.id, p.contract_id as "contractId", p.account_id as "accountId", p.currency, ${baseOfRow(ctx.now)}::bigint as "baseMinor",
      p.base_limit_minor as "storedMinor",
      coalesce((select jsonb_agg(jsonb_build_object('levelId', s.partner_level_id, 'validFrom', s.valid_from, 'validTo', s.valid_to) order by s.valid_from)
        from partner_level_assignments s where s.tenant_id = p.tenant_id and s.account_id = p.account_id), '[]') as spells
    from credit_positions p join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id and a.child_tenant_id is not null
    where p.tenant_id = ${ctx.tenantId}::uuid and p.is_whole and p.takes_level_limit
      and (${accountIds}::uuid[] is null or p.account_id = any (${accountIds}::uuid[]))
    order by p.id`
  return rows.map(({ currency, baseMinor, spells, ...row }) => ({
    ...row,
    isWhole: true,
    base: money(baseMinor, currency),
    spells: spells.map(({ levelId, validFrom, validTo }) => ({
      levelId,
      validFrom: new Date(validFrom),
      validTo: validTo === null ? null : new Date(validTo),
    })),
  }))
}

/** Whether the limit of a contract comes from its level, or is its own. False when the account has no contract. */
export async function markFollower(ctx: TenantContext, accountId: string, isFollower: boolean): Promise<boolean> {
  const where = { tenantId: ctx.tenantId, accountId, isWhole: true }
  const marked = await ctx.db.creditPosition.updateMany({ where, data: { takesLevelLimit: isFollower } })
  return marked.count > 0
}

/** Rows that came from a level and may still begin or be decided, the newest first. */
export function standingLevelRows(ctx: TenantContext, positionId: string) {
  return ctx.db.creditLimit.findMany({
    where: { tenantId: ctx.tenantId, positionId, origin: 'level', state: { not: 'withdrawn' } },
    select: { id: true, state: true, amountMinor: true, validFrom: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 200,
  })
}

/** Takes rows back that have not begun, or that nobody decided about. */
export async function withdrawLimits(ctx: TenantContext, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await ctx.db.creditLimit.updateMany({ where: { tenantId: ctx.tenantId, id: { in: [...ids] } }, data: { state: 'withdrawn' } })
}

/** Brings the limits of levels that are agreed and still to begin to where the position is decided by. */
export async function applyComingBases(ctx: TenantContext, positionId: string): Promise<void> {
  await ctx.db.$executeRaw`
    update credit_positions p set coming_bases = coalesce((
      select jsonb_agg(jsonb_build_object('minor', l.amount_minor::text, 'from', l.valid_from) order by l.valid_from, l.id)
      from credit_limits l where l.tenant_id = p.tenant_id and l.position_id = p.id and l.kind = 'base' and l.origin = 'level'
        and l.state = 'agreed' and l.valid_from > ${ctx.now}), '[]')
    where p.tenant_id = ${ctx.tenantId}::uuid and p.id = ${positionId}::uuid`
}
