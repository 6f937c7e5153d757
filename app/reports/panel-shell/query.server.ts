import type { TenantContext } from '#app/db/context.server.ts'
import { ownPosition, withoutDunningFees } from '#app/db/credit/credit-positions.server.ts'
import { NoticeFacts } from '#app/domain/budget/notice.ts'
import { exposureOf } from '#app/domain/credit/exposure.ts'
import { signUpStanding } from '#app/domain/fraud/risk-hold.ts'
import { type HoldEffect, stopsServices, unionOf } from '#app/domain/hold/hold-effect.ts'
import { fromDecimal, type Money, money, subtract } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { sellerMonth } from '../seller-month.server.ts'
import { sumCharges, sumOpenInvoices } from '../spend.server.ts'
import type { PanelShell } from './shape.ts'

/** What stands on every page of the panel, for the account in use. */
export async function readPanelShell(ctx: TenantContext, accountId: string): Promise<PanelShell> {
  const account = await ctx.db.account.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: accountId } },
    select: { name: true, status: true, parentAccountId: true },
  })
  const seller = await sellerMonth(ctx)
  const contract = await ctx.db.contract.findFirst({
    where: { tenantId: ctx.tenantId },
    select: { currency: true },
    orderBy: { createdAt: 'asc' },
  })
  const currency = contract?.currency ?? seller.currency
  const sums = await sumCharges(ctx, seller.month, currency)
  const open = await sumOpenInvoices(ctx, currency)
  return {
    accountName: account.name,
    accountPublicId: toPublicId('account', accountId),
    spendSoFar: fromDecimal(sums.usage.plus(sums.fees), currency),
    overdueInvoices: open.overdue,
    restriction: account.status === 'active' ? null : (account.status as 'suspended' | 'closed'),
    isDepartment: account.parentAccountId !== null,
    service: await readService(ctx, accountId),
    hold: await readHold(ctx, accountId, money(open.overdueMinor, currency)),
  }
}

const serviceDays = 30

/** What goes on or is planned where the account has something, as it was told of it last. */
async function readService(ctx: TenantContext, accountId: string): Promise<PanelShell['service']> {
  const since = new Date(ctx.now.getTime() - serviceDays * 86_400_000)
  const rows = await ctx.db.$queryRaw<{ facts: Record<string, unknown> }[]>`
    select distinct on (n.facts ->> 'noticeId') n.facts from notices n
    where n.tenant_id = ${ctx.tenantId}::uuid and n.account_id = ${accountId}::uuid and n.code = 'service-notice' and n.is_shown and n.at > ${since}
    order by n.facts ->> 'noticeId' desc, n.at desc, n.id desc limit 20`
  return rows
    .map(({ facts }) => NoticeFacts.parse({ code: 'service-notice', ...facts }))
    .flatMap((notice) => (notice.code === 'service-notice' && notice.state !== 'resolved' ? [notice] : []))
    .slice(0, 3)
}

/** What holds the account back, without why: reasons of staff are not the buyer's. */
async function readHold(ctx: TenantContext, accountId: string, overdue: Money): Promise<PanelShell['hold']> {
  const holds = await ctx.db.accountHold.findMany({
    where: { tenantId: ctx.tenantId, accountId, liftedAt: null },
    select: { effect: true, source: true, reason: true },
    take: 50,
  })
  const effect = unionOf(holds.map((hold) => hold.effect as HoldEffect))
  if (!effect) return null
  const beyond = holds.some(({ source }) => source === 'credit') ? await readBeyondLimit(ctx) : null
  const missing = overdue.minor > 0n ? { why: 'overdue' as const, amount: overdue } : beyond && { why: 'limit' as const, amount: beyond }
  return { isStopped: stopsServices(effect), signUp: signUpStanding(holds), missing }
}

/** By how much what is owed exceeds the limit; null when it does not. */
async function readBeyondLimit(ctx: TenantContext): Promise<Money | null> {
  const own = await ownPosition(ctx)
  const position = own && withoutDunningFees(own)
  const beyond = position && subtract(exposureOf(position.parts), position.limit)
  return beyond && beyond.minor > 0n ? beyond : null
}
