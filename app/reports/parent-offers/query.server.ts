import { readParentOffers } from '#app/db/catalog/parent-offers.server.ts'
import { isRateCard, rateCardCode } from '#app/db/catalog/price-desk.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { feeKeyOf, feesAt, type OfferedFee, readFees } from '#app/domain/pricing/markup/offered-fee.ts'
import type { DelegationOverviewRow, OfferChangeRow, OfferedPrice, OffersOverview } from './shape.ts'

/** What the parent offers and what changed of it; and what this tenant lets its own resellers sell on. Never anything of other levels. */
export async function readOffersOverview(ctx: TenantContext): Promise<OffersOverview> {
  const { db, tenantId, now } = ctx
  const tenant = await db.tenant.findUniqueOrThrow({ where: { tenantId }, select: { parentTenantId: true } })
  const offers = await readParentOffers(ctx)
  const resellers = await db.account.findMany({
    where: { tenantId, childTenantId: { not: null } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
    take: 500,
  })
  const books = await db.priceBook.findMany({
    where: { tenantId, partnerLevelId: null },
    select: { id: true, name: true, currency: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 200,
  })
  const products = await db.product.findMany({
    where: { tenantId, status: 'published', kind: { in: ['plan', 'app', 'bundle', 'service'] } },
    select: { id: true, name: true },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    take: 1_000,
  })
  return {
    hasParent: tenant.parentTenantId !== null,
    offers: offers.map((offer) => {
      const { id, code, name, currency, fees, priceFloor, priceCeiling, isWithdrawn, productId } = offer
      const range = { priceFloor: priceFloor?.toFixed() ?? null, priceCeiling: priceCeiling?.toFixed() ?? null }
      return {
        id,
        code,
        name,
        currency,
        prices: pricesOf(feesAt(fees, now)),
        isWithdrawn,
        productId,
        isRateCard: isRateCard(offer),
        ...range,
      }
    }),
    changes: await readChanges(ctx),
    books,
    resellers,
    delegations: await readDelegated(ctx),
    products: products.map(({ id, name }) => ({ id, name: name as Readonly<Record<string, string>> })),
  }
}

type ChangeRow = Omit<OfferChangeRow, 'before' | 'after'> & { readonly before: unknown; readonly after: unknown }

async function readChanges({ db, tenantId }: TenantContext): Promise<OfferChangeRow[]> {
  const rows = await db.$queryRaw<ChangeRow[]>`
    select c.id, c.kind, o.name, (o.code = ${rateCardCode} and o.spec = '{}') as "isRateCard", o.currency, c.effective_at as "effectiveAt", c.before, c.after
    from parent_offer_changes c join parent_offers o on o.tenant_id = c.tenant_id and o.id = c.parent_offer_id
    where c.tenant_id = ${tenantId}::uuid and c.resolved_at is null order by c.created_at, c.id limit 500`
  return rows.map(({ before, after, ...row }) => {
    const [was, is] = [feesIn(before), feesIn(after)]
    const isSame = (a: OfferedPrice, b: OfferedPrice) => a.key === b.key && a.price === b.price
    return {
      ...row,
      before: was.filter((price) => !is.some((other) => isSame(price, other))),
      after: is.filter((price) => !was.some((other) => isSame(price, other))),
    }
  })
}

/** The fees a change speaks of; those of other kinds speak of none. */
function feesIn(side: unknown): OfferedPrice[] {
  const fees = side && typeof side === 'object' && 'fees' in side ? side.fees : side
  return Array.isArray(fees) ? pricesOf(readFees(fees)) : []
}

function pricesOf(fees: readonly OfferedFee[]): OfferedPrice[] {
  return fees
    .filter(({ unitPrice }) => !unitPrice.isZero())
    .map((fee) => ({ key: feeKeyOf(fee), feeKind: fee.feeKind, meter: fee.meter, unit: fee.unit, price: fee.unitPrice.toFixed() }))
}

function readDelegated({ db, tenantId }: TenantContext): Promise<DelegationOverviewRow[]> {
  return db.$queryRaw<DelegationOverviewRow[]>`
    select d.id, d.account_id as "accountId", d.product_id as "productId", a.name as reseller, p.name as product, d.currency,
      trim_scale(d.price_floor)::text as "priceFloor", trim_scale(d.price_ceiling)::text as "priceCeiling"
    from plan_delegations d
    join accounts a on a.tenant_id = d.tenant_id and a.id = d.account_id
    join products p on p.tenant_id = d.tenant_id and p.id = d.product_id
    where d.tenant_id = ${tenantId}::uuid and d.withdrawn_at is null order by a.name, p.position, p.code limit 1000`
}
