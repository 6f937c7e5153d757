import { v7 } from 'uuid'
import { readParentOffers } from '#app/db/catalog/parent-offers.server.ts'
import { ProductDraft } from '#app/domain/catalog/product.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { importOffers } from '#app/services/offers/import-offers.server.ts'
import { saveMarkup } from '#app/services/offers/save-markup.server.ts'
import { type ChainedOrder, orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { type PlaceOrderInput, placeOrder } from '#app/services/orders/place-order.server.ts'
import { activateChain, attachChain, createServer } from '#app/services/orders/provision-order.server.ts'
import { addProduct, moveProduct } from '#app/services/products/save-product.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook } from '#tests/support/builders.ts'
import { buildParentAndChild, delegateAll, publishAll, sellBook } from '#tests/support/offers.ts'

/** A provider and its reseller that sell hours of work and a yearly licence, and a customer of the reseller in Austria. */
export type ServiceSellers = {
  readonly provider: string
  readonly reseller: string
  readonly accountId: string
  readonly priceBookId: string
  /** Of the reseller's own products. */
  readonly work: string
  readonly licence: string
}

const texts = {
  work: { name: 'Arbeitsstunden', description: 'Arbeit an Ihren Systemen' },
  licence: { name: 'Wartungslizenz', description: '' },
} as const

async function addService(tenantId: string, code: keyof typeof texts, terms: object): Promise<string> {
  const draft = ProductDraft.parse({ code, kind: 'service', ...terms })
  return asOffice(tenantId, async (ctx) => {
    const added = await addProduct(ctx, { draft, language: 'de', text: texts[code] })
    if (!added.ok) throw new Error(added.error)
    await moveProduct(ctx, { productId: added.value.productId, state: 'published' })
    return added.value.productId
  })
}

/**
 * Work at 80.00 an hour, once, and a licence at 180.00 a year with a term of a year: staff of the provider make both, the reseller takes
 * them over on 20 May with a quarter on top, from June on. Names are new in each test.
 */
export async function sellServices(): Promise<ServiceSellers> {
  const chain = await buildParentAndChild(`services-${v7().slice(-12)}`, 'EUR')
  const { provider, child: reseller } = chain
  const work = await addService(provider, 'work', { saleUnit: 'hour', mostUnits: '40' })
  const licence = await addService(provider, 'licence', { saleUnit: 'piece', termMonths: '12' })
  const buyBook = await buildPriceBook(provider, [
    { feeKind: 'setup', price: '80.00', productId: work },
    { feeKind: 'recurring', price: '180.00', productId: licence, interval: 'year' },
  ])
  await asOffice(provider, async ({ db }) => {
    await db.tenant.updateMany({ where: { tenantId: provider }, data: { country: 'DE', vatId: 'DE123456788', timeZone: 'Europe/Berlin' } })
    await db.contract.updateMany({ where: { tenantId: provider }, data: { priceBookId: buyBook.priceBookId } })
    await db.account.updateMany({ where: { tenantId: provider }, data: { vatId: 'ATU12345675', vatIdStatus: 'valid' } })
  })
  await asOffice(reseller, ({ db }) => db.tenant.updateMany({ where: { tenantId: reseller }, data: { vatId: 'ATU12345675' } }))
  await delegateAll({ ...chain, web1: work, web2: licence })
  await publishAll(provider)
  const priceBookId = await sellBook(reseller)
  const own = await takeOver(reseller, priceBookId)
  const accountId = await buildAccount(reseller, { name: 'Tischlerei Huber OG', country: 'AT' })
  await buildContract(reseller, { accountId, priceBookId })
  return { provider, reseller, accountId, priceBookId, work: own.get(work) ?? '', licence: own.get(licence) ?? '' }
}

/** Takes all offers over with a mark-up of a quarter. Returns the reseller's products by those of the parent. */
async function takeOver(reseller: string, priceBookId: string): Promise<ReadonlyMap<string, string>> {
  const every = { productId: null, productGroup: null, feeKind: null, floor: null, amount: null, exchange: null }
  const rules = [{ ...every, method: 'percent', rate: new Decimal('0.25'), rounding: 'minor' } as const]
  return asOffice(reseller, async (ctx) => {
    const saved = await saveMarkup(ctx, { priceBookId, rules })
    if (!saved.ok) throw new Error(saved.error)
    const offerIds = (await readParentOffers(ctx)).map(({ id }) => id)
    const validFrom = new Date('2026-05-31T22:00:00Z')
    const imported = await importOffers(ctx, { offerIds, priceBookId, validFrom, reason: null })
    if (!imported.ok) throw new Error(imported.error)
    return new Map((await readParentOffers(ctx)).map(({ parentProductId, productId }) => [parentProductId, productId ?? '']))
  })
}

/** Places an order of the customer's. Every call is an order of its own. */
export function orderService(
  { reseller: tenantId, accountId }: ServiceSellers,
  facts: Pick<PlaceOrderInput, 'planCode'> & Partial<PlaceOrderInput>,
) {
  return placeOrder({
    tenantId,
    accountIds: [accountId],
    accountId,
    idempotencyKey: v7(),
    addressHash: accountId,
    actor: { kind: 'system', name: 'test' },
    ...facts,
  })
}

/** Places it and carries it out at every level at `startedAt`, as the job does. Returns the chain, the customer's order first. */
export async function beginService(
  sellers: ServiceSellers,
  facts: Parameters<typeof orderService>[1],
  startedAt: Date,
): Promise<readonly ChainedOrder[]> {
  const order = await orderService(sellers, facts)
  if (!order.ok) throw new Error(order.error)
  const chain = await orderUpstream({ tenantId: sellers.reseller, orderId: order.value.orderId })
  if (!chain.ok) throw new Error(chain.error)
  if ((await createServer(cloudPorts, chain.value)) !== null) throw new Error('a service built a server')
  await attachChain(chain.value, null)
  await activateChain(chain.value, null, startedAt)
  return chain.value
}
