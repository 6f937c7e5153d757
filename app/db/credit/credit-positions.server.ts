import { type ExposureParts, ratedWithTax } from '#app/domain/credit/exposure.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { type Money, money, subtract } from '#app/domain/money/money.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { sqlArray } from '../sql-array.server.ts'

/** Where a contract stands, or a department of it that has a limit of its own. */
export type CreditPosition = {
  readonly id: string
  readonly contractId: string
  readonly accountId: string
  /** The whole contract; otherwise one department. */
  readonly isWhole: boolean
  readonly currency: string
  /** What holds at the present instant, increases included; and without them. */
  readonly limit: Money
  readonly baseLimit: Money
  /** In percent: what documents of this buyer carry. */
  readonly taxRate: Decimal
  readonly ratedNet: Decimal
  /** What the tax of that is more than at the ordinary rate, in major units. */
  readonly ratedTax: Decimal
  readonly parts: ExposureParts
  /** What is open of dunning's own fees: a part of `open` that holds nobody back. */
  readonly dunningFees: Money
}

type Row = {
  readonly id: string
  readonly contractId: string
  readonly accountId: string
  readonly isWhole: boolean
  readonly currency: string
  readonly limitMinor: bigint
  readonly baseLimitMinor: bigint
  readonly taxRate: string
  readonly ratedNet: string
  readonly ratedTax: string
  readonly openMinor: bigint
  readonly reservedMinor: bigint
  readonly prepaidMinor: bigint
  readonly unappliedMinor: bigint
  readonly dunningMinor: bigint
}

/** The limit of the row `p` at `at` without increases: a level may bring one on a day that came meanwhile. */
export const baseOfRow = (at: Date) => Prisma.sql`coalesce((
  select (b ->> 'minor')::bigint from jsonb_array_elements(p.coming_bases) b
  where (b ->> 'from')::timestamptz <= ${at} order by (b ->> 'from')::timestamptz desc limit 1), p.base_limit_minor)`

/** What may be owed at `at` by the row `p` alone: whoever waited for the row sees what another one left of it. */
export const limitOfRow = (at: Date) => Prisma.sql`(${baseOfRow(at)} + coalesce((
  select sum((i ->> 'minor')::bigint) from jsonb_array_elements(p.increases) i
  where (i ->> 'from')::timestamptz <= ${at} and (i ->> 'until')::timestamptz > ${at}), 0))`

/** What is owed and about to be by the row `p`, with the tax that documents of this buyer carry: products of another rate with their own. */
export const exposureOfRow = Prisma.sql`(p.open_minor + round((p.rated_net * (1 + p.tax_rate / 100) + p.rated_tax) * 10::numeric ^ p.minor_digits)
  + p.reserved_minor - p.prepaid_minor - p.unapplied_minor - p.collected_minor)`

/** The same as far as it holds anybody back: what dunning charged does not. */
export const exposureThatCounts = Prisma.sql`(${exposureOfRow} - p.dunning_minor)`

const columns = (
  at: Date,
) => Prisma.sql`p.id, p.contract_id as "contractId", p.account_id as "accountId", p.is_whole as "isWhole", p.currency,
  ${limitOfRow(at)}::bigint as "limitMinor", ${baseOfRow(at)}::bigint as "baseLimitMinor", trim_scale(p.tax_rate)::text as "taxRate",
  p.rated_net::text as "ratedNet", trim_scale(p.rated_tax)::text as "ratedTax", p.open_minor as "openMinor", p.reserved_minor as "reservedMinor", p.prepaid_minor as "prepaidMinor",
  (p.unapplied_minor + p.collected_minor)::bigint as "unappliedMinor", p.dunning_minor as "dunningMinor"`

function toPosition(row: Row): CreditPosition {
  const { id, contractId, accountId, isWhole, currency } = row
  const taxRate = new Decimal(row.taxRate)
  const [ratedNet, ratedTax] = [new Decimal(row.ratedNet), new Decimal(row.ratedTax)]
  const of = (minor: bigint) => money(minor, currency)
  return {
    id,
    contractId,
    accountId,
    isWhole,
    currency,
    taxRate,
    ratedNet,
    ratedTax,
    limit: of(row.limitMinor),
    baseLimit: of(row.baseLimitMinor),
    dunningFees: of(row.dunningMinor),
    parts: {
      open: of(row.openMinor),
      rated: ratedWithTax({ net: ratedNet, rate: taxRate, otherTax: ratedTax }, currency),
      reserved: of(row.reservedMinor),
      prepaid: of(row.prepaidMinor),
      unapplied: of(row.unappliedMinor),
    },
  }
}

/** A position as orders and steps are judged by it: without what dunning charged. */
export function withoutDunningFees(position: CreditPosition): CreditPosition {
  const { parts, dunningFees } = position
  return { ...position, parts: { ...parts, open: subtract(parts.open, dunningFees) } }
}

/** An order of an account under a contract. */
type Orderer = { readonly contractId: string; readonly accountId: string }

/** Whether an order is judged by the row `p`: by the whole contract, and by the account's own where it has a limit. */
export const isJudging = ({ tenantId }: TenantContext, { contractId, accountId }: Orderer) => Prisma.sql`
  p.tenant_id = ${tenantId}::uuid and p.contract_id = ${contractId}::uuid and p.has_limit and (p.is_whole or p.account_id = ${accountId}::uuid)`

