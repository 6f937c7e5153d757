import type { Money } from '#app/domain/money/money.ts'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import type { StoreCatalog } from '#app/reports/store/shape.ts'
import { moneyOn } from '#app/ui/catalog/price-basis.ts'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { keepAWhile } from '#app/web/server/keep-a-while.server.ts'

/** What the store has to choose from, as far as the overview points at it. */
export type Shelf = {
  /** What the cheapest server costs in a month at most, tax included; null where none is sold. */
  readonly fromMonthly: Money | null
  readonly apps: readonly { readonly code: string; readonly name: string }[]
  readonly services: readonly { readonly code: string; readonly name: string }[]
}

const shownAtMost = 6
const kept = keepAWhile<Shelf>({ keepMs: 60_000, keepAtMost: 200 })

/** The shelf of the reader's store, made anew every minute: it is the same for all who read one language. */
export async function shelfOf(request: Request): Promise<Shelf> {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  return kept(`${tenant.tenantId} ${language}`, async () => toShelf(await asVisitor(request, (ctx) => readStoreCatalog(ctx, { language }))))
}

function toShelf(catalog: StoreCatalog | null): Shelf {
  const prices = (catalog?.plans ?? []).map(({ monthlyCap, tax }) => moneyOn('gross', monthlyCap, tax))
  const [cheapest = null] = prices.toSorted((a, b) => Number(a.minor - b.minor))
  return {
    fromMonthly: cheapest,
    apps: (catalog?.images ?? []).filter(({ family }) => family === 'app').slice(0, shownAtMost),
    services: (catalog?.bundles ?? []).slice(0, shownAtMost),
  }
}
