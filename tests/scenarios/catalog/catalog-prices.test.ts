import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { bookOfVisitor } from '#app/db/catalog/buyer-catalog.server.ts'
import { readRulesOfContract } from '#app/db/catalog/contract-price-books.server.ts'
import { inStore } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { rulesThatCount } from '#app/domain/pricing/contract-layers.ts'
import { readPlacement } from '#app/reports/accounts/placement.server.ts'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { addAccount } from '#app/services/accounts/add-account.server.ts'
import { addCatalog, addChannel, openReferenceCatalog, placeAccount } from '#app/services/catalog/keep-channels.server.ts'
import { type MakeCatalogBookInput, makeCatalogBook } from '#app/services/catalog/make-catalog-book.server.ts'
import { enterExchangeRate } from '#app/services/exchange-rates/enter-exchange-rate.server.ts'
import { asOffice, buildAccount, buildContract, buildTenant, builtAt } from '#tests/support/builders.ts'

const june = new Date('2026-06-10T09:00:00Z')
/** Midnight of 1 July in Berlin. */
const firstOfJuly = new Date('2026-06-30T22:00:00Z')
const at = { june: '2026-06-20T00:00:00Z', eve: '2026-06-30T21:59:59Z', july: '2026-07-01T09:00:00Z' }

let tenantId: string
let retail: string
let schools: string
let channelId: string

/** A seller of Web 1 at 19.90 a month and 0.10 a GB, with a catalog for schools that shows it and a channel that sells from it. */
beforeEach(async () => {
  setClock(fixedClock(june.toISOString()))
  tenantId = await buildTenant()
  const web1 = v7()
  ;[retail, channelId] = [v7(), v7()]
  await asOffice(tenantId, async ({ db }) => {
    const spec = { cpuNumber: 1, memoryMib: 2048, diskGib: 20, locations: [] }
    const plan = { tenantId, id: web1, kind: 'plan', code: 'web-1', name: { en: 'Web 1' }, description: {}, spec, position: 1 }
    await db.product.createMany({ data: [{ ...plan, status: 'published', createdAt: builtAt }] })
    const versionId = v7()
    const book = { tenantId, id: retail, code: 'retail', name: 'Retail', currency: 'EUR', isPublic: true, createdAt: builtAt }
    await db.priceBook.createMany({ data: [book] })
    await db.priceVersion.createMany({
      data: [{ tenantId, id: versionId, priceBookId: retail, number: 1, isPublic: true, validFrom: builtAt, createdAt: builtAt }],
    })
    const price = { tenantId, priceVersionId: versionId, isPublic: true, productId: web1, included: '0', match: {} }
    await db.priceRule.createMany({
      data: [
        { ...price, id: v7(), feeKind: 'recurring', unit: 'month', unitPrice: '19.90' },
        { ...price, id: v7(), feeKind: 'usage', meter: 'traffic.sent', unit: 'GB', unitPrice: '0.10' },
      ],
    })
  })
  await asOffice(tenantId, (ctx) => openReferenceCatalog(ctx, { catalog: 'Everything', channel: 'Store' }))
  const added = await asOffice(tenantId, (ctx) => addCatalog(ctx, { code: 'schools', name: 'Schools' }))
  schools = added.ok ? added.value.catalogId : ''
  await asOffice(tenantId, ({ db }) =>
    db.catalogItem.createMany({
      data: [{ tenantId, id: v7(), catalogId: schools, productId: web1, isVisible: true, position: 1, createdAt: builtAt }],
    }),
  )
  await asOffice(tenantId, async (ctx) => {
    const channel = {
      code: 'schools',
      name: 'Schools',
      catalogId: schools,
      segment: null,
      countries: ['AT'],
      currencies: [],
      isDefault: false,
    }
    await addChannel(ctx, channel)
    const row = await ctx.db.channel.findFirstOrThrow({ where: { tenantId, code: 'schools' }, select: { id: true } })
    channelId = row.id
    return { ok: true }
  })
})
afterEach(() => setClock())

const tenPercentOff = () => ({ priceBookId: retail, percent: new Decimal(-10), rounding: 'ending-90' as const })
const make = (input: Partial<MakeCatalogBookInput> = {}) =>
  asOffice(tenantId, (ctx) =>
    makeCatalogBook(ctx, {
      catalogId: schools,
      currency: 'EUR',
      origin: tenPercentOff(),
      validFrom: firstOfJuly,
      day: '2026-07-01',
      ...input,
    }),
  )
const place = (accountId: string, channel: string | null) =>
  asOffice(tenantId, (ctx) => placeAccount(ctx, { accountId, channelId: channel, segment: null }))

async function customer(): Promise<{ accountId: string; contractId: string }> {
  const accountId = await buildAccount(tenantId)
  return { accountId, contractId: await buildContract(tenantId, { accountId, priceBookId: retail }) }
}
async function monthly(contractId: string, instant: string): Promise<string | undefined> {
  const rules = await asOffice(tenantId, (ctx) => readRulesOfContract(ctx, contractId))
  return rulesThatCount(rules, new Date(instant))
    .find(({ feeKind }) => feeKind === 'recurring')
    ?.unitPrice.toFixed()
}
const store = async () =>
  (await inStore(tenantId, (ctx) => readStoreCatalog(ctx, { language: 'en' })))?.plans.map(({ monthlyCap }) => monthlyCap.minor)

