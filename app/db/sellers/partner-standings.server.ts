import { Decimal } from '#app/domain/money/decimal.ts'
import type { DiscountScope } from '#app/domain/promo/discount.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** A reseller with its level now and the one that is to begin next. */
export type ResellerRow = {
  readonly accountId: string
  readonly name: string
  readonly contractId: string
  readonly currency: string
  readonly levelId: string | null
  readonly levelSince: Date | null
  readonly nextLevelId: string | null
  readonly nextLevelFrom: Date | null
}

/** The seller's resellers by name; only those of `accountIds` when given. */
export async function readResellers(ctx: TenantContext, accountIds: readonly string[] | null = null): Promise<ResellerRow[]> {
  return ctx.db.$queryRaw<ResellerRow[]>`
    select a.id as "accountId", a.name, c.id as "contractId", c.currency, present.partner_level_id as "levelId",
      present.valid_from as "levelSince", next.partner_level_id as "nextLevelId", next.valid_from as "nextLevelFrom"
    from accounts a
    join contracts c on c.tenant_id = a.tenant_id and c.account_id = a.id
    left join partner_level_assignments present on present.tenant_id = a.tenant_id and present.account_id = a.id
      and present.valid_from <= ${ctx.now} and (present.valid_to is null or present.valid_to > ${ctx.now})
    left join lateral (
      select n.partner_level_id, n.valid_from from partner_level_assignments n
      where n.tenant_id = a.tenant_id and n.account_id = a.id and n.valid_from > ${ctx.now}
        and n.partner_level_id is distinct from present.partner_level_id
      order by n.valid_from limit 1
    ) next on true
    where a.tenant_id = ${ctx.tenantId}::uuid and a.child_tenant_id is not null
      and (${accountIds}::uuid[] is null or a.id = any (${accountIds}::uuid[]))
    order by a.name, a.id`
}

export type TurnoverRow = { readonly accountId: string; readonly month: string; readonly currency: string; readonly netMinor: bigint }

/** Net of the finalised invoices of each reseller, less what was credited, by the month they are about (`YYYY-MM`), from the month `from` until before `until`. Void ones do not count. */
export async function readTurnover(
  ctx: TenantContext,
  { from, until }: { readonly from: string; readonly until: string },
): Promise<TurnoverRow[]> {
  const rows = await ctx.db.$queryRaw<(Omit<TurnoverRow, 'netMinor'> & { netMinor: string })[]>`
    select i.account_id as "accountId", to_char(i.period_start, 'YYYY-MM') as month, i.currency, sum(case i.document_type when 'credit-note' then -i.net_minor else i.net_minor end)::text as "netMinor"
    from invoices i
    join accounts a on a.tenant_id = i.tenant_id and a.id = i.account_id and a.child_tenant_id is not null
    join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
    where i.tenant_id = ${ctx.tenantId}::uuid and s.status <> 'void' and i.document_type not in ('pro-forma', 'prepayment-receipt') and i.period_start >= ${`${from}-01`}::date
      and i.period_start < ${`${until}-01`}::date
    group by i.account_id, 2, i.currency`
  return rows.map((row) => ({ ...row, netMinor: BigInt(row.netMinor) }))
}

export type OverdueRow = { readonly accountId: string; readonly month: string; readonly days: number }

/** The longest time an invoice of each month was unpaid after its due date, in days until paid or until `today`. */
export async function readOverdue(
  ctx: TenantContext,
  { from, today }: { readonly from: string; readonly today: string },
): Promise<OverdueRow[]> {
  return ctx.db.$queryRaw<OverdueRow[]>`
    select i.account_id as "accountId", to_char(i.period_start, 'YYYY-MM') as month,
      max(greatest(0, case when s.status = 'paid' then s.changed_at::date else ${today}::date end - i.due_date))::int as days
    from invoices i
    join accounts a on a.tenant_id = i.tenant_id and a.id = i.account_id and a.child_tenant_id is not null
    join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
    where i.tenant_id = ${ctx.tenantId}::uuid and s.status not in ('void', 'issued') and i.period_start >= ${`${from}-01`}::date and i.total_minor > 0
    group by i.account_id, 2`
}

export type ChargedSumRow = {
  readonly accountId: string
  readonly currency: string
  readonly scope: DiscountScope | null
  readonly productGroup: string | null
  readonly percent: Decimal | null
  readonly amount: Decimal
}

/**
 * What resellers were charged of the billing months from `from` until before `until`, summed up by scope, product group and the
 * percentage that made the price of the list's; null where the price is of the contract's own.
 */
