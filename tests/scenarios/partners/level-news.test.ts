import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readParentOffers } from '#app/db/catalog/parent-offers.server.ts'
import { readVersionRules, readVersions } from '#app/db/catalog/price-versions.server.ts'
import { readLevelBooks } from '#app/db/sellers/partner-levels.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { readOffersOverview } from '#app/reports/parent-offers/query.server.ts'
import { readPriceOptions } from '#app/reports/price-changes/query.server.ts'
import { setPrices } from '#app/services/offers/set-prices.server.ts'
import { assignLevel } from '#app/services/partner-levels/assign-level.server.ts'
import { addPartnerLevel, changeLevelDiscounts } from '#app/services/partner-levels/save-partner-level.server.ts'
import { asOffice, builtAt } from '#tests/support/builders.ts'
import { buildParentAndChild, delegateAll, type OfferedTo, publishAll } from '#tests/support/offers.ts'

/** Midnight of 1 July and of 1 August in Berlin. */
const firstOfJuly = new Date('2026-06-30T22:00:00Z')
const firstOfAugust = new Date('2026-07-31T22:00:00Z')
const twenty = [{ scope: 'recurring' as const, productGroup: null, percent: new Decimal(20) }]

let sold: OfferedTo
let list: string
let silver: string

/** A provider whose reseller buys Web 1 by the public list, at 19.00, and a level Silver nobody has yet. */
beforeEach(async () => {
  setClock(fixedClock('2026-06-15T10:00:00Z'))
  sold = await buildParentAndChild(`level-${v7().slice(-12)}`)
  const { provider, accountId } = sold
  list = await asOffice(provider, async ({ db, tenantId }) => {
    const book = await db.priceBook.findUniqueOrThrow({ where: { tenantId_code: { tenantId, code: 'public' } }, select: { id: true } })
    await db.contract.updateMany({ where: { tenantId, accountId }, data: { priceBookId: book.id } })
    return book.id
  })
  await setMonthly(sold.web1, '19', new Date('2026-06-15T10:00:00Z'))
  const rules = { minTurnover: null, turnoverMonths: 3, maxOverdueDays: null, graceDays: 14 }
  const level = { code: 'silver', name: 'Silver', rank: 2, ...rules }
  const added = await asOffice(provider, (ctx) => addPartnerLevel(ctx, { level, discounts: twenty, validFrom: builtAt }))
  silver = added.ok ? added.value.levelId : ''
  await delegateAll(sold)
  await publishAll(provider)
})
afterEach(() => setClock())

async function setMonthly(productId: string, price: string, validFrom: Date): Promise<void> {
  const line = {
    productId,
    fee: { feeKind: 'recurring' as const, meter: null, match: {} },
    pricing: { method: 'own' as const, unitPrice: new Decimal(price), cap: null },
  }
  const set = await asOffice(sold.provider, (ctx) =>
    setPrices(ctx, { priceBookId: list, validFrom, lines: [line], reason: null, note: null }),
  )
  if (!set.ok) throw new Error(set.error)
}

/** How often the resellers of the provider were to be told. */
const asked = () => asOffice(sold.provider, ({ db }) => db.outboxEvent.count({ where: { name: 'offers/publication.requested' } }))

/** What the reseller reads about Web 1: from when, the old price and the new one. */
async function news() {
  const { changes } = await asOffice(sold.child, readOffersOverview)
  const priced = changes.filter(({ kind }) => kind === 'price')
  return priced.map(({ effectiveAt, before, after }) => [effectiveAt, before[0]?.price, after[0]?.price])
}

/** The recurring prices of the level's list as it is from July on. */
async function levelPrices(): Promise<Record<string, string>> {
  return asOffice(sold.provider, async (ctx) => {
    const book = (await readLevelBooks(ctx)).find(({ levelId }) => levelId === silver)
    const versions = (await readVersions(ctx, [book?.id ?? ''])).filter(({ isWithdrawn }) => !isWithdrawn)
    const rules = await readVersionRules(ctx, [versions.at(-1)?.id ?? ''])
    return Object.fromEntries(rules.map(({ productId, unitPrice }) => [productId ?? '', unitPrice.toFixed()]))
  })
}

const assign = () =>
  asOffice(sold.provider, (ctx) =>
    assignLevel(ctx, { accountId: sold.accountId, levelId: silver, validFrom: firstOfJuly, reason: 'Agreed' }),
  )

describe('a reseller that becomes Silver on 1 July', () => {
  test('is told that Web 1 costs 15.20 instead of 19.00 from that day on', async () => {
    const before = await asked()
    expect((await assign()).ok).toBe(true)
    expect(await asked()).toBe(before + 1)
    expect(await publishAll(sold.provider)).toBe(1)
    expect(await news()).toEqual([[firstOfJuly, '19', '15.2']])
    const web1 = (await asOffice(sold.child, readParentOffers)).find(({ parentProductId }) => parentProductId === sold.web1)
    expect(web1?.fees.map(({ validFrom, unitPrice }) => [validFrom, unitPrice.toFixed()])).toEqual([
      [new Date('2026-06-15T10:00:00Z'), '19'],
      [firstOfJuly, '15.2'],
    ])
  })

  test('is told again when Silver takes 25 % off from August on', async () => {
    await assign()
    await publishAll(sold.provider)
    const before = await asked()
    const change = { levelId: silver, validFrom: firstOfAugust, discounts: [{ ...twenty[0], percent: new Decimal(25) }] as typeof twenty }
    expect((await asOffice(sold.provider, (ctx) => changeLevelDiscounts(ctx, change))).ok).toBe(true)
    expect(await asked()).toBe(before + 1)
    await publishAll(sold.provider)
    expect(await news()).toEqual([
      [firstOfJuly, '19', '15.2'],
      [firstOfAugust, '15.2', '14.25'],
    ])
  })
})

describe('the list of a level', () => {
  test('has a price typed into the public list at once, less its percentage', async () => {
    expect(await levelPrices()).toEqual({ [sold.web1]: '15.2' })
    await setMonthly(sold.web2, '79', firstOfJuly)
    expect(await levelPrices()).toEqual({ [sold.web1]: '15.2', [sold.web2]: '63.2' })
  })

  test('takes a changed price once: one version more, none withdrawn', async () => {
    await setMonthly(sold.web1, '20', firstOfJuly)
    const versions = await asOffice(sold.provider, async (ctx) => {
      const book = (await readLevelBooks(ctx)).find(({ levelId }) => levelId === silver)
      return readVersions(ctx, [book?.id ?? ''])
    })
    expect(versions.map(({ validFrom, isWithdrawn }) => [validFrom, isWithdrawn])).toEqual([
      [new Date('2026-06-15T10:00:00Z'), false],
      [firstOfJuly, false],
    ])
    expect(await levelPrices()).toEqual({ [sold.web1]: '16' })
  })

  test('is no book whose prices somebody changes by hand, but one that can be rated again', async () => {
    const names = async (withLevels: boolean) =>
      (await asOffice(sold.provider, (ctx) => readPriceOptions(ctx, { withLevels }))).books.map(({ name }) => name)
    expect(await names(false)).not.toContain('Silver')
    expect(await names(true)).toContain('Silver')
  })
})
