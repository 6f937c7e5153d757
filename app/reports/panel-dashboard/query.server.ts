import { listBouncedInUse } from '#app/db/bounced-addresses.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { ownPosition } from '#app/db/credit-positions.server.ts'
import { availableOf } from '#app/domain/credit/exposure.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, money } from '#app/domain/money/money.ts'
import { addDays, daysBetween, localDateOf } from '#app/domain/time/local-date.ts'
import { type SellerMonth, sellerMonth } from '../seller-month.server.ts'
import type { ServerState } from '../servers/shape.ts'
import { chargesByDay, sumAccrued, sumCharges, sumCredit, sumOpenInvoices } from '../spend.server.ts'
import type { Need, PanelDashboard } from './shape.ts'

/** The buyer's month so far against its forecast, and what needs a hand. Reads a panel scope. */
export async function readPanelDashboard(ctx: TenantContext): Promise<PanelDashboard> {
  const seller = await sellerMonth(ctx)
  const contract = await ctx.db.contract.findFirst({
    where: { tenantId: ctx.tenantId },
    select: { currency: true },
    orderBy: { createdAt: 'asc' },
  })
  const currency = contract?.currency ?? seller.currency
  const amount = (value: Decimal) => fromDecimal(value, currency)

  const now = await sumCharges(ctx, seller.month, currency)
  const open = await sumOpenInvoices(ctx, currency)
  const byDay = new Map(
    (await chargesByDay(ctx, { span: seller.month, currency, zone: seller.zone })).map(({ day, amount: value }) => [day, value]),
  )
  const first = localDateOf(seller.month.start, seller.zone)
  const daysInMonth = daysBetween(first, localDateOf(seller.month.end, seller.zone))
  const elapsed = new Decimal(Math.max(ctx.now.getTime() - seller.month.start.getTime(), 1))
  const pace = new Decimal(seller.month.end.getTime() - seller.month.start.getTime()).div(elapsed)
  return {
    asOf: ctx.now,
    monthStart: first,
    spendSoFar: amount(now.usage.plus(now.fees)),
    forecast: amount(now.usage.times(pace).plus(now.fees)),
    lastMonthSameDays: await lastMonthSameDays(ctx, seller, currency),
    due: money(open.openMinor, currency),
    accrued: amount(await sumAccrued(ctx, currency)),
    credit: money(await sumCredit(ctx, currency), currency),
    ...(await standing(ctx)),
    days: Array.from({ length: daysBetween(first, seller.today) + 1 }, (_, index) => {
      const day = addDays(first, index)
      return { day, amount: amount(byDay.get(day) ?? new Decimal(0)) }
    }),
    daysInMonth,
    servers: await countServers(ctx),
    needs: await readNeeds(ctx, seller.today),
  }
}

async function standing(ctx: TenantContext): Promise<Pick<PanelDashboard, 'reserved' | 'available'>> {
  const position = await ownPosition(ctx)
  return { reserved: position?.parts.reserved ?? null, available: position ? availableOf(position.limit, position.parts) : null }
}

async function lastMonthSameDays(ctx: TenantContext, seller: SellerMonth, currency: string) {
  const elapsed = ctx.now.getTime() - seller.month.start.getTime()
  const until = Math.min(seller.previous.start.getTime() + elapsed, seller.previous.end.getTime())
  const sums = await sumCharges(ctx, { start: seller.previous.start, end: new Date(until) }, currency)
  const total = sums.usage.plus(sums.fees)
  return total.isZero() ? null : fromDecimal(total, currency)
}

async function countServers(ctx: TenantContext): Promise<{ state: ServerState; count: number }[]> {
  return ctx.db.$queryRaw<{ state: ServerState; count: number }[]>`
    select r.state, count(*)::int as count from resources r
    where r.tenant_id = ${ctx.tenantId}::uuid and r.state <> 'deleted'
    group by r.state order by r.state`
}

async function readNeeds(ctx: TenantContext, today: string): Promise<Need[]> {
  const overdue = await ctx.db.$queryRaw<{ invoiceId: string; number: string; minor: bigint; currency: string; dueOn: string }[]>`
    select i.id as "invoiceId", i.number, (i.total_minor - s.paid_minor)::bigint as minor, i.currency, i.due_date::text as "dueOn"
    from invoices i join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
    where i.tenant_id = ${ctx.tenantId}::uuid and s.status in ('open', 'partly-paid', 'overdue') and i.due_date < ${today}::date
    order by i.due_date, i.id limit 5`
  const failed = await ctx.db.resource.findMany({
    where: { tenantId: ctx.tenantId, state: 'failed' },
    select: { id: true, name: true },
    orderBy: { createdAt: 'desc' },
    take: 5,
  })
  return [
    ...overdue.map(
      (row): Need => ({
        kind: 'invoice-overdue',
        invoiceId: row.invoiceId,
        number: row.number,
        amount: money(row.minor, row.currency),
        dueOn: row.dueOn,
      }),
    ),
    ...(await listBouncedInUse(ctx, null)).slice(0, 5).map(({ address }): Need => ({ kind: 'mail-bounced', address })),
    ...failed.map((row): Need => ({ kind: 'server-failed', serverId: row.id, name: row.name })),
  ]
}