export async function readChargedSums(
  ctx: TenantContext,
  { from, until }: { readonly from: string; readonly until: string },
): Promise<ChargedSumRow[]> {
  const rows = await ctx.db.$queryRaw<(Omit<ChargedSumRow, 'percent' | 'amount'> & { percent: string | null; amount: string })[]>`
    select c.payer_account_id as "accountId", c.currency, p.product_group as "productGroup",
      case when c.fee_kind = 'setup' then 'setup' when c.fee_kind in ('recurring', 'renewal') then 'recurring'
        when c.fee_kind = 'usage' then case when r.included > 0 then 'overage' else 'usage' end end as scope,
      case when b.partner_level_id is not null then coalesce(r.basis -> 'level' ->> 'percent', '0') when b.is_public then '0' end as percent,
      sum(c.amount)::text as amount
    from charges c
    join accounts a on a.tenant_id = c.tenant_id and a.id = c.payer_account_id and a.child_tenant_id is not null
    join price_rules r on r.tenant_id = c.tenant_id and r.id = c.price_rule_id
    join price_versions v on v.tenant_id = c.tenant_id and v.id = c.price_version_id
    join price_books b on b.tenant_id = c.tenant_id and b.id = v.price_book_id
    left join products p on p.tenant_id = c.tenant_id and p.id = r.product_id
    where c.tenant_id = ${ctx.tenantId}::uuid and c.billing_period >= ${`${from}-01`}::date and c.billing_period < ${`${until}-01`}::date
    group by 1, 2, 3, 4, 5`
  return rows.map(({ percent, amount, ...row }) => ({
    ...row,
    percent: percent === null ? null : new Decimal(percent),
    amount: new Decimal(amount),
  }))
}

export type AssignmentInput = { readonly accountId: string; readonly levelId: string; readonly validFrom: Date; readonly reason: string }

/**
 * Gives a reseller a level from `validFrom` on: the one it has ends then, one that was to begin later becomes this one.
 * Returns the id of the assignment that begins then.
 */
export async function assignPartnerLevel(ctx: TenantContext, { accountId, levelId, validFrom, reason }: AssignmentInput): Promise<string> {
  const createdBy = actorName(ctx.actor)
  await ctx.db.$executeRaw`
    update partner_level_assignments set partner_level_id = ${levelId}::uuid, reason = ${reason}
    where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid and valid_from >= ${validFrom}`
  await ctx.db.$executeRaw`
    update partner_level_assignments set valid_to = ${validFrom}
    where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid and valid_from < ${validFrom}
      and (valid_to is null or valid_to > ${validFrom})`
  await ctx.db.$executeRaw`
    insert into partner_level_assignments (tenant_id, id, account_id, partner_level_id, valid_from, valid_to, reason, created_by, created_at)
    select ${ctx.tenantId}::uuid, ${newId()}::uuid, ${accountId}::uuid, ${levelId}::uuid, ${validFrom},
      (select min(valid_from) from partner_level_assignments
       where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid and valid_from >= ${validFrom}),
      ${reason}, ${createdBy}, ${ctx.now}
    where not exists (select 1 from partner_level_assignments
      where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid and valid_from = ${validFrom})`
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from partner_level_assignments
    where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid and valid_from = ${validFrom}`
  return row?.id ?? ''
}

/** A level that began or is to begin, with the one before it. */
export type AssignmentRow = {
  readonly id: string
  readonly accountId: string
  readonly levelId: string
  readonly formerLevelId: string | null
  readonly validFrom: Date
  readonly reason: string
}

/** Levels that have begun by now and are not in the log yet. */
export async function readUnloggedMoves(ctx: TenantContext): Promise<AssignmentRow[]> {
  return ctx.db.$queryRaw<AssignmentRow[]>`
    select n.id, n.account_id as "accountId", n.partner_level_id as "levelId", f.partner_level_id as "formerLevelId", n.valid_from as "validFrom", n.reason
    from partner_level_assignments n
    left join partner_level_assignments f on f.tenant_id = n.tenant_id and f.account_id = n.account_id and f.valid_to = n.valid_from
    where n.tenant_id = ${ctx.tenantId}::uuid and n.valid_from <= ${ctx.now} and not exists (
      select 1 from audit_entries e where e.tenant_id = n.tenant_id and e.subject_kind = 'partner-level-assignment'
        and e.subject_id = n.id::text and e.action = 'partner-level.moved')
    order by n.valid_from, n.id`
}

/** Levels that are to begin. */
export async function readComingMoves(ctx: TenantContext): Promise<AssignmentRow[]> {
  return ctx.db.$queryRaw<AssignmentRow[]>`
    select n.id, n.account_id as "accountId", n.partner_level_id as "levelId", f.partner_level_id as "formerLevelId", n.valid_from as "validFrom", n.reason
    from partner_level_assignments n
    left join partner_level_assignments f on f.tenant_id = n.tenant_id and f.account_id = n.account_id and f.valid_to = n.valid_from
    where n.tenant_id = ${ctx.tenantId}::uuid and n.valid_from > ${ctx.now}
      and n.partner_level_id is distinct from f.partner_level_id
    order by n.valid_from, n.id`
}
