import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { listCodes } from '#app/db/catalog/promo-codes.server.ts'
import { makeNextCodes, switchCode } from '#app/services/promotions/generate-codes.server.ts'
import { openAndCloseCampaigns, releaseStaleHolds, stopSpentCampaign } from '#app/services/promotions/run-campaigns.server.ts'
import { saveCampaign, switchCampaign } from '#app/services/promotions/save-campaign.server.ts'
import { savePromotion, switchPromotion } from '#app/services/promotions/save-promotion.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { buildPromotion, buildShop, buildShopper, countersOf, orderWith, type Shop } from './store.ts'

let shop: Shop
beforeEach(async () => {
  setClock(fixedClock('2026-06-04T10:00:00Z'))
  shop = await buildShop()
})
afterEach(() => setClock())

const weekend = {
  campaignId: null,
  code: 'june-weekend',
  name: 'June weekend',
  startsOn: '2026-06-05',
  endsOn: '2026-06-07',
  budget: { minor: 2_000n, currency: 'EUR' },
  segments: [],
  countries: [],
}
const tenPercent = {
  promotionId: null,
  code: 'weekend-10',
  name: 'Wochenende',
  terms: { kind: 'percent' as const, percent: '10', periods: 1 },
  scopes: ['recurring' as const],
  productGroups: [],
  channelIds: [],
  isFirstOrderOnly: false,
  isNewCustomersOnly: false,
  priority: 100,
  stackGroup: null,
  isStackable: false,
  maxRedemptions: null,
  maxPerAccount: null,
  startsOn: '2026-06-05',
  endsOn: '2026-06-07',
  publicCode: 'weekend10',
}
const value = <T>(result: { ok: true; value: T } | { ok: false; error: string }): T => {
  if (!result.ok) throw new Error(result.error)
  return result.value
}
const stateOf = (campaignId: string) =>
  asOffice(
    shop.tenantId,
    async ({ db }) => (await db.campaign.findFirstOrThrow({ where: { id: campaignId }, select: { state: true } })).state,
  )
const tick = () => openAndCloseCampaigns(processOf(shop.tenantId, {}))

/** A campaign of staff with its promotion, both started. */
async function planned() {
  const { campaignId } = value(await asOffice(shop.tenantId, (ctx) => saveCampaign(ctx, weekend)))
  const { promotionId } = value(await asOffice(shop.tenantId, (ctx) => savePromotion(ctx, { ...tenPercent, campaignId })))
  await asOffice(shop.tenantId, (ctx) => switchCampaign(ctx, { campaignId, deed: 'start' }))
  await asOffice(shop.tenantId, (ctx) => switchPromotion(ctx, { promotionId, state: 'active' }))
  return { campaignId, promotionId }
}

describe('a campaign over a weekend in Vienna', () => {
  test('opens with Friday there and closes with Sunday', async () => {
    const { campaignId } = await planned()
    const states = [await stateOf(campaignId)]
    for (const instant of ['2026-06-04T21:59:59Z', '2026-06-04T22:00:00Z', '2026-06-07T21:59:59Z', '2026-06-07T22:00:00Z']) {
      setClock(fixedClock(instant))
      await tick()
      states.push(await stateOf(campaignId))
    }
    expect(states).toEqual(['scheduled', 'scheduled', 'running', 'running', 'ended'])
    expect(await tick()).toBe(0)
  })

  test('gives a code to buyers from its first instant to its last, whether the job has run or not', async () => {
    await planned()
    const { accountId } = await buildShopper(shop)
    const answers = []
    for (const instant of ['2026-06-04T21:59:59Z', '2026-06-04T22:00:00Z', '2026-06-07T22:00:00Z']) {
      setClock(fixedClock(instant))
      answers.push((await orderWith(shop, accountId, ['WEEKEND10'])).ok)
    }
    expect(answers).toEqual([false, true, false])
  })

  test('stops when what is left would not pay the smallest redemption', async () => {
    const { campaignId } = await planned()
    const { accountId } = await buildShopper(shop)
    setClock(fixedClock('2026-06-05T14:40:00Z'))
    const stop = () => asOffice(shop.tenantId, (ctx) => stopSpentCampaign(ctx, campaignId))
    const seen = [await stop()]
    for (let order = 0; order < 2; order += 1) {
      expect((await orderWith(shop, accountId, ['WEEKEND10'])).ok).toBe(true)
      seen.push(await stop())
    }
    expect([seen, await stateOf(campaignId)]).toEqual([[false, false, true], 'spent'])
    expect(await orderWith(shop, accountId, ['WEEKEND10'])).toEqual({ ok: false, error: 'code-not-valid' })

    const raised = { ...weekend, campaignId, budget: { minor: 5_000n, currency: 'EUR' } }
    await asOffice(shop.tenantId, (ctx) => saveCampaign(ctx, raised))
    await asOffice(shop.tenantId, (ctx) => switchCampaign(ctx, { campaignId, deed: 'start' }))
    expect((await orderWith(shop, accountId, ['WEEKEND10'])).ok).toBe(true)
    expect(await asOffice(shop.tenantId, (ctx) => saveCampaign(ctx, { ...weekend, campaignId }))).toEqual({
      ok: false,
      error: 'budget-below-spent',
    })
  })
})

