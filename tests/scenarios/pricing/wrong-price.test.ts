import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { insertPriceRules } from '#app/db/catalog/price-rules.server.ts'
import type { VersionRule } from '#app/db/catalog/price-versions.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { reRateTotals } from '#app/db/usage/rerate-runs.server.ts'
import type { ReRateScope } from '#app/db/usage/rerating.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { plainRule } from '#app/domain/pricing/price-rule.ts'
import { correctVersion } from '#app/services/pricing/publish-version.server.ts'
import { approveReRate, refuseReRate, requestReRate } from '#app/services/rerating/request-re-rate.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import {
  asOffice,
  buildAccount,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
  type RuleFacts,
} from '#tests/support/builders.ts'
import { postReRate, previewReRate } from '#tests/support/rerating.ts'
import { bill, buildMapping, buildReseller, buildSeller, reported, type Seller } from '#tests/support/usage.ts'
import { chargesOf, stateOf, totalOf } from '#tests/support/usage-facts.ts'

afterEach(() => setClock())

const anna = '0197a000-0000-7000-8000-00000000000a'
const ben = '0197a000-0000-7000-8000-00000000000b'
const june: ReRateScope = {
  priceBookIds: [],
  priceVersionIds: [],
  productIds: [],
  meters: [],
  accountIds: [],
  from: '2026-06-01',
  through: '2026-06-01',
}

const as = <T>(tenantId: string, userId: string, work: Parameters<typeof inTenant<T>>[1]) =>
  inTenant(tenantId, work, { actor: { kind: 'user', userId } })

/** Traffic typed at 1.00 a GB where 0.10 was meant, with 100 GB free. */
const typedWrong: readonly RuleFacts[] = [{ feeKind: 'usage', meter: 'traffic.sent', price: '1.00', included: '100' }]

const sent = (gb: number, day: string, changes = {}) =>
  reported({
    quantity: `${gb}000000000`,
    windowStart: new Date(`${day}T00:00:00Z`),
    windowEnd: new Date(`${day}T12:00:00Z`),
    ...changes,
  })

/** Puts the right price over the whole span of the wrong one. */
async function correctPrice(
  seller: Pick<Seller, 'tenantId' | 'priceBookId'>,
  figures: Partial<Pick<VersionRule, 'unitPrice' | 'minimum'>> = { unitPrice: new Decimal('0.10') },
): Promise<string> {
  const version = await asOffice(seller.tenantId, ({ db }) =>
    db.priceVersion.findFirstOrThrow({ where: { tenantId: seller.tenantId, priceBookId: seller.priceBookId, withdrawnAt: null } }),
  )
  const corrected = await asOffice(seller.tenantId, (ctx) =>
    correctVersion(ctx, {
      priceVersionId: version.id,
      note: 'A decimal point was missing',
      change: (rule) => ({ ...rule, ...figures }),
    }),
  )
  if (!corrected.ok) throw new Error(corrected.error)
  return version.id
}

/** Anna asks for a re-rating and the dry run is made. */
async function dryRun(tenantId: string, scope: Partial<ReRateScope> = {}): Promise<string> {
  const requested = await as(tenantId, anna, (ctx) => requestReRate(ctx, { scope: { ...june, ...scope }, reason: 'Wrong price' }))
  if (!requested.ok) throw new Error(requested.error)
  await previewReRate(tenantId, requested.value.runId)
  return requested.value.runId
}

/** Ben approves what Anna asked for, and it is posted. */
async function approveAndPost(tenantId: string, runId: string): Promise<void> {
  const approved = await as(tenantId, ben, (ctx) => approveReRate(ctx, { runId }))
  if (!approved.ok) throw new Error(approved.error)
  await postReRate(tenantId, runId)
}

async function differenceOf(tenantId: string, runId: string): Promise<string> {
  const totals = await asOffice(tenantId, (ctx) => reRateTotals(ctx, runId))
  return totals.map(({ currency, oldAmount, newAmount }) => `${newAmount.minus(oldAmount).toFixed()} ${currency}`).join(', ')
}

