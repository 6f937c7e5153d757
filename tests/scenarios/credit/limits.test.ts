import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { usedPercent } from '#app/domain/credit/exposure.ts'
import { money } from '#app/domain/money/money.ts'
import { startOfDay } from '#app/domain/time/local-date.ts'
import { readExposure } from '#app/services/credit/read-exposure.server.ts'
import { setCreditLimit } from '#app/services/credit/set-credit-limit.server.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'

afterEach(() => setClock())

const zone = 'Europe/Berlin'
const eur = (minor: bigint) => money(minor, 'EUR')
const june = { from: startOfDay('2026-06-10', zone), until: startOfDay('2026-07-01', zone) }

/** A customer that may owe 5,000.00, on the eve of what is agreed further. */
async function customer() {
  setClock(fixedClock('2026-06-01T08:00:00Z'))
  const tenantId = await buildTenant()
  const { priceBookId } = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  const accountId = await buildAccount(tenantId)
  const contractId = await buildContract(tenantId, { accountId, priceBookId, creditLimitMinor: 500_000n })
  const agree = (amountMinor: bigint, span: typeof june | null) =>
    asOffice(tenantId, (ctx) => setCreditLimit(ctx, { accountId, amountMinor, reason: 'agreed', span }))
  const limitAt = async (instant: string) => {
    setClock(fixedClock(instant))
    const standing = await asOffice(tenantId, (ctx) => readExposure(ctx, contractId))
    if (!standing.ok) throw new Error(standing.error)
    return standing.value.limit
  }
  return { agree, limitAt }
}

test('an increase from 10 June until 1 July counts from its first instant and ends at midnight of the seller', async () => {
  const { agree, limitAt } = await customer()
  await agree(200_000n, june)
  expect(await limitAt('2026-06-09T21:59:59Z')).toEqual(eur(500_000n))
  expect(await limitAt('2026-06-09T22:00:00Z')).toEqual(eur(700_000n))
  expect(await limitAt('2026-06-30T21:59:59Z')).toEqual(eur(700_000n))
  expect(await limitAt('2026-06-30T22:00:00Z')).toEqual(eur(500_000n))
})

test('5,600.00 are 80 % of the raised limit, and 112 % the day after', async () => {
  const { agree, limitAt } = await customer()
  await agree(200_000n, june)
  expect(usedPercent(await limitAt('2026-06-30T12:00:00Z'), eur(560_000n))).toBe(80)
  expect(usedPercent(await limitAt('2026-07-01T12:00:00Z'), eur(560_000n))).toBe(112)
})

test('of several bases the last that began counts, and increases add up', async () => {
  const { agree, limitAt } = await customer()
  await agree(200_000n, june)
  await agree(200_000n, june)
  expect(await limitAt('2026-06-20T00:00:00Z')).toEqual(eur(900_000n))
  await agree(100_000n, null)
  expect(await limitAt('2026-06-20T00:00:01Z')).toEqual(eur(500_000n))
  expect(await limitAt('2026-07-20T00:00:00Z')).toEqual(eur(100_000n))
})
