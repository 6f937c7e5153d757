import type { TenantContext } from '#app/db/context.server.ts'
import { type Sql, sql } from '#app/db/sql.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal } from '#app/domain/money/money.ts'
import type { UsageGrouping } from '#app/domain/project/usage-grouping.ts'
import { addDays, daysBetween } from '#app/domain/time/local-date.ts'
import { joinsOf, spanOf, whereOf } from './charges.server.ts'
import type { UsageChoices, UsageFilter, UsageFocus, UsageGroup, UsagePicture } from './shape.ts'

/** The most groups a page shows; the total counts all of them. */
const mostShown = 1_000
/** The most groups a file holds. */
export const mostWritten = 50_000

type GroupRow = {
  readonly ref: string | null
  readonly name: string | null
  readonly names: Readonly<Record<string, string>> | null
  readonly currency: string
  readonly exact: string
  readonly charges: number
  readonly meter: string | null
  readonly unit: string | null
  readonly unitPrice: string | null
  readonly quantity: string | null
}

type AskedGroups = { readonly by: UsageGrouping; readonly tagKey?: string | undefined; readonly most?: number }

/**
 * What was charged for the service of a period, put together as `by` says and by day, net: one pass over the charges for each. Sums are
 * exact and each is rounded once; the total is the sum of the charges, not of rounded rows. A charge belongs to the project and the labels
 * its resource had when the charged period began.
 */
export async function readUsagePicture(
  ctx: TenantContext,
  { by, tagKey = '', most = mostShown, ...filter }: UsageFilter & AskedGroups,
): Promise<UsagePicture> {
  const daily = await readDays(ctx, filter)
  const currencies = [...new Set(daily.map(({ currency }) => currency))].sort()
  const currency = currencies.find((code) => code === filter.currency) ?? currencies[0] ?? (await usualCurrency(ctx))
  const own = daily.filter((day) => day.currency === currency)
  const rows = own.length > 0 ? await readGroups(ctx, { by, tagKey, most, filter: { ...filter, currency } }) : []
  const perDay = new Map(own.map(({ day, exact }) => [day, exact]))
  const amount = (exact: string | number | Decimal) => fromDecimal(new Decimal(exact), currency)
  return {
    groups: rows.slice(0, most).map((row, place) => groupOf(row, place, filter.language)),
    isCut: rows.length > most,
    total: amount(own.reduce((sum, { exact }) => sum.plus(exact), new Decimal(0))),
    days: Array.from({ length: daysBetween(filter.from, filter.to) + 1 }, (_, place) => {
      const day = addDays(filter.from, place)
      return { day, amount: amount(perDay.get(day) ?? 0) }
    }),
    currencies,
    currency,
    asOf: await lastCharged(ctx, filter),
  }
}

function readDays(
  ctx: TenantContext,
  { currency: _all, ...filter }: UsageFilter,
): Promise<{ day: string; currency: string; exact: string }[]> {
  return ctx.db.$queryRaw`
    select (c.period_start at time zone ${filter.zone})::date::text as day, c.currency, sum(c.amount)::text as exact
    from charges c ${joinsOf('day', filter, '')} ${whereOf(ctx, filter)}
    group by 1, 2 order by 1, 2`
}

type Grouped = { readonly by: UsageGrouping; readonly tagKey: string; readonly most: number; readonly filter: UsageFilter }

function readGroups(ctx: TenantContext, { by, tagKey, most, filter }: Grouped): Promise<GroupRow[]> {
  const { ref, name, names, order } = columnsOf(by, filter)
  const isLine = by === 'what'
  const line = isLine
    ? sql`coalesce(c.meter, c.fee_kind) as meter, c.unit, trim_scale(c.unit_price)::text as "unitPrice", trim_scale(sum(c.quantity))::text as quantity`
    : sql`null as meter, null as unit, null as "unitPrice", null as quantity`
  return ctx.db.$queryRaw`
    with grouped as (
      select ${ref} as ref, ${name} as name, c.currency, trim_scale(sum(c.amount))::text as exact, sum(c.amount) as amount,
        count(*)::int as charges, ${line}
      from charges c ${joinsOf(by, filter, tagKey)} ${whereOf(ctx, filter)}
      group by 1, c.currency ${isLine ? sql`, c.resource_name, coalesce(c.meter, c.fee_kind), c.unit, c.unit_price` : sql``}
    )
    select g.ref, ${names} as names, coalesce(${nameOf(by)}, g.name) as name, g.currency, g.exact, g.charges, g.meter, g.unit, g."unitPrice",
      g.quantity
    from grouped g ${namedBy(ctx, by)}
    order by ${order} limit ${most + 1}`
}

type Columns = { readonly ref: Sql; readonly name: Sql; readonly names: Sql; readonly order: Sql }