describe('a catalog with prices of its own from 1 July, 10 % below the list and ending on .90', () => {
  test('prices whoever is in its channel from that day on, and nobody else', async () => {
    const [school, other] = [await customer(), await customer()]
    await place(school.accountId, channelId)
    expect((await make()).ok).toBe(true)
    expect([await monthly(school.contractId, at.eve), await monthly(school.contractId, at.july)]).toEqual(['19.9', '17.9'])
    expect(await monthly(other.contractId, at.july)).toBe('19.9')
  })

  test('prices an account from the moment it is put in the channel, and by the list again when it is taken out', async () => {
    await make({ validFrom: june, day: '2026-06-10' })
    const { accountId, contractId } = await customer()
    setClock(fixedClock(at.june))
    await place(accountId, channelId)
    setClock(fixedClock(at.july))
    await place(accountId, null)
    expect([
      await monthly(contractId, '2026-06-19T00:00:00Z'),
      await monthly(contractId, at.eve),
      await monthly(contractId, at.july),
    ]).toEqual(['19.9', '17.9', '19.9'])
  })

  test('prices a new customer whose country the channel names', async () => {
    await make({ validFrom: june, day: '2026-06-10' })
    const facts = { kind: 'personal' as const, name: 'Ada', email: 'ada@example.test', language: 'en', addressLines: [], vatId: null }
    const added = await asOffice(tenantId, (ctx) => addAccount(ctx, { ...facts, country: 'AT' }))
    const accountId = added.ok ? added.value.accountId : ''
    const contract = await asOffice(tenantId, ({ db }) =>
      db.contract.findUniqueOrThrow({ where: { tenantId_accountId: { tenantId, accountId } }, select: { id: true } }),
    )
    expect(await monthly(contract.id, at.july)).toBe('17.9')
  })

  test('is what the store shows and a visitor buys by once its channel is that of visitors, not before the day', async () => {
    await asOffice(tenantId, ({ db }) => db.channel.updateMany({ where: { code: 'direct' }, data: { catalogId: schools } }))
    const made = await make()
    setClock(fixedClock(at.eve))
    expect([await store(), (await asOffice(tenantId, (ctx) => bookOfVisitor(ctx)))?.id]).toEqual([[1990n], retail])
    setClock(fixedClock(at.july))
    expect([await store(), (await asOffice(tenantId, (ctx) => bookOfVisitor(ctx)))?.id]).toEqual([
      [1790n],
      made.ok && made.value.priceBookId,
    ])
  })

  test('says on the account what it sees, why, and by which book it is priced', async () => {
    const { accountId } = await customer()
    await make({ validFrom: june, day: '2026-06-10' })
    const seen = async () => (await asOffice(tenantId, (ctx) => readPlacement(ctx, accountId)))?.sees
    expect(await seen()).toMatchObject({ catalog: 'Everything', plans: 1, reason: 'default-channel', channel: 'Store', book: 'Retail' })
    await place(accountId, channelId)
    expect(await seen()).toMatchObject({ catalog: 'Schools', plans: 1, reason: 'account-channel', channel: 'Schools', book: 'Schools EUR' })
  })
})

describe('a book of a catalog', () => {
  test('in another currency is converted at the newest rate of the day, and each price keeps the rate', async () => {
    expect(await make({ currency: 'CHF' })).toEqual({ ok: false, error: 'no-rate' })
    const rate = { base: 'EUR', quote: 'CHF', rate: new Decimal('0.94'), source: 'typed in', date: '2026-06-05' }
    await asOffice(tenantId, (ctx) => enterExchangeRate(ctx, { rate, today: '2026-06-10' }))
    const origin = { ...tenPercentOff(), percent: new Decimal(40), rounding: 'none' as const }
    expect((await make({ currency: 'CHF', origin })).ok).toBe(true)
    const prices = await asOffice(tenantId, ({ db }) =>
      db.priceRule.findMany({
        where: { priceVersion: { priceBook: { catalogId: schools } } },
        select: { unitPrice: true, basis: true },
        orderBy: { unitPrice: 'asc' },
      }),
    )
    const exchange = { from: 'EUR', rate: '0.94', source: 'typed in', date: '2026-06-05' }
    expect(prices.map(({ unitPrice, basis }) => [unitPrice.toString(), basis])).toEqual([
      ['0.1316', { exchange }],
      ['26.1884', { exchange }],
    ])
  })

  test('may begin empty: then the list goes on until somebody types a price', async () => {
    const { accountId, contractId } = await customer()
    expect((await make({ origin: null })).ok).toBe(true)
    await place(accountId, channelId)
    expect(await monthly(contractId, at.july)).toBe('19.9')
  })

  test('is one in a currency, none of the reference catalog, and none of the past', async () => {
    expect((await make()).ok).toBe(true)
    expect(await make()).toEqual({ ok: false, error: 'book-exists' })
    const { id: catalogId } = await asOffice(tenantId, ({ db }) =>
      db.catalog.findFirstOrThrow({ where: { isReference: true }, select: { id: true } }),
    )
    expect(await make({ catalogId })).toEqual({ ok: false, error: 'reference-catalog' })
    expect(await make({ currency: 'XXY' })).toEqual({ ok: false, error: 'unknown-currency' })
    expect(await make({ currency: 'USD', validFrom: builtAt })).toEqual({ ok: false, error: 'starts-in-the-past' })
    expect(await make({ currency: 'USD', origin: { ...tenPercentOff(), percent: new Decimal(-100) } })).toEqual({
      ok: false,
      error: 'percent-out-of-range',
    })
  })
})
