import { type Money, money } from '#app/domain/money/money.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** What of a contract may be paid out by a day, in one currency; below zero it is a debit. */
export type Releasable = {
  readonly contractId: string
  readonly accountId: string
  readonly collected: Money
  readonly share: Money
  readonly tax: Money
  /** Not yet: held for a dispute, or before its day. */
  readonly held: Money
  readonly items: number
}

type ReleasableRow = Pick<Releasable, 'contractId' | 'accountId' | 'items'> & {
  readonly currency: string
  readonly collectedMinor: bigint
  readonly shareMinor: bigint
  readonly taxMinor: bigint
  readonly heldMinor: bigint
}

/** The same of every contract, or of one; those whose reserve is due are among them. Items of sales that are disputed wait, and those whose day has not come. */
export async function readReleasable(
  ctx: TenantContext,
  { through, contractId = null }: { readonly through: LocalDate; readonly contractId?: string | null },
): Promise<Releasable[]> {
  const rows = await ctx.db.$queryRaw<ReleasableRow[]>`
    with open as (
      select i.contract_id, i.account_id, i.currency, i.kind, i.amount_minor,
        i.release_on <= ${through}::date and s.held_at is null as is_free
      from settlement_items i join settlement_sales s on s.tenant_id = i.tenant_id and s.id = i.sale_id
      where i.tenant_id = ${ctx.tenantId}::uuid and i.payout_id is null and i.kind <> 'payable' and i.occurred_on <= ${through}::date
        and (${contractId}::uuid is null or i.contract_id = ${contractId}::uuid)
      union all
      select contract_id, account_id, currency, 'reserve', 0, true from payouts
      where tenant_id = ${ctx.tenantId}::uuid and reserve_freed_by is null and reserve_until <= ${through}::date
        and (${contractId}::uuid is null or contract_id = ${contractId}::uuid)
    )
    select o.contract_id as "contractId", o.account_id as "accountId", o.currency,
      coalesce(sum(o.amount_minor) filter (where o.is_free and o.kind = 'collected'), 0)::bigint as "collectedMinor",
      coalesce(sum(o.amount_minor) filter (where o.is_free and o.kind = 'share'), 0)::bigint as "shareMinor",
      coalesce(sum(o.amount_minor) filter (where o.is_free and o.kind = 'tax'), 0)::bigint as "taxMinor",
      coalesce(sum(o.amount_minor) filter (where not o.is_free), 0)::bigint as "heldMinor",
      count(*) filter (where o.is_free)::int as items
    from open o group by o.contract_id, o.account_id, o.currency order by o.contract_id, o.currency limit 10000`
  return rows.map(({ currency, collectedMinor, shareMinor, taxMinor, heldMinor, ...row }) => ({
    ...row,
    collected: money(collectedMinor, currency),
    share: money(shareMinor, currency),
    tax: money(taxMinor, currency),
    held: money(heldMinor, currency),
  }))
}

export type Place = { readonly contractId: string; readonly currency: string; readonly through: LocalDate }

/** Reserves of earlier payouts whose day has come and that no payout freed. */
export async function dueReserves(ctx: TenantContext, { contractId, currency, through }: Place): Promise<Money> {
  const [row] = await ctx.db.$queryRaw<[{ minor: bigint }]>`
    select coalesce(sum(reserve_minor), 0)::bigint as minor from payouts
    where tenant_id = ${ctx.tenantId}::uuid and contract_id = ${contractId}::uuid and currency = ${currency}
      and reserve_freed_by is null and reserve_until <= ${through}::date`
  return money(row.minor, currency)
}

export type RunState = 'waiting' | 'approved' | 'finished'
export type PayoutRunRow = {
  readonly id: string
  readonly through: LocalDate
  readonly state: RunState
  readonly isAboveLimit: boolean
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly approvedBy: string | null
  readonly approvedAt: Date | null
}

/** The run of a day; undefined when none was opened. */
export async function findRun(ctx: TenantContext, through: LocalDate): Promise<PayoutRunRow | undefined> {
  return (await runsWhere(ctx, { through, id: null }))[0]
}