describe('generated codes', () => {
  test('are as many as were asked for, all different, however often a step runs', async () => {
    const built = await buildPromotion(shop)
    const process = processOf(shop.tenantId, { randomBytes: (count: number) => randomBytes(count) })
    const batch = { promotionId: built.promotionId, count: 12_345, maxRedemptions: 1, requestedAt: '2026-06-04T10:00:00.000Z' }
    const steps = []
    for (let step = 0; step < 3; step += 1) steps.push((await makeNextCodes(process, batch)).missing)
    expect(steps).toEqual([2_345, 0, 0])
    const codes = await asOffice(shop.tenantId, (ctx) =>
      listCodes(ctx, { promotionId: built.promotionId, part: '-', afterId: null, limit: 20_000 }),
    )
    expect(new Set(codes.map(({ code }) => code)).size).toBe(12_345)
    expect(codes[0]?.code).toMatch(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){3}$/)
  }, 60_000)

  test('serve once, and not when they are disabled', async () => {
    const { accountId } = await buildShopper(shop)
    setClock(fixedClock('2026-06-05T14:40:00Z'))
    const built = await buildPromotion(shop, { code: 'ONCE-ONLY', codeLimit: 1 })
    expect((await orderWith(shop, accountId, ['once-only'])).ok).toBe(true)
    expect((await orderWith(shop, accountId, ['ONCE-ONLY'])).ok).toBe(false)
    const other = await buildPromotion(shop, { code: 'SWITCHED' })
    const off = { promotionId: other.promotionId, promoCodeId: other.promoCodeId, state: 'disabled' as const }
    await asOffice(shop.tenantId, (ctx) => switchCode(ctx, off))
    expect((await orderWith(shop, accountId, ['SWITCHED'])).ok).toBe(false)
    expect(await asOffice(shop.tenantId, (ctx) => switchCode(ctx, { ...off, promotionId: built.promotionId }))).toEqual({
      ok: false,
      error: 'code-not-found',
    })
  })
})

test('an order that stands still for a day gives back what it holds', async () => {
  const { accountId } = await buildShopper(shop)
  const built = await buildPromotion(shop, { budgetMinor: 1_000n })
  setClock(fixedClock('2026-06-05T14:40:00Z'))
  expect((await orderWith(shop, accountId, ['WEEKEND10'])).ok).toBe(true)
  expect(await releaseStaleHolds(processOf(shop.tenantId, {}))).toBe(0)
  setClock(fixedClock('2026-06-06T14:40:01Z'))
  expect(await releaseStaleHolds(processOf(shop.tenantId, {}))).toBe(1)
  expect(await countersOf(shop, built)).toEqual({ promotion: 0, code: 0, accounts: 0, spentMinor: 0n, redemptions: { released: 1 } })
})

test('a promotion under a name or code that is taken, or with a mistake, is not saved at all', async () => {
  await planned()
  const save = (changes: object) => asOffice(shop.tenantId, (ctx) => savePromotion(ctx, { ...tenPercent, campaignId: null, ...changes }))
  expect(await save({})).toEqual({ ok: false, error: 'name-taken' })
  expect(await save({ code: 'other' })).toEqual({ ok: false, error: 'code-taken' })
  expect(await save({ code: 'other', publicCode: 'x' })).toEqual({ ok: false, error: 'malformed-code' })
  expect(await save({ code: 'other', publicCode: 'OTHER10', endsOn: '2026-06-04' })).toEqual({ ok: false, error: 'end-before-start' })
  expect(await asOffice(shop.tenantId, ({ db }) => db.promotion.count())).toBe(1)
})
