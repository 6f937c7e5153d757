import type { TenantContext } from '#app/db/context.server.ts'
import type { ReRateScope } from '#app/db/usage/rerating.server.ts'
import { offsetOf, pageSize } from '../paging.ts'
import type { ReRateDetail, ReRateItem, ReRateLineView, ReRateTotal } from './shape.ts'

type RunRow = Omit<ReRateItem, 'totals' | 'from' | 'through'> & { readonly requestedById: string; readonly scope: ReRateScope }

/** Re-ratings of the tenant, newest first, at most 200. */
export async function listReRatings(ctx: TenantContext): Promise<ReRateItem[]> {
  const rows = await readRuns(ctx, null)
  const totals = await readTotals(
    ctx,
    rows.map(({ id }) => id),
  )
  return rows.map(({ scope, requestedById: _id, ...row }) => ({
    ...row,
    from: scope.from,
    through: scope.through,
    totals: totals.get(row.id) ?? [],
  }))
}

/** One re-rating with a page of its lines, the largest difference first; undefined when the tenant has none such. */
export async function readReRating(ctx: TenantContext, id: string, page: number): Promise<ReRateDetail | undefined> {
  const [row] = await readRuns(ctx, id)
  if (!row) return undefined
  const { scope, ...head } = row
  const rows = await ctx.db.$queryRaw<ReRateLineView[]>`
    select l.id, l.account_id as "accountId", a.name as "accountName", l.billing_period::text as "billingPeriod",
      trim_scale(l.old_amount)::text as "oldAmount", trim_scale(l.new_amount)::text as "newAmount",
      trim_scale(l.new_amount - l.old_amount)::text as difference, l.currency, l.charges, l.state
    from rerate_lines l join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
    where l.tenant_id = ${ctx.tenantId}::uuid and l.rerate_run_id = ${id}::uuid
    order by abs(l.new_amount - l.old_amount) desc, a.name, l.id limit ${pageSize} offset ${offsetOf(page)}`
  const totals = (await readTotals(ctx, [id])).get(id) ?? []
  return { ...head, from: scope.from, through: scope.through, totals, scope: await scopeInWords(ctx, scope), rows, page, pageSize }
}

function readRuns(ctx: TenantContext, id: string | null): Promise<RunRow[]> {
  return ctx.db.$queryRaw<RunRow[]>`
    select r.id, r.reason, r.state, r.scope, r.requested_by as "requestedById", coalesce(u.name, r.requested_by) as "requestedBy",
      r.requested_at as "requestedAt", coalesce(v.name, r.approved_by) as "approvedBy", r.approved_at as "approvedAt",
      r.finished_at as "finishedAt", count(l.id)::int as lines, count(l.id) filter (where l.state = 'posted')::int as posted
    from rerate_runs r
    left join rerate_lines l on l.tenant_id = r.tenant_id and l.rerate_run_id = r.id
    left join users u on u.tenant_id = r.tenant_id and u.id::text = r.requested_by
    left join users v on v.tenant_id = r.tenant_id and v.id::text = r.approved_by
    where r.tenant_id = ${ctx.tenantId}::uuid and (${id}::uuid is null or r.id = ${id}::uuid)
    group by r.tenant_id, r.id, u.name, v.name
    order by r.requested_at desc, r.id desc limit 200`
}

async function readTotals(ctx: TenantContext, runIds: readonly string[]): Promise<Map<string, ReRateTotal[]>> {
  const rows = await ctx.db.$queryRaw<(ReRateTotal & { runId: string })[]>`
    select rerate_run_id as "runId", currency, trim_scale(sum(old_amount))::text as "oldAmount", trim_scale(sum(new_amount))::text as "newAmount",
      trim_scale(sum(new_amount - old_amount))::text as difference
    from rerate_lines where tenant_id = ${ctx.tenantId}::uuid and rerate_run_id = any (${runIds}::uuid[])
    group by rerate_run_id, currency order by rerate_run_id, currency`
  const totals = new Map<string, ReRateTotal[]>()
  for (const { runId, ...total } of rows) totals.set(runId, [...(totals.get(runId) ?? []), total])
  return totals
}

async function scopeInWords(ctx: TenantContext, scope: ReRateScope): Promise<ReRateDetail['scope']> {
  const { tenantId } = ctx
  const books = await ctx.db.$queryRaw<{ name: string }[]>`
    select name from price_books where tenant_id = ${tenantId}::uuid and id = any (${scope.priceBookIds}::uuid[]) order by name`
  const versions = await ctx.db.$queryRaw<{ name: string }[]>`
    select b.name || ' ' || v.number as name from price_versions v join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    where v.tenant_id = ${tenantId}::uuid and v.id = any (${scope.priceVersionIds}::uuid[]) order by 1`
  const products = await ctx.db.$queryRaw<{ name: Record<string, string> }[]>`
    select name from products where tenant_id = ${tenantId}::uuid and id = any (${scope.productIds}::uuid[]) order by position, code`
  const accounts = await ctx.db.$queryRaw<{ name: string }[]>`
    select name from accounts where tenant_id = ${tenantId}::uuid and id = any (${scope.accountIds}::uuid[]) order by name`
  const names = <T>(rows: readonly { readonly name: T }[]) => rows.map(({ name }) => name)
  return { books: names(books), versions: names(versions), products: names(products), meters: scope.meters, accounts: names(accounts) }
}

/** Versions that were corrected and are withdrawn, newest first: what a re-rating is usually about. */
export function withdrawnVersions(
  ctx: TenantContext,
): Promise<
  { readonly id: string; readonly bookName: string; readonly number: number; readonly withdrawnAt: Date; readonly validFrom: Date }[]
> {
  return ctx.db.$queryRaw`
    select v.id, b.name as "bookName", v.number, v.withdrawn_at as "withdrawnAt", v.valid_from as "validFrom"
    from price_versions v join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    where v.tenant_id = ${ctx.tenantId}::uuid and v.withdrawn_at is not null order by v.withdrawn_at desc, v.id limit 100`
}

/** Buyers by name, at most 1000. */
export function accountOptions(ctx: TenantContext): Promise<{ readonly id: string; readonly name: string }[]> {
  return ctx.db.$queryRaw`select id, name from accounts where tenant_id = ${ctx.tenantId}::uuid order by name, id limit 1000`
}