/** Opens the run of a day, or finds the one that was opened. */
export async function openRun(
  ctx: TenantContext,
  run: { readonly through: LocalDate; readonly isAboveLimit: boolean },
): Promise<PayoutRunRow> {
  await ctx.db.$executeRaw`
    insert into payout_runs (tenant_id, id, through, state, is_above_limit, requested_by, requested_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${run.through}::date, 'waiting', ${run.isAboveLimit}, ${actorName(ctx.actor)}, ${ctx.now})
    on conflict (tenant_id, through) do nothing`
  const row = await findRun(ctx, run.through)
  if (!row) throw new Error(`the payout run of ${run.through} is not there`)
  return row
}

/** A run by its id, held until the transaction ends. */
export async function lockRun(ctx: TenantContext, id: string): Promise<PayoutRunRow | undefined> {
  await ctx.db.$executeRaw`select 1 from payout_runs where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for update`
  return (await runsWhere(ctx, { through: null, id }))[0]
}

/** The latest runs, the newest first; at most 50. */
export function listRuns(ctx: TenantContext): Promise<PayoutRunRow[]> {
  return runsWhere(ctx, { through: null, id: null })
}

function runsWhere(ctx: TenantContext, { through, id }: { through: LocalDate | null; id: string | null }): Promise<PayoutRunRow[]> {
  return ctx.db.$queryRaw<PayoutRunRow[]>`
    select id, through::text as through, state, is_above_limit as "isAboveLimit", requested_by as "requestedBy", requested_at as "requestedAt",
      approved_by as "approvedBy", approved_at as "approvedAt"
    from payout_runs where tenant_id = ${ctx.tenantId}::uuid and (${through}::date is null or through = ${through}::date)
      and (${id}::uuid is null or id = ${id}::uuid) order by through desc limit 50`
}

/** Lets a run go on, or ends it. */
export async function moveRun(ctx: TenantContext, id: string, state: 'approved' | 'finished'): Promise<void> {
  const approval = state === 'approved' ? { approvedBy: actorName(ctx.actor), approvedAt: ctx.now } : {}
  await ctx.db.payoutRun.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { state, ...approval } })
}

export type NewPayout = Place & {
  readonly runId: string
  readonly accountId: string
  readonly released: Money
  readonly tax: Money
  readonly freed: Money
  readonly offset: Money
  readonly reserve: Money
  readonly payout: Money
  readonly reserveUntil: LocalDate | null
  readonly invoiceId: string | null
}

/** Saves a payout with the items and freed reserves it is made of. Returns its id. */
export async function insertPayout(ctx: TenantContext, payout: NewPayout): Promise<string> {
  const id = newId()
  const { contractId, currency, through } = payout
  await ctx.db.$executeRaw`
    insert into payouts (tenant_id, id, run_id, account_id, contract_id, currency, through, state, released_minor, tax_minor, freed_minor,
      offset_minor, reserve_minor, payout_minor, reserve_until, invoice_id, created_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${payout.runId}::uuid, ${payout.accountId}::uuid, ${contractId}::uuid, ${currency},
      ${through}::date, 'made', ${payout.released.minor}, ${payout.tax.minor}, ${payout.freed.minor}, ${payout.offset.minor},
      ${payout.reserve.minor}, ${payout.payout.minor}, ${payout.reserveUntil}::date, ${payout.invoiceId}::uuid, ${ctx.now})`
  await ctx.db.$executeRaw`
    update payouts set reserve_freed_by = ${id}::uuid
    where tenant_id = ${ctx.tenantId}::uuid and contract_id = ${contractId}::uuid and currency = ${currency} and reserve_freed_by is null
      and reserve_until <= ${through}::date and id <> ${id}::uuid`
  await ctx.db.$executeRaw`
    update settlement_items i set payout_id = ${id}::uuid from settlement_sales s
    where s.tenant_id = i.tenant_id and s.id = i.sale_id and s.held_at is null and i.tenant_id = ${ctx.tenantId}::uuid
      and i.contract_id = ${contractId}::uuid and i.currency = ${currency} and i.payout_id is null and i.kind <> 'payable'
      and i.occurred_on <= ${through}::date and i.release_on <= ${through}::date`
  return id
}

/** Whether the payout of a contract, currency and day is made already. */
export async function isPayoutMade(ctx: TenantContext, { contractId, currency, through }: Place): Promise<boolean> {
  const where = { tenantId: ctx.tenantId, contractId, currency, through: new Date(through) }
  return (await ctx.db.payout.count({ where })) > 0
}

