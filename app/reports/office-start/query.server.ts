import type { TenantContext } from '#app/db/context.server.ts'
import { readInvariantCheck } from '#app/db/invariants/invariant-checks.server.ts'
import { fromDecimal, money } from '#app/domain/money/money.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { listSilentOrders } from '../apps/silent-orders.server.ts'
import { countBounced } from '../deliveries/query.server.ts'
import { countOpenReviews } from '../screening/query.server.ts'
import { countOpenSignUps } from '../screening/sign-ups.server.ts'
import { monthName, type SellerMonth, sellerMonth } from '../seller-month.server.ts'
import { chargesByDay, sumAccrued, sumCharges, sumOpenInvoices } from '../spend.server.ts'
import { countWaitingTickets } from '../tickets/query.server.ts'
import { countPausedEndpoints } from '../webhooks/query.server.ts'
import type { OfficeShell, OfficeStart } from './shape.ts'

/** What stands on every page of the office. `failedJobs` comes from the job runtime. */
export async function readOfficeShell(ctx: TenantContext, failedJobs: number): Promise<OfficeShell> {
  const tenant = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId: ctx.tenantId }, select: { legalName: true, kind: true } })
  const partner = await ctx.db.account.findFirst({ where: { tenantId: ctx.tenantId, childTenantId: { not: null } }, select: { id: true } })
  const cloud = await ctx.db.cloudConnection.findFirst({ where: { tenantId: ctx.tenantId }, select: { id: true } })
  return {
    sellerName: tenant.legalName,
    kind: tenant.kind as OfficeShell['kind'],
    hasPartners: partner !== null,
    hasClouds: cloud !== null,
    quarantined: await ctx.db.usageQuarantine.count({ where: { tenantId: ctx.tenantId, state: 'open' } }),
    failedJobs,
    waitingTickets: await countWaitingTickets(ctx),
  }
}

/** What somebody may decide: of billing runs, and of orders that wait. */
type RunRights = { readonly mayApprove: boolean; readonly mayWrite: boolean; readonly mayReview: boolean }
type StartFacts = { readonly failedJobs: number; readonly rights: RunRights }

/** The seller's month so far and what needs a hand; runs and orders that wait only for those who may let them go on. */
export async function readOfficeStart(ctx: TenantContext, { failedJobs, rights }: StartFacts): Promise<OfficeStart> {
  const seller = await sellerMonth(ctx)
  const { currency } = seller
  const last = await sumCharges(ctx, seller.previous, currency)
  const open = await sumOpenInvoices(ctx, currency)
  const days = await chargesByDay(ctx, { span: seller.month, currency, zone: seller.zone })
  return {
    asOf: ctx.now,
    month: monthName(seller.today),
    accruedNet: fromDecimal(await sumAccrued(ctx, currency), currency),
    lastMonthNet: fromDecimal(last.usage.plus(last.fees), currency),
    open: money(open.openMinor, currency),
    overdue: money(open.overdueMinor, currency),
    accounts: await ctx.db.account.count({ where: { tenantId: ctx.tenantId, status: 'active' } }),
    servers: await ctx.db.resource.count({
      where: { tenantId: ctx.tenantId, kind: 'server', state: { in: ['building', 'running', 'stopped'] } },
    }),
    days: days.map(({ day, amount }) => ({ day, amount: fromDecimal(amount, currency) })),
    needs: await readNeeds(ctx, { seller, failedJobs, rights, overdue: open.overdue, overdueMinor: open.overdueMinor }),
  }
}

type NeedFacts = StartFacts & { readonly seller: SellerMonth; readonly overdue: number; readonly overdueMinor: bigint }

async function readNeeds(ctx: TenantContext, facts: NeedFacts): Promise<OfficeStart['needs']> {
  const { seller } = facts
  const quarantined = await ctx.db.usageQuarantine.count({ where: { tenantId: ctx.tenantId, state: 'open' } })
  const lastMonth = localDateOf(seller.previous.start, seller.zone)
  const billed = await ctx.db.billingRun.findFirst({
    where: { tenantId: ctx.tenantId, periodStart: new Date(`${lastMonth}T00:00:00Z`), state: 'finished' },
    select: { id: true },
  })
  const bounced = await countBounced(ctx)
  const paused = await countPausedEndpoints(ctx)
  const reviews = facts.rights.mayReview ? await countOpenReviews(ctx) : 0
  const signUps = facts.rights.mayReview ? await countOpenSignUps(ctx) : 0
  const silent = (await listSilentOrders(ctx)).length
  const check = await readInvariantCheck(ctx)
  const broken = check?.findings.length ?? 0
  return [
    ...(broken > 0 ? [{ kind: 'broken-invariants', count: broken } as const] : []),
    ...(reviews > 0 ? [{ kind: 'order-review', count: reviews } as const] : []),
    ...(signUps > 0 ? [{ kind: 'sign-up-review', count: signUps } as const] : []),
    ...(silent > 0 ? [{ kind: 'apps-silent', count: silent } as const] : []),
    ...(bounced > 0 ? [{ kind: 'mail-bounced', count: bounced } as const] : []),
    ...(paused > 0 ? [{ kind: 'webhook-paused', count: paused } as const] : []),
    ...(quarantined > 0 ? [{ kind: 'quarantine', count: quarantined } as const] : []),
    ...(facts.failedJobs > 0 ? [{ kind: 'failed-jobs', count: facts.failedJobs } as const] : []),
    ...(billed ? [] : [{ kind: 'month-unbilled', month: monthName(lastMonth) } as const]),
    ...(facts.overdue > 0 ? [{ kind: 'overdue', count: facts.overdue, amount: money(facts.overdueMinor, seller.currency) } as const] : []),
    ...(await waitingRuns(ctx, facts.rights)),
  ]
}

/** Runs that wait for a person, newest first, at most three of each kind: held as a whole, or with drafts set aside. */
async function waitingRuns(ctx: TenantContext, { mayApprove, mayWrite }: RunRights): Promise<OfficeStart['needs']> {
  const { tenantId } = ctx
  const newest = { orderBy: { startedAt: 'desc' }, take: 3 } as const
  const held = mayApprove
    ? await ctx.db.billingRun.findMany({ where: { tenantId, state: 'held' }, select: { id: true, periodEnd: true }, ...newest })
    : []
  const parked = mayWrite
    ? await ctx.db.billingRun.findMany({ where: { tenantId, parked: { gt: 0 } }, select: { id: true, parked: true }, ...newest })
    : []
  return [
    ...held.map(({ id, periodEnd }) => ({ kind: 'held-run', runId: id, periodEnd: periodEnd.toISOString().slice(0, 10) }) as const),
    ...parked.map((run) => ({ kind: 'parked-drafts', runId: run.id, count: run.parked }) as const),
  ]
}
