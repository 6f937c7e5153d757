import type { TenantContext } from '#app/db/context.server.ts'
import { type HoldEffect, stopsServices, unionOf } from '#app/domain/hold/hold-effect.ts'
import { fromDecimal, type Money, money } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { sellerMonth } from '../seller-month.server.ts'
import { sumCharges, sumOpenInvoices } from '../spend.server.ts'
import type { PanelShell } from './shape.ts'

/** What stands on every page of the panel, for the account in use. */
export async function readPanelShell(ctx: TenantContext, accountId: string): Promise<PanelShell> {
  const account = await ctx.db.account.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: accountId } },
    select: { name: true, status: true },
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
    hold: await readHold(ctx, accountId, money(open.overdueMinor, currency)),
  }
}

/** What holds the account back, without why: reasons of staff are not the buyer's. */
async function readHold(ctx: TenantContext, accountId: string, overdue: Money): Promise<PanelShell['hold']> {
  const holds = await ctx.db.accountHold.findMany({
    where: { tenantId: ctx.tenantId, accountId, liftedAt: null },
    select: { effect: true },
    take: 50,
  })
  const effect = unionOf(holds.map((hold) => hold.effect as HoldEffect))
  return effect && { isStopped: stopsServices(effect), missing: overdue.minor > 0n ? overdue : null }
}
