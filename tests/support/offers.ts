import { v7 } from 'uuid'
import { inTenant } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { delegatePlans } from '#app/services/offers/delegate-plans.server.ts'
import { publishOffers, resellersToInform } from '#app/services/offers/publish-offers.server.ts'
import { asOffice, type BuiltBook, buildPriceBook, buildProduct } from './builders.ts'
import { growTenant } from './tree.ts'

/** A provider that sells to a reseller by a book of its own, and the reseller's tenant. */
export type OfferedTo = {
  readonly provider: string
  readonly child: string
  /** The reseller's account in the provider's tenant. */
  readonly accountId: string
  readonly buyBook: BuiltBook
  readonly web1: string
  readonly web2: string
}

/**
 * A provider that sells Web 1 at 17.10 and Web 2 at 71.10 a month, with 0.10 a GB above the traffic that is included, to a reseller named
 * `slug`; nothing is delegated yet. Names are new in each test.
 */
export async function buildParentAndChild(slug: string, childCurrency = 'CHF'): Promise<OfferedTo> {
  const provider = await growTenant(`${slug}-provider`)
  const child = await growTenant(slug, provider)
  const web1 = await buildProduct(provider, 'Web 1')
  const web2 = await buildProduct(provider, 'Web 2')
  const buyBook = await buildPriceBook(provider, [
    { feeKind: 'recurring', price: '17.10', productId: web1 },
    { feeKind: 'recurring', price: '71.10', productId: web2 },
    { feeKind: 'usage', price: '0.10', meter: 'traffic.sent', productId: web1, included: '100' },
  ])
  const accountId = await inTenant(child, async ({ db, tenantId, now }) => {
    const book = { tenantId, id: v7(), code: 'sell', name: 'Sell', currency: childCurrency, isPublic: true, createdAt: now }
    await db.priceBook.createMany({ data: [book] })
    const tenant = await db.tenant.findUniqueOrThrow({ where: { tenantId }, select: { parentAccountId: true } })
    return tenant.parentAccountId ?? ''
  })
  await inTenant(provider, ({ db, tenantId }) =>
    db.contract.updateMany({ where: { tenantId, accountId }, data: { priceBookId: buyBook.priceBookId } }),
  )
  return { provider, child, accountId, buyBook, web1, web2 }
}

/** Lets the reseller sell both plans on, within a range of monthly prices in the buying currency. */
export async function delegateAll(
  { provider, accountId, web1, web2 }: OfferedTo,
  range: { floor?: string; ceiling?: string } = {},
): Promise<void> {
  const limits = {
    priceFloor: range.floor ? new Decimal(range.floor) : null,
    priceCeiling: range.ceiling ? new Decimal(range.ceiling) : null,
  }
  const lines = [web1, web2].map((productId) => ({ productId, ...limits }))
  const delegated = await asOffice(provider, (ctx) => delegatePlans(ctx, { accountId, lines }))
  if (!delegated.ok) throw new Error(delegated.error)
}

/** Tells every reseller of `tenantId` what it is offered, as the job does. Returns how many changes that was. */
export async function publishAll(tenantId: string): Promise<number> {
  let changes = 0
  for (const reseller of await resellersToInform(tenantId)) {
    const published = await publishOffers({ tenantId, ...reseller, actor: systemActor('offers') })
    changes += published.changes
  }
  return changes
}

/** The book the reseller sells by. */
export function sellBook(tenantId: string): Promise<string> {
  return inTenant(tenantId, async ({ db }) => {
    const book = await db.priceBook.findUniqueOrThrow({ where: { tenantId_code: { tenantId, code: 'sell' } }, select: { id: true } })
    return book.id
  })
}