describe('a wrong price is re-rated', () => {
  test('the dry run charges nothing, posting comes to its total, and the finalised invoice stays', async () => {
    const seller = await buildSeller(typedWrong)
    setClock(fixedClock('2026-06-20T06:00:00Z'))
    await bill(seller, [sent(150, '2026-06-10'), sent(50, '2026-06-12')])
    await billMonth(seller.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    const [before] = await invoicesOf(seller.tenantId)
    expect(before?.net.minor).toBe(10000n)

    setClock(fixedClock('2026-07-03T06:00:00Z'))
    await correctPrice(seller)
    const asCharged = await stateOf(seller.tenantId)
    const runId = await dryRun(seller.tenantId)
    expect(await differenceOf(seller.tenantId, runId)).toBe('-90 EUR')
    expect(await stateOf(seller.tenantId)).toBe(asCharged)

    await approveAndPost(seller.tenantId, runId)
    expect(await totalOf(seller.tenantId)).toBe('10 EUR')
    expect(await differenceOf(seller.tenantId, runId)).toBe('-90 EUR')

    await bill(seller, [sent(1100, '2026-07-02')])
    await billMonth(seller.tenantId, '2026-07', '2026-08-01T06:00:00Z')
    const [unchanged, july] = await invoicesOf(seller.tenantId)
    expect(unchanged?.contentHash).toBe(before?.contentHash)
    expect(july?.net.minor).toBe(1000n)
    expect(july?.sections[0]?.lines.map((line) => [line.subject.billingPeriod, line.net.minor]).sort()).toEqual([
      ['2026-06-01', -10000n],
      ['2026-06-01', 1000n],
      ['2026-07-01', 10000n],
    ])
    const june = july?.sections[0]?.lines.filter(({ subject }) => subject.billingPeriod === '2026-06-01')
    const reRated = { feeKind: 'usage', start: '2026-07-01', end: '2026-08-01' }
    expect(june?.map(({ kind, subject }) => [kind, subject.reRated])).toEqual([
      ['correction', reRated],
      ['correction', reRated],
    ])
  })

  test('usage that comes late to a month is a correction, and says nothing of a price', async () => {
    const seller = await buildSeller(typedWrong)
    setClock(fixedClock('2026-06-20T06:00:00Z'))
    await bill(seller, [sent(150, '2026-06-10')])
    await billMonth(seller.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    setClock(fixedClock('2026-07-03T06:00:00Z'))
    await bill(seller, [sent(50, '2026-06-12')])
    await billMonth(seller.tenantId, '2026-07', '2026-08-01T06:00:00Z')
    const [, july] = await invoicesOf(seller.tenantId)
    expect(july?.sections[0]?.lines.map(({ kind, subject }) => [kind, subject.reRated])).toEqual([['correction', undefined]])
  })

  test('what was never invoiced at the wrong price is invoiced at the right one, with no word of it', async () => {
    const seller = await buildSeller(typedWrong)
    setClock(fixedClock('2026-06-20T06:00:00Z'))
    await bill(seller, [sent(150, '2026-06-10')])
    await correctPrice(seller)
    await approveAndPost(seller.tenantId, await dryRun(seller.tenantId))
    await billMonth(seller.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    const [invoice] = await invoicesOf(seller.tenantId)
    expect(invoice?.sections[0]?.lines.map(({ kind, net }) => [kind, net.minor])).toEqual([['usage', 500n]])
  })

  test('doing it again posts nothing', async () => {
    const seller = await buildSeller(typedWrong)
    setClock(fixedClock('2026-06-20T06:00:00Z'))
    await bill(seller, [sent(150, '2026-06-10'), sent(50, '2026-06-12')])
    await correctPrice(seller)
    await approveAndPost(seller.tenantId, await dryRun(seller.tenantId))
    const asPosted = await stateOf(seller.tenantId)

    const again = await dryRun(seller.tenantId)
    expect(await differenceOf(seller.tenantId, again)).toBe('')
    await approveAndPost(seller.tenantId, again)
    expect(await stateOf(seller.tenantId)).toBe(asPosted)
  })

  test('the person who asked cannot approve; a second one can refuse for good', async () => {
    const seller = await buildSeller(typedWrong)
    setClock(fixedClock('2026-06-20T06:00:00Z'))
    await bill(seller, [sent(150, '2026-06-10')])
    await correctPrice(seller)
    const runId = await dryRun(seller.tenantId)

    expect(await as(seller.tenantId, anna, (ctx) => approveReRate(ctx, { runId }))).toEqual({ ok: false, error: 'same-person' })
    expect((await as(seller.tenantId, ben, (ctx) => refuseReRate(ctx, { runId }))).ok).toBe(true)
    expect(await as(seller.tenantId, ben, (ctx) => approveReRate(ctx, { runId }))).toEqual({ ok: false, error: 'not-previewed' })
    expect(await totalOf(seller.tenantId)).toBe('50 EUR')
  })

  test('usage that comes between dry run and posting is charged once, the allowance counted over all of it', async () => {
    const seller = await buildSeller(typedWrong)
    setClock(fixedClock('2026-06-20T06:00:00Z'))
    await bill(seller, [sent(150, '2026-06-10')])
    await correctPrice(seller)
    const runId = await dryRun(seller.tenantId)
    await bill(seller, [sent(40, '2026-06-11')])
    await approveAndPost(seller.tenantId, runId)
    // 190 GB, 100 of them free, at 0.10.
    expect(await totalOf(seller.tenantId)).toBe('9 EUR')

    await bill(seller, [sent(10, '2026-06-12')])
    expect(await totalOf(seller.tenantId)).toBe('10 EUR')
  })

  test('corrected usage counts as what it is now, before and after', async () => {
    const seller = await buildSeller(typedWrong)
    setClock(fixedClock('2026-06-20T06:00:00Z'))
    await bill(seller, [sent(150, '2026-06-10'), sent(80, '2026-06-12')])
    await bill(seller, [sent(250, '2026-06-10')])
    expect(await totalOf(seller.tenantId)).toBe('230 EUR')
    await correctPrice(seller)
    await approveAndPost(seller.tenantId, await dryRun(seller.tenantId))
    expect(await totalOf(seller.tenantId)).toBe('23 EUR')
    await bill(seller, [sent(260, '2026-06-10')])
    expect(await totalOf(seller.tenantId)).toBe('24 EUR')
  })

  test('only what the scope names moves: one account, one version', async () => {
    const seller = await buildSeller(typedWrong)
    const other = await buildAccount(seller.tenantId, { name: 'Other' })
    await buildContract(seller.tenantId, { accountId: other, priceBookId: seller.priceBookId })
    await buildMapping(seller.tenantId, { cloudRef: seller.cloudRef, accountId: other, ref: 'acc-2' })
    setClock(fixedClock('2026-06-20T06:00:00Z'))
    await bill(seller, [sent(150, '2026-06-10'), sent(150, '2026-06-10', { owner: { accountId: 'acc-2' }, resourceRef: 'srv-2' })])
    const wrongVersion = await correctPrice(seller)

    await approveAndPost(seller.tenantId, await dryRun(seller.tenantId, { accountIds: [other] }))
    expect(await totalOf(seller.tenantId)).toBe('55 EUR')
    await approveAndPost(seller.tenantId, await dryRun(seller.tenantId, { priceVersionIds: [wrongVersion] }))
    expect(await totalOf(seller.tenantId)).toBe('10 EUR')
  })

  test('a wrong monthly fee is corrected by its difference, and finalised months stay', async () => {
    setClock(fixedClock('2026-05-20T06:00:00Z'))
    const tenantId = await buildTenant()
    const [accountId, productId] = [await buildAccount(tenantId), await buildProduct(tenantId)]
    const { priceBookId } = await buildPriceBook(tenantId, [{ feeKind: 'recurring', price: '29.90', productId }])
    const contractId = await buildContract(tenantId, { accountId, priceBookId })
    // The second half of May, then June.
    await buildSubscription(tenantId, { accountId, contractId, productId, startedAt: '2026-05-15T22:00:00Z' })
    await billMonth(tenantId, '2026-05', '2026-06-01T06:00:00Z')
    await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
    await correctPrice({ tenantId, priceBookId }, { unitPrice: new Decimal('19.90') })

    const runId = await dryRun(tenantId, { from: '2026-05-01' })
    const lines = await asOffice(tenantId, ({ db }) => db.reRateLine.findMany({ where: { tenantId }, orderBy: { billingPeriod: 'asc' } }))
    expect(lines.map((line) => line.newAmount.minus(line.oldAmount).toDecimalPlaces(2).toString())).toEqual(['-5.16', '-10'])
    await approveAndPost(tenantId, runId)
    await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')
    const [, june, july] = await invoicesOf(tenantId)
    expect([june?.net.minor, july?.net.minor]).toEqual([2990n, 474n])
    const named = july?.sections[0]?.lines.map(({ kind, subject, net }) => `${kind} ${subject.reRated?.feeKind ?? '-'} ${net.minor}`)
    expect(named?.sort()).toEqual(['correction recurring -1000', 'correction recurring -516', 'recurring - 1990'])
    const again = await dryRun(tenantId, { from: '2026-05-01' })
    expect(await differenceOf(tenantId, again)).toBe('')
  })

  test('a promised minimum that was typed wrong is taken back and made up for anew', async () => {
    const seller = await buildSeller([])
    const validFrom = new Date('2026-01-01T00:00:00Z')
    const facts = { id: '', priceVersionId: '', feeKind: 'usage', productId: null, meter: 'traffic.sent', unit: 'GB', validFrom } as const
    await asOffice(seller.tenantId, async (ctx) => {
      const version = await ctx.db.priceVersion.findFirstOrThrow({ where: { tenantId: seller.tenantId, priceBookId: seller.priceBookId } })
      const rule = plainRule({ ...facts, unitPrice: new Decimal('0.10'), minimum: new Decimal(50) })
      await insertPriceRules(ctx, { priceVersionId: version.id, isPublic: false, rules: [rule] })
    })
    setClock(fixedClock('2026-06-20T06:00:00Z'))
    await bill(seller, [sent(100, '2026-06-10')])
    await billMonth(seller.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    expect(await totalOf(seller.tenantId)).toBe('50 EUR')

    await correctPrice(seller, { minimum: new Decimal(20) })
    const runId = await dryRun(seller.tenantId)
    expect(await differenceOf(seller.tenantId, runId)).toBe('-30 EUR')
    await approveAndPost(seller.tenantId, runId)
    expect(await totalOf(seller.tenantId)).toBe('20 EUR')
    expect(await differenceOf(seller.tenantId, await dryRun(seller.tenantId))).toBe('')
    await billMonth(seller.tenantId, '2026-07', '2026-08-01T06:00:00Z')
    expect(await totalOf(seller.tenantId)).toBe('20 EUR')
  })

  test('a price wrong at one level is put right at that level and at no other', async () => {
    const parent = await buildSeller(typedWrong)
    const child = await buildReseller(parent, [{ feeKind: 'usage', meter: 'traffic.sent', price: '0.30' }])
    setClock(fixedClock('2026-06-20T06:00:00Z'))
    await bill(parent, [sent(200, '2026-06-10')])
    const below = await chargesOf(child.tenantId)
    await correctPrice(parent)
    await approveAndPost(parent.tenantId, await dryRun(parent.tenantId))
    expect(await totalOf(parent.tenantId)).toBe('10 EUR')
    expect(await chargesOf(child.tenantId)).toEqual(below)
  })
})
