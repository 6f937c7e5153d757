import { Decimal } from '#app/domain/money/decimal.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'
import type { ReRateScope } from './rerating.server.ts'

export type ReRateState = 'requested' | 'previewed' | 'approved' | 'applied' | 'refused' | 'failed'

export type ReRateRunRow = {
  readonly id: string
  readonly scope: ReRateScope
  readonly reason: string
  readonly state: ReRateState
  readonly requestedBy: string
  readonly approvedBy: string | null
}

/** Opens a run that waits for its dry run, under `id` where the caller has one already. Returns its id. */
export async function openReRateRun(
  ctx: TenantContext,
  run: { readonly id?: string; readonly scope: ReRateScope; readonly reason: string; readonly requestedBy: string },
): Promise<string> {
  const id = run.id ?? newId()
  const scope = { ...run.scope } as unknown as Prisma.InputJsonObject
  await ctx.db.reRateRun.createMany({ data: [{ tenantId: ctx.tenantId, ...run, id, scope, state: 'requested', requestedAt: ctx.now }] })
  return id
}

/** A run, held against anybody who moves it at the same time; undefined when the tenant has none such. */
export async function lockReRateRun(ctx: TenantContext, id: string): Promise<ReRateRunRow | undefined> {
  const [row] = await ctx.db.$queryRaw<ReRateRunRow[]>`
    select id, scope, reason, state, requested_by as "requestedBy", approved_by as "approvedBy" from rerate_runs
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for update`
  return row
}

type RunStep = { readonly from: ReRateState; readonly to: ReRateState }

/** Moves a run one state on; one that is elsewhere stays. `charges` is how many its lines stand for. */
export async function moveReRateRun(ctx: TenantContext, id: string, { from, to }: RunStep): Promise<void> {
  await ctx.db.$executeRaw`
    update rerate_runs r set state = ${to},
      finished_at = case when ${to} in ('applied', 'refused') then ${ctx.now}::timestamptz end,
      charges = (select coalesce(sum(l.charges), 0) from rerate_lines l where l.tenant_id = r.tenant_id and l.rerate_run_id = r.id)
    where r.tenant_id = ${ctx.tenantId}::uuid and r.id = ${id}::uuid and r.state = ${from}`
}

/** Notes who approved a run, and lets it be applied. */
export async function approveReRateRun(ctx: TenantContext, id: string, approvedBy: string): Promise<void> {
  await ctx.db.$executeRaw`
    update rerate_runs set state = 'approved', approved_by = ${approvedBy}, approved_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state = 'previewed'`
}

/** The difference of one contract and month. Amounts in major units of `currency`, before tax. */
export type NewReRateLine = {
  readonly accountId: string
  readonly contractId: string
  readonly billingPeriod: LocalDate
  readonly oldAmount: Decimal
  readonly newAmount: Decimal
  readonly currency: string
  readonly charges: number
}

/** Writes the lines of `contractIds` over those of an earlier try. */
export async function saveReRateLines(
  ctx: TenantContext,
  runId: string,
  contractIds: readonly string[],
  lines: readonly NewReRateLine[],
): Promise<void> {
  await ctx.db.$executeRaw`
    delete from rerate_lines where tenant_id = ${ctx.tenantId}::uuid and rerate_run_id = ${runId}::uuid and state = 'open'
      and contract_id = any (${contractIds}::uuid[])`
  if (lines.length === 0) return
  const text = (pick: (line: NewReRateLine) => string) => sqlArray(lines, pick)
  await ctx.db.$executeRaw`
    insert into rerate_lines (tenant_id, rerate_run_id, state, id, account_id, contract_id, billing_period, old_amount, new_amount, currency, charges)
    select ${ctx.tenantId}::uuid, ${runId}::uuid, 'open', l.*
    from unnest(${text(() => newId())}::uuid[], ${text((l) => l.accountId)}::uuid[], ${text((l) => l.contractId)}::uuid[],
      ${text((l) => l.billingPeriod)}::date[], ${text((l) => l.oldAmount.toFixed(12))}::numeric[],
      ${text((l) => l.newAmount.toFixed(12))}::numeric[], ${text((l) => l.currency)}::text[], ${text((l) => String(l.charges))}::int[]) as l`
}

/** The next contract of a run with lines that are not posted, and its months in order; undefined when all are. */
export async function nextOpenLines(
  ctx: TenantContext,
  runId: string,
): Promise<{ readonly contractId: string; readonly billingPeriods: readonly LocalDate[] } | undefined> {
  const [row] = await ctx.db.$queryRaw<{ contractId: string; billingPeriods: string[] }[]>`
    select contract_id as "contractId", array_agg(billing_period::text order by billing_period) as "billingPeriods"
    from rerate_lines where tenant_id = ${ctx.tenantId}::uuid and rerate_run_id = ${runId}::uuid and state = 'open'
    group by contract_id order by contract_id limit 1`
  return row
}

/** Marks a line posted with what really was posted: usage may have come since the dry run, and is in neither amount. */
export async function settleReRateLine(ctx: TenantContext, runId: string, line: NewReRateLine): Promise<void> {
  await ctx.db.$executeRaw`
    update rerate_lines set state = 'posted', old_amount = ${line.oldAmount.toFixed(12)}::numeric,
      new_amount = ${line.newAmount.toFixed(12)}::numeric, charges = ${line.charges}
    where tenant_id = ${ctx.tenantId}::uuid and rerate_run_id = ${runId}::uuid and contract_id = ${line.contractId}::uuid
      and billing_period = ${line.billingPeriod}::date and state = 'open'`
}

/** Marks what is left of a contract's lines posted with nothing: their months have no charges in scope any more. */
export async function settleEmptyLines(ctx: TenantContext, runId: string, contractId: string): Promise<void> {
  await ctx.db.$executeRaw`
    update rerate_lines set state = 'posted', new_amount = old_amount, charges = 0
    where tenant_id = ${ctx.tenantId}::uuid and rerate_run_id = ${runId}::uuid and contract_id = ${contractId}::uuid and state = 'open'`
}

/** Old and new amount of a run per currency, summed over its lines. */
export async function reRateTotals(
  ctx: TenantContext,
  runId: string,
): Promise<{ readonly currency: string; readonly oldAmount: Decimal; readonly newAmount: Decimal }[]> {
  const rows = await ctx.db.$queryRaw<{ currency: string; oldAmount: string; newAmount: string }[]>`
    select currency, sum(old_amount)::text as "oldAmount", sum(new_amount)::text as "newAmount" from rerate_lines
    where tenant_id = ${ctx.tenantId}::uuid and rerate_run_id = ${runId}::uuid group by currency order by currency`
  return rows.map((row) => ({ ...row, oldAmount: new Decimal(row.oldAmount), newAmount: new Decimal(row.newAmount) }))
}
