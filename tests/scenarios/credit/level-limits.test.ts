import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { limitsOf } from '#app/db/credit/credit-limits.server.ts'
import { positionsOf } from '#app/db/credit/credit-positions.server.ts'
import { creditNotAsSources } from '#app/db/invariants/credit.server.ts'
import { saveBillingSettings } from '#app/services/billing/save-billing-settings.server.ts'
import { setLevelLimit, takeLevelLimit } from '#app/services/credit/follow-level.server.ts'
import { decideCreditLimit, setCreditLimit } from '#app/services/credit/set-credit-limit.server.ts'
import { assignLevel } from '#app/services/partner-levels/assign-level.server.ts'
import { moveDueLevels } from '#app/services/partner-levels/move-due-levels.server.ts'
import { addPartnerLevel } from '#app/services/partner-levels/save-partner-level.server.ts'
import { simulateLevels } from '#app/services/partner-levels/simulate-levels.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { asOffice, builtAt } from '#tests/support/builders.ts'
import { buildParentAndChild, type OfferedTo } from '#tests/support/offers.ts'
import { eur } from '#tests/support/payments.ts'

const now = new Date('2026-06-15T10:00:00Z')
/** Midnight of 1 July in Berlin. */
const firstOfJuly = new Date('2026-06-30T22:00:00Z')

let sold: OfferedTo
let levels: { bronze: string; silver: string }

/** A provider with two levels, and a reseller of the lower one whose contract has no limit of its own. */
beforeEach(async () => {
  setClock(fixedClock(now.toISOString()))
  sold = await buildParentAndChild(`level-${v7().slice(-12)}`)
  await asOffice(sold.provider, async ({ db, tenantId }) => {
    const book = await db.priceBook.findUniqueOrThrow({ where: { tenantId_code: { tenantId, code: 'public' } }, select: { id: true } })
    await db.contract.updateMany({ where: { tenantId, accountId: sold.accountId }, data: { priceBookId: book.id } })
  })
  levels = { bronze: await addLevel('bronze', 1), silver: await addLevel('silver', 2) }
  await assign(levels.bronze, now)
  await asOffice(sold.provider, (ctx) => takeLevelLimit(ctx, sold.accountId))
  await limitLevel(levels.bronze, 100_000n)
  await limitLevel(levels.silver, 500_000n)
})
afterEach(() => setClock())

async function addLevel(code: string, rank: number): Promise<string> {
  const level = { code, name: code, rank, minTurnover: null, turnoverMonths: 3, maxOverdueDays: null, graceDays: 14 }
  const added = await asOffice(sold.provider, (ctx) => addPartnerLevel(ctx, { level, discounts: [], validFrom: builtAt }))
  return added.ok ? added.value.levelId : ''
}

const assign = (levelId: string, validFrom: Date) =>
  asOffice(sold.provider, (ctx) => assignLevel(ctx, { accountId: sold.accountId, levelId, validFrom, reason: 'Agreed' }))
const limitLevel = (levelId: string, minor: bigint, validFrom = now) =>
  asOffice(sold.provider, (ctx) => setLevelLimit(ctx, { levelId, limit: eur(minor), validFrom }))

async function limitAt(instant: string): Promise<bigint | undefined> {
  setClock(fixedClock(instant))
  return asOffice(sold.provider, async (ctx) => (await positionsOf(ctx, [sold.accountId])).get(sold.accountId)?.limit.minor)
}

/** The changes of the limit, the newest first. */
const history = () =>
  asOffice(sold.provider, async (ctx) => {
    const position = (await positionsOf(ctx, [sold.accountId])).get(sold.accountId)
    const rows = await limitsOf(ctx, position?.id ?? '')
    return rows.map(({ origin, state, amountMinor, createdBy }) => [origin, state, amountMinor, createdBy === null])
  })

const problems = () => asOffice(sold.provider, creditNotAsSources)

test('the limit of a level holds for contracts without one, and a move changes it at its first instant', async () => {
  expect(await limitAt('2026-06-15T10:00:01Z')).toBe(100_000n)
  await assign(levels.silver, firstOfJuly)
  expect(await limitAt('2026-06-30T21:59:59Z')).toBe(100_000n)
  expect(await limitAt('2026-06-30T22:00:00Z')).toBe(500_000n)
  expect(await problems()).toMatchObject({ violations: 0 })

  // The night after, the row itself says so; nothing is noted twice.
  await moveDueLevels(processOf(sold.provider, {}))
  const rows = await history()
  expect(rows.filter(([origin]) => origin === 'level')).toEqual([
    ['level', 'agreed', 500_000n, true],
    ['level', 'agreed', 100_000n, true],
    ['level', 'agreed', 0n, true],
  ])
  expect(rows.filter(([origin]) => origin === 'contract')).toEqual([['contract', 'agreed', 10_000_000n, true]])
  expect(await problems()).toMatchObject({ violations: 0 })
})

test('a limit of its own takes the place of what the level was to bring', async () => {
  await assign(levels.silver, firstOfJuly)
  await asOffice(sold.provider, (ctx) =>
    setCreditLimit(ctx, { accountId: sold.accountId, amountMinor: 20_000n, reason: 'agreed', span: null }),
  )
  expect(await limitAt('2026-07-02T10:00:00Z')).toBe(20_000n)
  expect((await history()).filter(([, state]) => state === 'withdrawn')).toHaveLength(1)
  await limitLevel(levels.silver, 900_000n, new Date('2026-07-02T10:00:00Z'))
  expect(await limitAt('2026-07-03T10:00:00Z')).toBe(20_000n)
  expect(await problems()).toMatchObject({ violations: 0 })
})

test('above the amount for approvals a level’s limit waits at the contract for a second person', async () => {
  const settings = { changedPercent: 30, wildPercent: 200, wildSharePercent: 20, approvalAbove: { EUR: 200_000n } }
  await asOffice(sold.provider, (ctx) => saveBillingSettings(ctx, settings))
  await limitLevel(levels.bronze, 300_000n, new Date('2026-06-15T10:00:00Z'))
  await moveDueLevels(processOf(sold.provider, {}))
  expect(await limitAt('2026-06-15T11:00:00Z')).toBe(100_000n)
  const waiting = await asOffice(sold.provider, ({ db, tenantId }) => db.creditLimit.findMany({ where: { tenantId, state: 'waiting' } }))
  expect(waiting).toHaveLength(1)
  const decided = await asOffice(sold.provider, (ctx) =>
    decideCreditLimit(
      { ...ctx, actor: { kind: 'user', userId: v7() } },
      { accountId: sold.accountId, limitId: waiting[0]?.id ?? '', isApproved: true },
    ),
  )
  expect([decided.ok, await limitAt('2026-06-15T12:00:00Z')]).toEqual([true, 300_000n])
})

test('the simulation says what whoever moves may owe afterwards', async () => {
  const simulated = await asOffice(sold.provider, (ctx) => simulateLevels(ctx, { today: '2026-06-15', months: 1, at: ctx.now }))
  expect(simulated.ok && simulated.value.moves.map(({ limit }) => limit)).toEqual([{ before: eur(100_000n), after: eur(500_000n) }])
})
