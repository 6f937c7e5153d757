import { readMargin } from '#app/reports/margin/query.server.ts'
import { type MarginReport, type MarginView, marginViews } from '#app/reports/margin/shape.ts'
import { boughtSide } from '#app/reports/margin/sides.server.ts'
import { sellerMonth } from '#app/reports/seller-month.server.ts'
import { inParent, parentAccountOf } from '#app/services/purchases/in-parent.server.ts'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { filterOf, monthOf, oneOf } from '#app/web/request/filters.ts'

export type MarginPage = { readonly month: string; readonly by: MarginView; readonly report: MarginReport }

/**
 * The margin that an address asks for: last month by product unless it says otherwise. The two sides meet here alone, each read with the
 * rights of its own level.
 */
export async function readMarginPage(request: Request): Promise<MarginPage> {
  const { tenant } = await staffOf(request, 'ledger:read')
  const search = filterOf(request)
  const by = oneOf<MarginView>(marginViews, search.get('by')) ?? 'product'
  const asked = monthOf(search.get('month'))
  const month = asked ?? (await asStaff(request, 'ledger:read', lastMonth))
  const parent = await parentAccountOf(tenant.tenantId)
  const bought = parent ? await inParent(parent, (ctx) => boughtSide(ctx, `${month}-01`, by)) : []
  return { month, by, report: await asStaff(request, 'ledger:read', (ctx) => readMargin(ctx, { month, by, bought })) }
}

async function lastMonth(ctx: Parameters<typeof sellerMonth>[0]): Promise<string> {
  const { today } = await sellerMonth(ctx)
  const [year = 0, month = 0] = today.split('-').map(Number)
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
}