export type PayoutRow = {
  readonly id: string
  readonly runId: string
  readonly accountId: string
  readonly accountName: string
  readonly contractId: string
  readonly currency: string
  readonly through: LocalDate
  readonly state: 'made' | 'paid'
  readonly releasedMinor: bigint
  readonly taxMinor: bigint
  readonly freedMinor: bigint
  readonly offsetMinor: bigint
  readonly reserveMinor: bigint
  readonly payoutMinor: bigint
  readonly reserveUntil: LocalDate | null
  readonly invoiceId: string | null
  readonly invoiceNumber: string | null
  readonly bankReference: string | null
  readonly paidOn: LocalDate | null
  readonly createdAt: Date
}

export type PayoutFilter = { readonly id?: string; readonly runId?: string; readonly accountId?: string }

/** Payouts, the newest first; at most 200. */
export function listPayouts(ctx: TenantContext, { id, runId, accountId }: PayoutFilter): Promise<PayoutRow[]> {
  return ctx.db.$queryRaw<PayoutRow[]>`
    select p.id, p.run_id as "runId", p.account_id as "accountId", a.name as "accountName", p.contract_id as "contractId", p.currency,
      p.through::text as through, p.state, p.released_minor as "releasedMinor", p.tax_minor as "taxMinor", p.freed_minor as "freedMinor",
      p.offset_minor as "offsetMinor", p.reserve_minor as "reserveMinor", p.payout_minor as "payoutMinor",
      p.reserve_until::text as "reserveUntil", p.invoice_id as "invoiceId", i.number as "invoiceNumber",
      p.bank_reference as "bankReference", p.paid_on::text as "paidOn", p.created_at as "createdAt"
    from payouts p
    join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
    left join invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
    where p.tenant_id = ${ctx.tenantId}::uuid and (${id ?? null}::uuid is null or p.id = ${id ?? null}::uuid)
      and (${runId ?? null}::uuid is null or p.run_id = ${runId ?? null}::uuid)
      and (${accountId ?? null}::uuid is null or p.account_id = ${accountId ?? null}::uuid)
    order by p.through desc, a.name, p.id limit 200`
}

/** Notes that the bank paid a payout; false when it was noted before. */
export async function notePaid(
  ctx: TenantContext,
  { payoutId, paidOn, bankReference }: { readonly payoutId: string; readonly paidOn: LocalDate; readonly bankReference: string },
): Promise<boolean> {
  const changed = await ctx.db.payout.updateMany({
    where: { tenantId: ctx.tenantId, id: payoutId, state: 'made' },
    data: { state: 'paid', paidOn: new Date(paidOn), paidBy: actorName(ctx.actor), bankReference },
  })
  return changed.count === 1
}

/** An item of a payout as its statement lists it. */
export type PaidItem = {
  readonly kind: 'collected' | 'share' | 'tax'
  readonly occurredOn: LocalDate
  readonly paidMinor: bigint
  readonly chargeMinor: bigint
  readonly amountMinor: bigint
}

/** What a payout is made of, in order of date; at most 2,000. */
export function itemsOfPayout(ctx: TenantContext, payoutId: string): Promise<PaidItem[]> {
  return ctx.db.$queryRaw<PaidItem[]>`
    select kind, occurred_on::text as "occurredOn", paid_minor as "paidMinor", charge_minor as "chargeMinor", amount_minor as "amountMinor"
    from settlement_items where tenant_id = ${ctx.tenantId}::uuid and payout_id = ${payoutId}::uuid
    order by occurred_on, id limit 2000`
}

export type WaitingSale = {
  readonly saleId: string
  readonly accountName: string
  readonly currency: string
  readonly amountMinor: bigint
  readonly occurredOn: LocalDate
  readonly releaseOn: LocalDate
  readonly holdReason: string | null
}

/** Sales with money that no payout has yet, those held first; at most 100. */
export function waitingSales(ctx: TenantContext): Promise<WaitingSale[]> {
  return ctx.db.$queryRaw<WaitingSale[]>`
    select s.id as "saleId", a.name as "accountName", s.currency, sum(i.amount_minor)::bigint as "amountMinor",
      min(i.occurred_on)::text as "occurredOn", max(i.release_on)::text as "releaseOn", s.hold_reason as "holdReason"
    from settlement_items i
    join settlement_sales s on s.tenant_id = i.tenant_id and s.id = i.sale_id
    join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
    where i.tenant_id = ${ctx.tenantId}::uuid and i.payout_id is null and i.kind <> 'payable'
    group by s.id, a.name, s.currency, s.hold_reason order by s.hold_reason is null, max(i.release_on), s.id limit 100`
}
