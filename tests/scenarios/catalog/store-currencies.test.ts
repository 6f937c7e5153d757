import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inStore, type TenantContext } from '#app/db/context.server.ts'
import { readStoreQuote } from '#app/reports/order-quote/query.server.ts'
import { readStoreCatalog, readStoreCurrencies } from '#app/reports/store/query.server.ts'
import { quoteOrder } from '#app/services/orders/quote-order.server.ts'
import { registerCustomer } from '#app/services/people/register-customer.server.ts'
import { addTenant } from '#app/services/tenancy/add-tenant.server.ts'
import { asOffice, buildProduct, builtAt } from '#tests/support/builders.ts'
import { tenantFacts } from '#tests/support/tree.ts'

let tenantId: string
let planCode: string

/** A seller in Vienna that sells care at 19.90 euros and at 22.90 francs. */
beforeEach(async () => {
  setClock(fixedClock('2026-06-05T14:40:00Z'))
  const added = await addTenant(tenantFacts(`store-${v7().slice(-12)}`))
  if (!added.ok) throw new Error(added.error)
  tenantId = added.value.tenantId
  const productId = await buildProduct(tenantId, 'Care')
  planCode = await asOffice(tenantId, async (ctx) => {
    await sellIn(ctx, { productId, currency: 'CHF', price: '22.90' })
    await sellIn(ctx, { productId, currency: 'EUR', price: '19.90' })
    await ctx.db.product.updateMany({ where: { tenantId }, data: { status: 'published', kind: 'bundle' } })
    const product = await ctx.db.product.findFirstOrThrow({ where: { tenantId }, select: { code: true } })
    return product.code
  })
})
afterEach(() => setClock())

async function sellIn({ db }: TenantContext, { productId, currency, price }: { productId: string; currency: string; price: string }) {
  const [priceBookId, priceVersionId] = [v7(), v7()]
  const common = { tenantId, isPublic: true }
  const from = { ...common, createdAt: builtAt }
  await db.priceBook.createMany({ data: [{ ...from, id: priceBookId, code: priceBookId, name: `Store in ${currency}`, currency }] })
  await db.priceVersion.createMany({ data: [{ ...from, id: priceVersionId, priceBookId, number: 1, validFrom: builtAt, validTo: null }] })
  const fee = { productId, feeKind: 'recurring', unitPrice: price, unit: 'month', included: '0', match: {} }
  await db.priceRule.createMany({ data: [{ ...common, ...fee, id: v7(), priceVersionId }] })
}

const shown = (currency?: string) =>
  inStore(tenantId, async (ctx) => {
    const catalog = await readStoreCatalog(ctx, { language: 'en', ...(currency ? { currency } : {}) })
    return catalog?.bundles.map(({ monthlyCap }) => [monthlyCap.minor, monthlyCap.currency])
  })
const quoted = async (currency: string) => {
  const input = { planCode, optionCodes: [], language: 'en', currency }
  return (await inStore(tenantId, (ctx) => readStoreQuote(ctx, input)))?.monthlyNet
}
const register = (currency: string | null) =>
  asOffice(tenantId, (ctx) =>
    registerCustomer(ctx, {
      kind: 'personal',
      name: 'Ida Frei',
      email: `${v7()}@example.test`,
      passwordHash: 'not a hash',
      language: 'en',
      country: 'AT',
      addressLines: ['Gasse 1', '1010 Wien'],
      currency,
    }),
  )

async function contractOf(registered: Awaited<ReturnType<typeof register>>) {
  if (!registered.ok || !registered.value.isNew) throw new Error(registered.ok ? 'known already' : registered.error)
  const { accountId } = registered.value
  return asOffice(tenantId, async (ctx) => {
    const where = { tenantId, accountId }
    const contract = await ctx.db.contract.findFirstOrThrow({ where, select: { currency: true, creditLimitMinor: true } })
    const quote = await quoteOrder(ctx, { accountId, planCode })
    return { ...contract, monthly: quote.ok ? quote.value.pieces[0]?.price.monthlyNet : quote.error }
  })
}

test('the seller’s own currency comes first, and is shown to whoever chose none or one that is not offered', async () => {
  expect(await inStore(tenantId, readStoreCurrencies)).toEqual(['EUR', 'CHF'])
  expect([await shown(), await shown('CHF'), await shown('USD')]).toEqual([[[1990n, 'EUR']], [[2290n, 'CHF']], [[1990n, 'EUR']]])
})

test('a currency without prices in force is not offered', async () => {
  await asOffice(tenantId, ({ db }) =>
    db.priceBook.createMany({
      data: [{ tenantId, id: v7(), code: 'sek', name: 'Store in SEK', currency: 'SEK', isPublic: true, createdAt: builtAt }],
    }),
  )
  expect(await inStore(tenantId, readStoreCurrencies)).toEqual(['EUR', 'CHF'])
})

test('the order page quotes a visitor in the currency that was chosen', async () => {
  expect([await quoted('CHF'), await quoted('EUR')]).toEqual([
    { minor: 2290n, currency: 'CHF' },
    { minor: 1990n, currency: 'EUR' },
  ])
})

test('a new account is billed in the currency that was chosen, and what it orders is priced by that book', async () => {
  expect(await contractOf(await register('CHF'))).toEqual({
    currency: 'CHF',
    creditLimitMinor: 5000n,
    monthly: { minor: 2290n, currency: 'CHF' },
  })
  expect(await contractOf(await register(null))).toMatchObject({ currency: 'EUR', monthly: { minor: 1990n, currency: 'EUR' } })
  expect(await contractOf(await register('USD'))).toMatchObject({ currency: 'EUR' })
})

test('a channel sells in its currencies alone', async () => {
  await asOffice(tenantId, async ({ db, now }) => {
    const catalogId = v7()
    const common = { tenantId, status: 'active', createdAt: now }
    await db.catalog.createMany({ data: [{ ...common, id: catalogId, code: 'reference', name: 'Reference', isReference: true }] })
    const channel = { code: 'store', name: 'Store', catalogId, segment: null, countries: [], currencies: ['CHF'], isDefault: true }
    await db.channel.createMany({ data: [{ ...common, id: v7(), ...channel }] })
  })
  expect(await inStore(tenantId, readStoreCurrencies)).toEqual(['CHF'])
  expect(await shown('EUR')).toEqual([[2290n, 'CHF']])
  expect(await contractOf(await register('EUR'))).toMatchObject({ currency: 'CHF' })
})
