import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type LimitState = 'waiting' | 'agreed' | 'refused' | 'withdrawn'

/** A dated row of a limit with who wanted it, why, and who decided. Amounts in minor units of the position's currency. */
export type CreditLimitRow = {
  readonly id: string
  readonly positionId: string
  readonly accountId: string
  readonly kind: 'base' | 'increase'
  readonly state: LimitState
  readonly amountMinor: bigint
  readonly validFrom: Date
  readonly validUntil: Date | null
  readonly reason: string
  /** As the contract began, of its own, or what its partner level brings. */
  readonly origin: 'contract' | 'own' | 'level'
  /** Whoever wanted it; null: the system. */
  readonly createdBy: string | null
  readonly createdAt: Date
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
}

/** The position that limits of an account are kept at, held until the transaction ends; undefined when it has none yet. */
export async function lockPosition(
  ctx: TenantContext,
  accountId: string,
): Promise<{ id: string; contractId: string; isWhole: boolean; hasLimit: boolean; currency: string } | undefined> {
  const [row] = await ctx.db.$queryRaw<{ id: string; contractId: string; isWhole: boolean; hasLimit: boolean; currency: string }[]>`
    select id, contract_id as "contractId", is_whole as "isWhole", has_limit as "hasLimit", currency from credit_positions
    where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid for no key update`
  return row
}

/** Opens the position of a department under its enterprise's contract, counted from its rows; nothing when the account is none. */
export async function openDepartmentPosition(ctx: TenantContext, accountId: string): Promise<void> {
  const opened = await ctx.db.$queryRaw<{ contractId: string }[]>`
    insert into credit_positions (tenant_id, contract_id, account_id, is_whole, currency, minor_digits, base_limit_minor, tax_rate, other_rates)
    select p.tenant_id, p.contract_id, a.id, false, p.currency, p.minor_digits, 0, p.tax_rate, p.other_rates
    from accounts a join credit_positions p on p.tenant_id = a.tenant_id and p.account_id = a.parent_account_id and p.is_whole
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${accountId}::uuid
    returning contract_id as "contractId"`
  for (const { contractId } of opened) await ctx.db.$executeRaw`select recount_credit(${ctx.tenantId}::uuid, ${contractId}::uuid)`
}

export type NewLimit = Pick<
  CreditLimitRow,
  'positionId' | 'accountId' | 'kind' | 'state' | 'amountMinor' | 'validFrom' | 'validUntil' | 'reason' | 'origin'
>

/** Saves a row of a limit and returns its id. */
export async function insertLimit(ctx: TenantContext, limit: NewLimit): Promise<string> {
  const id = newId()
  await ctx.db.creditLimit.createMany({
    data: [
      {
        ...limit,
        tenantId: ctx.tenantId,
        id,
        createdAt: ctx.now,
        createdBy: actorName(ctx.actor),
        isBySystem: ctx.actor.kind === 'system',
      },
    ],
  })
  return id
}

/** Notes what was decided about a row that waits. False when it waits no more. */
export async function decideLimitRow(ctx: TenantContext, id: string, state: 'agreed' | 'refused'): Promise<boolean> {
  const decided = await ctx.db.creditLimit.updateMany({
    where: { tenantId: ctx.tenantId, id, state: 'waiting' },
    data: { state, decidedBy: actorName(ctx.actor), decidedAt: ctx.now },
  })
  return decided.count > 0
}

/** A row by its id. */
export async function limitById(ctx: TenantContext, id: string): Promise<CreditLimitRow | null> {
  return (await ctx.db.creditLimit.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } } })) as CreditLimitRow | null
}

/** Every row of a position, the newest first, people by their names; at most 100. */
export function limitsOf(ctx: TenantContext, positionId: string): Promise<CreditLimitRow[]> {
  return ctx.db.$queryRaw<CreditLimitRow[]>`
    select l.id, l.position_id as "positionId", l.account_id as "accountId", l.kind, l.state, l.amount_minor as "amountMinor",
      l.valid_from as "validFrom", l.valid_until as "validUntil", l.reason, l.origin,
      case when not l.is_by_system then coalesce(a.name, l.created_by) end as "createdBy", l.created_at as "createdAt", coalesce(d.name, l.decided_by) as "decidedBy", l.decided_at as "decidedAt"
    from credit_limits l
    left join users a on a.tenant_id = l.tenant_id and a.id::text = l.created_by
    left join users d on d.tenant_id = l.tenant_id and d.id::text = l.decided_by
    where l.tenant_id = ${ctx.tenantId}::uuid and l.position_id = ${positionId}::uuid
    order by l.created_at desc, l.id desc limit 100`
}

/** Lets a base limit hold from now on; of a whole contract its terms say so, too. */
export async function applyBaseLimit(
  ctx: TenantContext,
  position: { id: string; contractId: string; isWhole: boolean },
  amountMinor: bigint,
): Promise<void> {
  const { tenantId } = ctx
  await ctx.db.creditPosition.updateMany({ where: { tenantId, id: position.id }, data: { baseLimitMinor: amountMinor, hasLimit: true } })
  if (position.isWhole)
    await ctx.db.contract.updateMany({ where: { tenantId, id: position.contractId }, data: { creditLimitMinor: amountMinor } })
}

/** Takes the limit of a department off: it is counted on, judged by its enterprise's alone. What was to add to it for a time goes with it. */
export async function takeLimitOff(ctx: TenantContext, positionId: string): Promise<void> {
  const { tenantId, now } = ctx
  await ctx.db.creditLimit.updateMany({
    where: { tenantId, positionId, kind: 'increase', state: { in: ['waiting', 'agreed'] }, validUntil: { gt: now } },
    data: { state: 'withdrawn' },
  })
  await ctx.db.creditPosition.updateMany({ where: { tenantId, id: positionId }, data: { hasLimit: false, increases: [] } })
}

/** Brings the increases that are agreed and not over to where the position is decided by. */
export async function applyIncreases(ctx: TenantContext, positionId: string): Promise<void> {
  await ctx.db.$executeRaw`
    update credit_positions p set increases = coalesce((
      select jsonb_agg(jsonb_build_object('minor', l.amount_minor::text, 'from', l.valid_from, 'until', l.valid_until) order by l.valid_from, l.id)
      from credit_limits l where l.tenant_id = p.tenant_id and l.position_id = p.id and l.kind = 'increase' and l.state = 'agreed'
        and l.valid_until > ${ctx.now}), '[]')
    where p.tenant_id = ${ctx.tenantId}::uuid and p.id = ${positionId}::uuid`
}

/** An increase that is agreed, with the currency it is in. */
export type EndingIncrease = Pick<CreditLimitRow, 'id' | 'accountId' | 'amountMinor' | 'validFrom'> & {
  readonly currency: string
  readonly validUntil: Date
}

/** Increases that hold and end within seven days, the first to end first; at most 1,000. */
export function endingIncreases(ctx: TenantContext): Promise<EndingIncrease[]> {
  const within = new Date(ctx.now.getTime() + 7 * 86_400_000)
  return ctx.db.$queryRaw<EndingIncrease[]>`
    select l.id, l.account_id as "accountId", p.currency, l.amount_minor as "amountMinor", l.valid_from as "validFrom", l.valid_until as "validUntil"
    from credit_limits l join credit_positions p on p.tenant_id = l.tenant_id and p.id = l.position_id
    where l.tenant_id = ${ctx.tenantId}::uuid and l.kind = 'increase' and l.state = 'agreed' and l.valid_from <= ${ctx.now}
      and l.valid_until > ${ctx.now} and l.valid_until <= ${within}
    order by l.valid_until, l.id limit 1000`
}
