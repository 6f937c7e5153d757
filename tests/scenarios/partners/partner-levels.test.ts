import { v7 } from 'uuid'
import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readRulesOfContract } from '#app/db/catalog/contract-price-books.server.ts'
import type { NewPartnerLevel } from '#app/db/sellers/partner-levels.server.ts'
import { readResellers } from '#app/db/sellers/partner-standings.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import { rulesThatCount } from '#app/domain/pricing/contract-layers.ts'
import { applyMoves } from '#app/services/partner-levels/apply-moves.server.ts'
import { assignLevel } from '#app/services/partner-levels/assign-level.server.ts'
import { moveDueLevels } from '#app/services/partner-levels/move-due-levels.server.ts'
import { refreshLevelBooks } from '#app/services/partner-levels/refresh-level-books.server.ts'
import { addPartnerLevel, changeLevelDiscounts } from '#app/services/partner-levels/save-partner-level.server.ts'
import { simulateLevels } from '#app/services/partner-levels/simulate-levels.server.ts'
import { correctVersion, publishVersion } from '#app/services/pricing/publish-version.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildContract, buildProduct, buildSubscription, buildTenant, builtAt } from '#tests/support/builders.ts'
import { bill, buildCloud, buildMapping, reported } from '#tests/support/usage.ts'

afterEach(() => setClock())

const midJune = '2026-06-15T10:00:00Z'
/** Midnight of 1 July in Berlin. */
const firstOfJuly = new Date('2026-06-30T22:00:00Z')
const off = (scope: 'setup' | 'recurring' | 'usage' | 'overage', percent: number, productGroup: string | null = null) => ({
  scope,
  productGroup,
  percent: new Decimal(percent),
})
const silverOff = [off('setup', 10), off('recurring', 20), off('usage', 20), off('overage', 20)]
const bronzeOff = [off('setup', 10), off('recurring', 10), off('usage', 10), off('overage', 10)]
type Rules = Omit<NewPartnerLevel, 'code' | 'name' | 'rank'>
const lenient: Rules = { minTurnover: null, turnoverMonths: 3, maxOverdueDays: null, graceDays: 14 }

/** Meridian's public list: Web 1 at 10.00 and 19.00 a month, traffic at 0.12 above 100 GB. */
async function sellWebOne(currency = 'EUR') {
  setClock(fixedClock(midJune))
  const tenantId = await buildTenant()
  const productId = await buildProduct(tenantId)
  const [priceBookId, priceVersionId] = [v7(), v7()]
  const rule = { tenantId, priceVersionId, isPublic: true, included: '0', match: {}, productId }
  await asOffice(tenantId, async ({ db }) => {
    const book = { tenantId, id: priceBookId, code: 'retail', name: 'Retail', currency, isPublic: true, createdAt: builtAt }
    await db.priceBook.createMany({ data: [book] })
    const version = { tenantId, id: priceVersionId, priceBookId, number: 1, isPublic: true, validFrom: builtAt, createdAt: builtAt }
    await db.priceVersion.createMany({ data: [version] })
    await db.priceRule.createMany({
      data: [
        { ...rule, id: v7(), feeKind: 'setup', unit: 'once', unitPrice: '10' },
        { ...rule, id: v7(), feeKind: 'recurring', unit: 'month', unitPrice: '19' },
        { ...rule, id: v7(), feeKind: 'usage', meter: 'traffic.sent', unit: 'GB', unitPrice: '0.12', included: '100', productId: null },
      ],
    })
  })
  return { tenantId, productId, priceBookId, priceVersionId }
}

async function addLevels(tenantId: string, silverRules: Partial<Rules> = {}) {
  const add = (code: string, name: string, rank: number, discounts: typeof silverOff, rules = {}) =>
    asOffice(tenantId, (ctx) => addPartnerLevel(ctx, { level: { code, name, rank, ...lenient, ...rules }, discounts, validFrom: builtAt }))
  const [bronze, silver] = [await add('bronze', 'Bronze', 1, bronzeOff), await add('silver', 'Silver', 2, silverOff, silverRules)]
  if (!bronze.ok || !silver.ok) throw new Error('levels')
  return { bronze: bronze.value.levelId, silver: silver.value.levelId }
}

async function addReseller(tenantId: string, priceBookId: string, currency = 'EUR') {
  const accountId = await buildAccount(tenantId, { name: 'Ahorn Hosting GmbH', country: 'AT', vatId: 'ATU12345678' })
  const childTenantId = await buildTenant({ slug: `reseller-${accountId}` })
  await asOffice(tenantId, ({ db }) => db.account.updateMany({ where: { tenantId, id: accountId }, data: { childTenantId } }))
  const contractId = await buildContract(tenantId, { accountId, priceBookId, currency })
  return { accountId, contractId }
}

/** A reseller on the public list, with the levels Bronze and Silver to move between. */
async function enrol(silverRules: Parameters<typeof addLevels>[1] = {}) {
  const list = await sellWebOne()
  const levels = await addLevels(list.tenantId, silverRules)
  return { ...list, levels, ...(await addReseller(list.tenantId, list.priceBookId)) }
}