/** What tells the groups apart, and how they are ordered: days by time, everything else by what it costs. */
function columnsOf(by: UsageGrouping, { zone }: UsageFilter): Columns {
  const [none, cost] = [sql`null::jsonb`, sql`g.amount desc, g.ref nulls last, g.name nulls last`]
  const resourceName = sql`max(c.resource_name)`
  switch (by) {
    case 'day':
      return { ref: sql`(c.period_start at time zone ${zone})::date::text`, name: sql`null::text`, names: none, order: sql`g.ref` }
    case 'resource':
      return { ref: sql`place.resource_id::text`, name: resourceName, names: none, order: cost }
    case 'project':
      return { ref: sql`placed.project_id::text`, name: sql`null::text`, names: none, order: cost }
    case 'tag':
      return { ref: sql`tagged.value`, name: sql`null::text`, names: none, order: cost }
    case 'product':
      return { ref: sql`coalesce(c.product_id, s.product_id)::text`, name: sql`null::text`, names: sql`n.name`, order: cost }
    case 'what':
      return {
        ref: sql`place.resource_id::text`,
        name: resourceName,
        names: none,
        order: sql`g.name nulls last, g.meter, g."unitPrice"::numeric, g.ref nulls last`,
      }
  }
}

function nameOf(by: UsageGrouping): Sql {
  return by === 'project' || by === 'resource' || by === 'what' ? sql`n.name` : sql`null::text`
}

/** The table that knows what the groups are called. */
function namedBy({ tenantId }: TenantContext, by: UsageGrouping): Sql {
  if (by === 'project') return sql`left join projects n on n.tenant_id = ${tenantId}::uuid and n.id = g.ref::uuid`
  if (by === 'resource' || by === 'what') return sql`left join resources n on n.tenant_id = ${tenantId}::uuid and n.id = g.ref::uuid`
  return by === 'product' ? sql`left join products n on n.tenant_id = ${tenantId}::uuid and n.id = g.ref::uuid` : sql``
}

function groupOf(row: GroupRow, place: number, language: string): UsageGroup {
  const { ref, names, currency, exact, charges, meter, unit, unitPrice, quantity } = row
  const name = names ? (names[language] ?? names.en ?? Object.values(names)[0] ?? null) : row.name
  const line = meter !== null && unit !== null && unitPrice !== null && quantity !== null ? { meter, unit, unitPrice, quantity } : null
  return { key: `${place}|${ref ?? ''}`, ref, name, amount: fromDecimal(new Decimal(exact), currency), exact, charges, line }
}

async function usualCurrency(ctx: TenantContext): Promise<string> {
  const contract = await ctx.db.contract.findFirst({
    where: { tenantId: ctx.tenantId },
    select: { currency: true },
    orderBy: { createdAt: 'asc' },
  })
  return contract?.currency ?? 'EUR'
}

async function lastCharged(ctx: TenantContext, filter: UsageFilter): Promise<Date | null> {
  const { start, end } = spanOf(filter)
  const [row] = await ctx.db.$queryRaw<{ at: Date | null }[]>`
    select max(c.period_end) as at from charges c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.fee_kind = 'usage' and c.period_start >= ${start} and c.period_start < ${end}
      ${filter.accountIds ? sql`and c.account_id = any (${[...filter.accountIds]}::uuid[])` : sql``}`
  return row?.at ?? null
}

/** Projects and labels to choose from, as far as the scope sees them: of `accountIds`, of all without. */
export async function readUsageChoices(ctx: TenantContext, accountIds?: readonly string[]): Promise<UsageChoices> {
  const of = accountIds ? { accountId: { in: [...accountIds] } } : {}
  const projects = await ctx.db.project.findMany({
    where: { tenantId: ctx.tenantId, ...of },
    select: { id: true, name: true },
    orderBy: [{ state: 'asc' }, { name: 'asc' }, { id: 'asc' }],
    take: 500,
  })
  const tags = await ctx.db.resourceTag.findMany({
    where: { tenantId: ctx.tenantId, ...of },
    select: { key: true, value: true },
    distinct: ['key', 'value'],
    orderBy: [{ key: 'asc' }, { value: 'asc' }],
    take: 500,
  })
  return { projects, tags: tags.map(({ key, value }) => `${key}=${value}`), keys: [...new Set(tags.map(({ key }) => key))] }
}

/** What the resource and the product are called that charges are looked at of. */
export async function readUsageFocus(
  ctx: TenantContext,
  { resourceId, productId, language }: Pick<UsageFilter, 'resourceId' | 'productId' | 'language'>,
): Promise<UsageFocus> {
  const { tenantId } = ctx
  const named = (id: string) => ({ where: { tenantId_id: { tenantId, id } } })
  const resource = resourceId ? await ctx.db.resource.findUnique({ ...named(resourceId), select: { name: true } }) : null
  const product = productId ? await ctx.db.product.findUnique({ ...named(productId), select: { name: true } }) : null
  const names = (product?.name ?? {}) as Readonly<Record<string, string>>
  return { resource: resource?.name ?? null, product: names[language] ?? names.en ?? null }
}

/** An account with its departments, for the office; null when the scope holds no such account. */
export async function readUsageAccount(ctx: TenantContext, id: string): Promise<{ name: string; accountIds: string[] } | null> {
  const family = await ctx.db.account.findMany({
    where: { tenantId: ctx.tenantId, OR: [{ id }, { parentAccountId: id }] },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
    take: 1_000,
  })
  const account = family.find((member) => member.id === id)
  return account ? { name: account.name, accountIds: family.map((member) => member.id) } : null
}
