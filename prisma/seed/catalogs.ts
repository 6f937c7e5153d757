import type { NewMarkup } from '#app/db/catalog/markup.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { openReferenceCatalog } from '#app/services/catalog/keep-channels.server.ts'
import { delegatePlans } from '#app/services/offers/delegate-plans.server.ts'
import { publishOffers } from '#app/services/offers/publish-offers.server.ts'
import { saveMarkup } from '#app/services/offers/save-markup.server.ts'
import { tenantOf } from './accounts.ts'
import type { SeededSeller, Slug } from './sellers.ts'

type Sellers = ReadonlyMap<Slug, SeededSeller>
type Edge = {
  readonly child: Slug
  readonly parent: Slug
  readonly markup: NewMarkup
  /** Of the books in other currencies, by their code. */
  readonly others?: Readonly<Record<string, NewMarkup>>
}

const markup = (rate: string, exchange: NewMarkup['exchange'] = null): NewMarkup => ({
  productId: null,
  productGroup: null,
  feeKind: null,
  method: 'percent',
  rate: new Decimal(rate),
  amount: null,
  rounding: 'up-90',
  floor: null,
  exchange,
})
const typedIn = (from: string, rate: string) => ({ from, rate: new Decimal(rate), source: 'ECB', date: '2026-06-05' })

/** Who sells whose plans on, and what it adds. Parents first: a child can only sell on what it is offered. */
const edges: readonly Edge[] = [
  { child: 'ahorn', parent: 'meridian', markup: markup('0.35') },
  { child: 'lakeside', parent: 'meridian', markup: markup('0.4', typedIn('EUR', '0.94')), others: { 'retail-eur': markup('0.4') } },
  { child: 'nakhla', parent: 'lakeside', markup: markup('0.3', typedIn('CHF', '4.5')) },
]

/** A reference catalog and a channel for every seller; the plans each reseller sells on, as its parent offers them. Safe to repeat. */
export async function seedCatalogs(sellers: Sellers): Promise<void> {
  for (const slug of sellers.keys()) {
    await inTenant(tenantOf(sellers, slug), (ctx) => openReferenceCatalog(ctx, { catalog: 'Reference', channel: 'Store' }))
  }
  for (const edge of edges) await seedEdge(sellers, edge)
}

async function seedEdge(sellers: Sellers, { child, parent, markup: rule, others }: Edge): Promise<void> {
  const [tenantId, childTenantId] = [tenantOf(sellers, parent), tenantOf(sellers, child)]
  const accountId = sellers.get(child)?.parentAccountId ?? ''
  const sold = [...(sellers.get(child)?.products.keys() ?? [])]
  const productIds = sold.flatMap((code) => sellers.get(parent)?.products.get(code) ?? [])
  const isNew = (await inTenant(tenantId, ({ db }) => db.planDelegation.count({ where: { tenantId, accountId } }))) === 0
  if (isNew) {
    const lines = productIds.map((productId) => ({ productId, priceFloor: null, priceCeiling: null }))
    const delegated = await inTenant(tenantId, (ctx) => delegatePlans(ctx, { accountId, lines }))
    invariant(delegated.ok, `plans of ${child}: ${delegated.ok ? '' : delegated.error}`)
  }
  await publishOffers({ tenantId, accountId, childTenantId, actor: systemActor('seed') })
  await inTenant(childTenantId, async (ctx) => {
    for (const [code, each] of Object.entries({ retail: rule, ...others })) await seedMarkup(ctx, code, each)
  })
}

async function seedMarkup(ctx: TenantContext, code: string, rule: NewMarkup): Promise<void> {
  const { tenantId } = ctx
  const book = await ctx.db.priceBook.findUniqueOrThrow({ where: { tenantId_code: { tenantId, code } }, select: { id: true } })
  const known = await ctx.db.markupRule.count({ where: { tenantId, priceBookId: book.id } })
  if (known === 0) await saveMarkup(ctx, { priceBookId: book.id, rules: [rule] })
}
