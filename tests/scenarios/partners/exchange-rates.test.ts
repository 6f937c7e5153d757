import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readExchangeRates } from '#app/db/catalog/exchange-rates.server.ts'
import { inPanel } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import { ExchangeSourceError } from '#app/ports/exchange-rate-source.ts'
import { listExchangeRates } from '#app/reports/exchange-rates/query.server.ts'
import { convertMoney, findExchangeRate } from '#app/services/exchange-rates/convert-money.server.ts'
import { enterExchangeRate } from '#app/services/exchange-rates/enter-exchange-rate.server.ts'
import { fetchExchangeRates, importExchangeRates } from '#app/services/exchange-rates/import-exchange-rates.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { asOffice, buildTenant } from '#tests/support/builders.ts'

afterEach(() => setClock())

const published = (date: string, chf: string) => ({
  fetchRates: async () => [
    { base: 'EUR', quote: 'CHF', rate: new Decimal(chf), source: 'ECB', date },
    { base: 'EUR', quote: 'JPY', rate: new Decimal('168.37'), source: 'ECB', date },
  ],
})
const importFrom = async (tenantId: string, date: string, chf: string) => {
  const fetched = await fetchExchangeRates(published(date, chf))
  if (!fetched.ok) throw new Error(fetched.error)
  return importExchangeRates(processOf(tenantId, {}), fetched.value)
}
const typed = (rate: string, date: string) => ({ base: 'EUR', quote: 'CHF', rate: new Decimal(rate), source: 'typed in', date })

describe('rates that are imported every day', () => {
  test('a second import of the same day adds nothing', async () => {
    const tenantId = await buildTenant()
    expect([await importFrom(tenantId, '2026-06-05', '0.94'), await importFrom(tenantId, '2026-06-05', '0.94')]).toEqual([2, 0])
  })

  test('a source that is down is asked again, one that sends something else is not', async () => {
    const failing = (code: 'unavailable' | 'malformed') => ({ fetchRates: () => Promise.reject(new ExchangeSourceError(code, code)) })
    await expect(fetchExchangeRates(failing('unavailable'))).rejects.toThrow('unavailable')
    expect(await fetchExchangeRates(failing('malformed'))).toEqual({ ok: false, error: 'malformed' })
  })

  test('a new rate changes nothing of yesterday', async () => {
    const tenantId = await buildTenant()
    await importFrom(tenantId, '2026-06-05', '0.94')
    await importFrom(tenantId, '2026-06-08', '0.97')
    const worth = (on: string) => asOffice(tenantId, (ctx) => convertMoney(ctx, { amount: money(2934n, 'EUR'), quote: 'CHF', on }))
    expect(await worth('2026-06-07')).toMatchObject({ value: { amount: money(2758n, 'CHF'), source: 'ECB', date: '2026-06-05' } })
    expect(await worth('2026-06-08')).toMatchObject({ value: { amount: money(2846n, 'CHF'), source: 'ECB', date: '2026-06-08' } })
  })

  test('francs become yen over the euro only when that is asked for', async () => {
    const tenantId = await buildTenant()
    await importFrom(tenantId, '2026-06-05', '0.94')
    const question = { base: 'CHF', quote: 'JPY', on: '2026-06-06' }
    expect(await asOffice(tenantId, (ctx) => findExchangeRate(ctx, question))).toEqual({ ok: false, error: 'no-rate' })
    const crossed = await asOffice(tenantId, (ctx) => findExchangeRate(ctx, { ...question, derive: { over: 'EUR' } }))
    expect(crossed).toMatchObject({ value: { origin: 'cross', source: 'ECB (EUR)', date: '2026-06-05' } })
  })
})

describe('a rate that a person types in', () => {
  test('comes before the imported one of the same day, and both stay in the list', async () => {
    setClock(fixedClock('2026-06-05T09:00:00Z'))
    const tenantId = await buildTenant()
    await importFrom(tenantId, '2026-06-05', '0.9411')
    const entered = await asOffice(tenantId, (ctx) => enterExchangeRate(ctx, { rate: typed('0.94', '2026-06-05'), today: '2026-06-05' }))
    expect(entered.ok).toBe(true)

    const found = await asOffice(tenantId, (ctx) => findExchangeRate(ctx, { base: 'EUR', quote: 'CHF', on: '2026-06-30' }))
    expect(found.ok && [found.value.rate.toFixed(), found.value.source]).toEqual(['0.94', 'typed in'])
    const list = await asOffice(tenantId, (ctx) => listExchangeRates(ctx, { currency: 'CHF', page: 1, today: '2026-06-30' }))
    expect(list.rows.map(({ rate, isInForce }) => [rate, isInForce])).toEqual([
      ['0.94', true],
      ['0.9411', false],
    ])
  })

  test.each([
    ['unknown-currency', { quote: 'XTS' }],
    ['same-currency', { quote: 'EUR' }],
    ['not-positive', { rate: new Decimal(0) }],
    ['future-date', { date: '2026-06-06' }],
  ])('is refused as %s', async (problem, change) => {
    const tenantId = await buildTenant()
    const rate = { ...typed('0.94', '2026-06-05'), ...change }
    expect(await asOffice(tenantId, (ctx) => enterExchangeRate(ctx, { rate, today: '2026-06-05' }))).toEqual({ ok: false, error: problem })
  })

  test('a customer reads no exchange rates of its seller', async () => {
    const tenantId = await buildTenant()
    await importFrom(tenantId, '2026-06-05', '0.94')
    expect(await inPanel(tenantId, [], (ctx) => readExchangeRates(ctx, ['EUR', 'CHF'], '2026-06-30'))).toEqual([])
  })
})