/** Positions an order is judged by, in order of id. */
export async function positionsJudging(ctx: TenantContext, orderer: Orderer): Promise<CreditPosition[]> {
  const rows = await ctx.db.$queryRaw<
    Row[]
  >`select ${columns(ctx.now)} from credit_positions p where ${isJudging(ctx, orderer)} order by p.id`
  return rows.map(toPosition)
}

/** Positions of accounts, by account; those without a limit of their own are left out. */
export async function positionsOf(ctx: TenantContext, accountIds: readonly string[]): Promise<ReadonlyMap<string, CreditPosition>> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select ${columns(ctx.now)} from credit_positions p
    where p.tenant_id = ${ctx.tenantId}::uuid and p.has_limit and p.account_id = any (${[...accountIds]}::uuid[]) order by p.id`
  return new Map(rows.map((row) => [row.accountId, toPosition(row)]))
}

/** The whole position of a contract; undefined when the scope holds no such contract. */
export async function positionOfContract(ctx: TenantContext, contractId: string): Promise<CreditPosition | undefined> {
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select ${columns(ctx.now)} from credit_positions p
    where p.tenant_id = ${ctx.tenantId}::uuid and p.contract_id = ${contractId}::uuid and p.is_whole`
  return row && toPosition(row)
}

/** What the reader of a panel is judged by first: its own contract, or its department's limit; undefined where it has neither. */
export async function ownPosition(ctx: TenantContext): Promise<CreditPosition | undefined> {
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select ${columns(ctx.now)} from credit_positions p where p.tenant_id = ${ctx.tenantId}::uuid and p.has_limit order by p.is_whole desc, p.id limit 1`
  return row && toPosition(row)
}

/** In percent: what documents of a contract carry, and by product how much more or less those of another rate do. */
export type DocumentTax = { readonly ordinary: Decimal; readonly others: ReadonlyMap<string, Decimal> }

/**
 * Notes the tax that documents of these contracts carry now, where it is another one than noted. What is rated of products with a rate of their
 * own is then counted anew: whoever rates meanwhile waits for the position and counts by what is noted here.
 */
export async function saveTaxRates(ctx: TenantContext, taxes: ReadonlyMap<string, DocumentTax>): Promise<void> {
  if (taxes.size === 0) return
  const { tenantId } = ctx
  const rows = [...taxes].map(([contractId, { ordinary, others }]) => ({ contractId, ordinary, others: othersText(others) }))
  const changed = await ctx.db.$queryRaw<{ id: string }[]>`
    update credit_positions p set tax_rate = r.rate, other_rates = r.others::jsonb, rated_tax = case when r.others is null then 0 else p.rated_tax end
    from unnest(${sqlArray(rows, ({ contractId }) => contractId)}::uuid[], ${sqlArray(rows, ({ ordinary }) => ordinary.toFixed())}::numeric[],
      ${sqlArray(rows, ({ others }) => others)}::text[]) as r (contract_id, rate, others)
    where p.tenant_id = ${tenantId}::uuid and p.contract_id = r.contract_id
      and (p.tax_rate <> r.rate or p.other_rates is distinct from r.others::jsonb)
    returning p.id`
  if (changed.length === 0) return
  await ctx.db.$executeRaw`
    update credit_positions p set rated_tax = other_tax_of(p.tenant_id, p.id)
    where p.tenant_id = ${tenantId}::uuid and p.id = any (${changed.map(({ id }) => id)}::uuid[]) and p.other_rates is not null`
}

function othersText(others: DocumentTax['others']): string | null {
  return others.size === 0 ? null : JSON.stringify(Object.fromEntries([...others].map(([productId, rate]) => [productId, rate.toFixed()])))
}

/**
 * Contracts with services whose fees were not looked at on `today` yet, those longest ago first: among `contractIds`, or all of the seller's.
 */
export async function contractsWithUnseenFees(
  ctx: TenantContext,
  page: { readonly today: string; readonly contractIds: readonly string[] | null; readonly limit: number },
): Promise<string[]> {
  const { today, contractIds, limit } = page
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select p.contract_id as id from credit_positions p
    where p.tenant_id = ${ctx.tenantId}::uuid and p.is_whole and (p.fees_seen_on is null or p.fees_seen_on < ${today}::date)
      and (${contractIds}::uuid[] is null or p.contract_id = any (${contractIds}::uuid[]))
      and exists (select from subscriptions s where s.tenant_id = p.tenant_id and s.contract_id = p.contract_id and s.started_at <= ${ctx.now}
        and (s.ended_at is null or s.ended_at > ${ctx.now}::timestamptz - interval '8 days'))
    order by p.fees_seen_on nulls first, p.contract_id limit ${limit}`
  return rows.map(({ id }) => id)
}

/** Notes on which day of the seller the fees of contracts were looked at. */
export async function markFeesSeen(ctx: TenantContext, contractIds: readonly string[], today: string): Promise<void> {
  await ctx.db.creditPosition.updateMany({
    where: { tenantId: ctx.tenantId, isWhole: true, contractId: { in: [...contractIds] } },
    data: { feesSeenOn: new Date(today) },
  })
}

/** Services under contracts that began after `since`. */
export async function subscriptionsSince(ctx: TenantContext, contractIds: readonly string[], since: Date): Promise<string[]> {
  const rows = await ctx.db.subscription.findMany({
    where: { tenantId: ctx.tenantId, contractId: { in: [...contractIds] }, startedAt: { gt: since } },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id }) => id)
}
