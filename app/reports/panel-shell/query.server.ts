import type { TenantContext } from '#app/db/context.server.ts'
import { fromDecimal } from '#app/domain/money/money.ts'
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
  return {
    accountName: account.name,
    accountPublicId: toPublicId('account', accountId),
    spendSoFar: fromDecimal(sums.usage.plus(sums.fees), currency),
    overdueInvoices: (await sumOpenInvoices(ctx, currency)).overdue,
    restriction: account.status === 'active' ? null : (account.status as 'suspended' | 'closed'),
  }
}