/** What the contract pays at an instant, by kind of fee. */
async function pricesAt({ tenantId, contractId }: { tenantId: string; contractId: string }, at: string) {
  const rules = await asOffice(tenantId, (ctx) => readRulesOfContract(ctx, contractId))
  return Object.fromEntries(rulesThatCount(rules, new Date(at)).map((rule) => [rule.feeKind, rule.unitPrice.toFixed()]))
}

const assign = (world: { tenantId: string; accountId: string }, levelId: string, validFrom: Date, reason = 'Agreement') =>
  asOffice(world.tenantId, (ctx) => assignLevel(ctx, { accountId: world.accountId, levelId, validFrom, reason }))

describe('a level from a date on', () => {
  test('Silver buys Web 1 at setup 9.00, month 15.20 and overage 0.096, and paid the list until then', async () => {
    const world = await enrol()
    expect((await assign(world, world.levels.silver, firstOfJuly)).ok).toBe(true)
    expect(await pricesAt(world, '2026-06-30T21:59:59Z')).toEqual({ setup: '10', recurring: '19', usage: '0.12' })
    expect(await pricesAt(world, '2026-06-30T22:00:00Z')).toEqual({ setup: '9', recurring: '15.2', usage: '0.096' })
  })

  test('the invoice of June is 9.00 + 15.20 + 60 GB at 0.096, without tax 29.96', async () => {
    const world = await enrol()
    await assign(world, world.levels.silver, builtAt)
    const cloudRef = await buildCloud(world.tenantId)
    await buildMapping(world.tenantId, { cloudRef, accountId: world.accountId })
    await buildSubscription(world.tenantId, { ...world, startedAt: '2026-05-31T22:00:00Z' })
    await bill({ tenantId: world.tenantId, cloudRef }, [reported({ quantity: '160000000000' })])
    await billMonth(world.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    const [invoice] = await invoicesOf(world.tenantId)
    expect(invoice?.net).toEqual(money(2996n, 'EUR'))
  })

  test('late usage of June is rated at the level of June, whatever the level is by now', async () => {
    const world = await enrol()
    await assign(world, world.levels.silver, builtAt)
    await assign(world, world.levels.bronze, firstOfJuly)
    expect((await pricesAt(world, '2026-06-30T12:00:00Z')).recurring).toBe('15.2')
    expect((await pricesAt(world, '2026-07-01T12:00:00Z')).recurring).toBe('17.1')
  })

  test('a level without a list in the currency of the contract is refused', async () => {
    const world = await enrol()
    const other = await addReseller(world.tenantId, world.priceBookId, 'CHF')
    expect(await assign({ ...world, ...other }, world.levels.silver, firstOfJuly)).toEqual({ ok: false, error: 'no-list-in-currency' })
    expect(await assign({ ...world, accountId: v7() }, world.levels.silver, firstOfJuly)).toEqual({
      ok: false,
      error: 'reseller-not-found',
    })
  })
})

describe('the buy list of a level follows', () => {
  test('a list price that rises in July, without anybody doing more', async () => {
    const world = await enrol()
    await assign(world, world.levels.silver, builtAt)
    const change = { priceBookId: world.priceBookId, validFrom: firstOfJuly, note: 'Yearly rise' }
    await asOffice(world.tenantId, (ctx) =>
      publishVersion(ctx, { ...change, change: (rule) => ({ ...rule, unitPrice: rule.unitPrice.times(2) }) }),
    )
    expect((await pricesAt(world, '2026-06-30T12:00:00Z')).recurring).toBe('15.2')
    expect((await pricesAt(world, '2026-07-01T12:00:00Z')).recurring).toBe('30.4')
  })

  test('a list price that was wrong all along is corrected in the buy list over the same time', async () => {
    const world = await enrol()
    await assign(world, world.levels.silver, builtAt)
    const halved = { priceVersionId: world.priceVersionId, note: 'typing error' }
    await asOffice(world.tenantId, (ctx) =>
      correctVersion(ctx, { ...halved, change: (rule) => ({ ...rule, unitPrice: rule.unitPrice.div(2) }) }),
    )
    expect((await pricesAt(world, '2026-02-01T12:00:00Z')).recurring).toBe('7.6')
  })

  test('a discount that changes on a day: before it the old price, after it the new one', async () => {
    const world = await enrol()
    await assign(world, world.levels.silver, builtAt)
    const input = { levelId: world.levels.silver, validFrom: firstOfJuly, discounts: [off('recurring', 25)] }
    expect(await asOffice(world.tenantId, (ctx) => changeLevelDiscounts(ctx, input))).toEqual({ ok: true, value: null })
    expect((await pricesAt(world, '2026-06-30T12:00:00Z')).recurring).toBe('15.2')
    expect(await pricesAt(world, '2026-07-01T12:00:00Z')).toEqual({ setup: '9', recurring: '14.25', usage: '0.096' })
  })

  test('a change into the past, and more than all of it, are refused', async () => {
    const world = await enrol()
    const change = (validFrom: Date, percent: number) =>
      asOffice(world.tenantId, (ctx) =>
        changeLevelDiscounts(ctx, { levelId: world.levels.silver, validFrom, discounts: [off('recurring', percent)] }),
      )
    expect(await change(builtAt, 25)).toEqual({ ok: false, error: 'starts-in-the-past' })
    expect(await change(firstOfJuly, 101)).toEqual({ ok: false, error: 'percent-out-of-range' })
  })

  test('looking again changes nothing', async () => {
    const world = await enrol()
    expect(await asOffice(world.tenantId, (ctx) => refreshLevelBooks(ctx))).toBe(0)
  })
})

describe('who would move, and what it costs', () => {
  const strict = { minTurnover: money(500_000n, 'EUR') }
  const look = { today: '2026-08-10', months: 2, at: new Date('2026-08-31T22:00:00Z') }

  /** A Silver reseller with one Web 1 since June, billed for June and July, on 10 August. */
  async function twoMonths() {
    const world = await enrol(strict)
    await assign(world, world.levels.silver, builtAt)
    await buildSubscription(world.tenantId, { ...world, startedAt: '2026-05-31T22:00:00Z' })
    await billMonth(world.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    await billMonth(world.tenantId, '2026-07', '2026-08-01T06:00:00Z')
    setClock(fixedClock('2026-08-10T06:00:00Z'))
    return world
  }

  test('39.40 of turnover is not 5,000.00: Silver falls to Bronze and would have paid 3.80 more over two months', async () => {
    const world = await twoMonths()
    const simulated = await asOffice(world.tenantId, (ctx) => simulateLevels(ctx, look))
    expect(simulated).toMatchObject({ value: { from: '2026-06', until: '2026-07', totals: [money(380n, 'EUR')] } })
    expect(simulated.ok && simulated.value.moves).toMatchObject([
      {
        currentLevelId: world.levels.silver,
        targetLevelId: world.levels.bronze,
        move: 'falls',
        unmet: [{ rule: 'turnover', needed: money(500_000n, 'EUR'), reached: money(3940n, 'EUR'), months: 3 }],
        cost: { before: money(3940n, 'EUR'), after: money(4320n, 'EUR'), difference: money(380n, 'EUR') },
      },
    ])
  })

  test('who falls keeps the level for the days of grace, and moves when they are over', async () => {
    const world = await twoMonths()
    const choice = { accountIds: [world.accountId], today: '2026-08-10', zone: 'Europe/Berlin', from: '2026-08-17', graceDays: null }
    const applied = await asOffice(world.tenantId, (ctx) => applyMoves(ctx, choice))
    expect(applied).toEqual({ ok: true, value: { risen: 0, fallen: 1 } })
    expect((await pricesAt(world, '2026-08-30T21:59:59Z')).recurring).toBe('15.2')
    expect((await pricesAt(world, '2026-08-30T22:00:00Z')).recurring).toBe('17.1')

    setClock(fixedClock('2026-08-31T01:00:00Z'))
    expect(await moveDueLevels(processOf(world.tenantId, {}))).toEqual({ moved: 1, kept: 0, versions: 0 })
    expect(await moveDueLevels(processOf(world.tenantId, {}))).toEqual({ moved: 0, kept: 0, versions: 0 })
    const [logged] = await asOffice(world.tenantId, ({ db }) =>
      db.auditEntry.findMany({ where: { action: 'partner-level.moved' }, orderBy: { at: 'desc' } }),
    )
    expect(logged?.detail).toMatchObject({ levelId: world.levels.bronze, formerLevelId: world.levels.silver, reason: 'turnover-missed' })
  })

  test('who fulfils the rules again within the grace keeps the level', async () => {
    const world = await twoMonths()
    const choice = { accountIds: [world.accountId], today: '2026-08-10', zone: 'Europe/Berlin', from: '2026-08-17', graceDays: 14 }
    await asOffice(world.tenantId, (ctx) => applyMoves(ctx, choice))
    await asOffice(world.tenantId, ({ db }) =>
      db.partnerLevel.updateMany({ where: { id: world.levels.silver }, data: { minTurnoverMinor: 3940n } }),
    )
    setClock(fixedClock('2026-08-20T01:00:00Z'))
    expect((await moveDueLevels(processOf(world.tenantId, {}))).kept).toBe(1)
    expect((await pricesAt(world, '2026-09-15T12:00:00Z')).recurring).toBe('15.2')
    const [reseller] = await asOffice(world.tenantId, (ctx) => readResellers(ctx))
    expect(reseller).toMatchObject({ levelId: world.levels.silver, nextLevelId: null })
  })

  test('a day that has begun, and a choice in which nobody moves, are refused', async () => {
    const world = await twoMonths()
    const choice = { accountIds: [world.accountId], today: '2026-08-10', zone: 'Europe/Berlin', from: '2026-08-09', graceDays: null }
    const apply = (changes: object) => asOffice(world.tenantId, (ctx) => applyMoves(ctx, { ...choice, ...changes }))
    expect(await apply({})).toEqual({ ok: false, error: 'starts-in-the-past' })
    expect(await apply({ from: '2026-08-10', accountIds: [] })).toEqual({ ok: false, error: 'nobody-moves' })
  })
})
