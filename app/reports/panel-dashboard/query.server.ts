import type { TenantContext } from '#app/db/context.server.ts'
import { ownPosition, withoutDunningFees } from '#app/db/credit/credit-positions.server.ts'
import { availableOf, exposureOf, usedPercent } from '#app/domain/credit/exposure.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, type Money, zero } from '#app/domain/money/money.ts'
import { addDays, daysBetween, localDateOf } from '#app/domain/time/local-date.ts'
import { type SellerMonth, sellerMonth } from '../seller-month.server.ts'
import { readOwnMoney } from './own-money.server.ts'
import { readOwnThings } from './own-things.server.ts'
import type { Need, PanelDashboard } from './shape.ts'

/** From which share of a limit on its buyer is told, in percent. */
const nearPercent = 80

type DashboardReader = { readonly language: string; readonly accountId: string }

/** The buyer's month so far against its forecast, what it has, and what needs a hand. Reads a panel scope, in a few statements however much there is. */
export async function readPanelDashboard(ctx: TenantContext, reader: DashboardReader): Promise<PanelDashboard> {
  const seller = await sellerMonth(ctx)
  const contract = await ctx.db.contract.findFirst({
    where: { tenantId: ctx.tenantId },
    select: { currency: true },
    orderBy: { createdAt: 'asc' },
  })
  const currency = contract?.currency ?? seller.currency
  const own = await readOwnMoney(ctx, { currency, today: seller.today })
  const things = await readOwnThings(ctx, { ...reader, today: seller.today })
  const standing = await readStanding(ctx)
  return {
    asOf: ctx.now,
    ...(await readSpend(ctx, seller, currency)),
    due: own.due,
    accrued: own.accrued,
    credit: own.credit,
    reserved: standing?.reserved ?? null,
    available: standing?.available ?? null,
    servers: things.servers,
    newestServers: things.newestServers,
    subscriptions: things.subscriptions,
    newestSubscriptions: things.newestSubscriptions,
    tickets: things.tickets,
    needs: [...own.needs, ...things.needs, ...(standing ? limitNeeds(standing) : [])],
  }
}

type SpendRow = { readonly day: string; readonly usage: string; readonly fees: string; readonly before: string }

/** The running month by day, and how much of the last one was spent at the same time of it: both months in one pass. */
async function readSpend(ctx: TenantContext, { zone, month, previous, today }: SellerMonth, currency: string) {
  const elapsedMs = ctx.now.getTime() - month.start.getTime()
  const until = new Date(Math.min(previous.start.getTime() + elapsedMs, previous.end.getTime()))
  const rows = await ctx.db.$queryRaw<SpendRow[]>`
    select (c.period_start at time zone ${zone})::date::text as day,
      coalesce(sum(c.amount) filter (where c.fee_kind = 'usage'), 0)::text as usage,
      coalesce(sum(c.amount) filter (where c.fee_kind <> 'usage'), 0)::text as fees,
      coalesce(sum(c.amount) filter (where c.period_start < ${until}), 0)::text as before
    from charges c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.currency = ${currency} and c.period_start >= ${previous.start} and c.period_start < ${month.end}
    group by 1 order by 1`
  const first = localDateOf(month.start, zone)
  const amount = (value: Decimal) => fromDecimal(value, currency)
  const sum = (some: readonly SpendRow[], pick: (row: SpendRow) => string) =>
    some.reduce((total, row) => total.plus(pick(row)), new Decimal(0))
  const running = rows.filter(({ day }) => day >= first)
  const usage = sum(running, (row) => row.usage)
  const fees = sum(running, (row) => row.fees)
  const before = sum(rows, (row) => row.before)
  const pace = new Decimal(month.end.getTime() - month.start.getTime()).div(Math.max(elapsedMs, 1))
  const byDay = new Map(running.map((row) => [row.day, new Decimal(row.usage).plus(row.fees)]))
  return {
    monthStart: first,
    spendSoFar: amount(usage.plus(fees)),
    forecast: amount(usage.times(pace).plus(fees)),
    lastMonthSameDays: before.isZero() ? null : amount(before),
    days: Array.from({ length: daysBetween(first, today) + 1 }, (_, index) => {
      const day = addDays(first, index)
      return { day, amount: amount(byDay.get(day) ?? new Decimal(0)) }
    }),
    daysInMonth: daysBetween(first, localDateOf(month.end, zone)),
  }
}

type Standing = { readonly reserved: Money; readonly available: Money; readonly percent: number | null }

/** What orders hold of the reader's own limit, and what is left of it; null without a limit to be judged by. */
async function readStanding(ctx: TenantContext): Promise<Standing | null> {
  const position = await ownPosition(ctx)
  if (!position) return null
  const { parts, limit } = withoutDunningFees(position)
  return {
    reserved: position.parts.reserved,
    available: availableOf(position.limit, position.parts),
    percent: usedPercent(limit, exposureOf(parts)),
  }
}

function limitNeeds({ percent, available }: Standing): Need[] {
  if (percent === null || percent < nearPercent) return []
  return [{ kind: 'limit-near', available: available.minor > 0n ? available : zero(available.currency) }]
}
