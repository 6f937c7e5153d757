import { type RevenueView, revenueViews } from '#app/reports/revenue/shape.ts'
import { idOf, monthOf, oneOf } from '#app/web/request/filters.ts'

/** What a revenue report's address asks for; from the first month of the year of `today` when it names none. */
export function revenueFilterOf(search: URLSearchParams, today: string) {
  const to = monthOf(search.get('to')) ?? today.slice(0, 7)
  const from = monthOf(search.get('from')) ?? `${to.slice(0, 4)}-01`
  return {
    from: from <= to ? from : to,
    to,
    by: oneOf<RevenueView>(revenueViews, search.get('by')) ?? 'product',
    accountId: idOf(search.get('account')) ?? null,
    product: search.get('product')?.slice(0, 2_000) || null,
  }
}
