import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { closeAdapters } from '#app/wiring.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { lineTotals, pdfHashOf, sellOnTwoLevels, sent } from '#tests/support/two-levels.ts'
import { bill, type Seller } from '#tests/support/usage.ts'
import { totalOf } from '#tests/support/usage-facts.ts'

afterEach(() => setClock())
afterAll(closeAdapters)

const firstOfJuly = '2026-07-01T08:00:00Z'
const firstOfAugust = '2026-08-01T08:00:00Z'

describe('usage that arrives after the invoice of its month was finalised', () => {
  test('is a difference to the cent on the next invoice of each level, with its own month, and the closed one stays', async () => {
    const { provider, reseller } = await sellOnTwoLevels()
    setClock(fixedClock('2026-06-29T06:00:00Z'))
    await bill(provider, [sent(80, '2026-06-10')])
    for (const level of [provider, reseller]) await billMonth(level.tenantId, '2026-06', firstOfJuly)
    const before = [(await invoicesOf(provider.tenantId))[0], (await invoicesOf(reseller.tenantId))[0]] as const
    expect(before.map((invoice) => invoice?.net.minor)).toEqual([800n, 600n])
    const hashes = [await pdfHashOf(provider, before[0]?.id ?? ''), await pdfHashOf(reseller, before[1]?.id ?? '')]

    setClock(fixedClock('2026-07-03T06:00:00Z'))
    await bill(provider, [sent(60, '2026-06-28')])
    await bill(provider, [sent(10, '2026-07-02')])
    expect([await totalOf(provider.tenantId), await totalOf(reseller.tenantId)]).toEqual(['13 EUR', '15 EUR'])
    for (const level of [provider, reseller]) await billMonth(level.tenantId, '2026-07', firstOfAugust)

    // 140 GB of June: 10.00 for the first 100, 2.00 for the rest; 8.00 of it stood on the invoice of June.
    expect(await lineTotals(provider, 1)).toEqual([
      ['2026-06-01 from 2026-06-28', 400n],
      ['2026-07-01 from 2026-07-02', 100n],
    ])
    // 90 GB above the allowance would be 18.00, the cap makes 15.00 of it; 6.00 of it stood on the invoice of June.
    expect(await lineTotals(reseller, 1)).toEqual([
      ['2026-06-01 from 2026-06-28', 900n],
      ['2026-07-01 from 2026-07-02', 0n],
    ])
    const after = [(await invoicesOf(provider.tenantId))[0], (await invoicesOf(reseller.tenantId))[0]] as const
    expect(after.map((invoice) => invoice?.contentHash)).toEqual(before.map((invoice) => invoice?.contentHash))
    expect([await pdfHashOf(provider, after[0]?.id ?? ''), await pdfHashOf(reseller, after[1]?.id ?? '')]).toEqual(hashes)
  })

  test('and is then corrected again, gives back what it had cost in tier and cap', async () => {
    const { provider, reseller } = await sellOnTwoLevels()
    setClock(fixedClock('2026-06-29T06:00:00Z'))
    await bill(provider, [sent(80, '2026-06-10'), sent(10, '2026-06-12')])
    for (const level of [provider, reseller]) await billMonth(level.tenantId, '2026-06', firstOfJuly)
    setClock(fixedClock('2026-07-03T06:00:00Z'))
    await bill(provider, [sent(130, '2026-06-10')])
    await bill(provider, [sent(135, '2026-06-10')])
    expect([await totalOf(provider.tenantId), await totalOf(reseller.tenantId)]).toEqual(['12.25 EUR', '15 EUR'])
    for (const level of [provider, reseller]) await billMonth(level.tenantId, '2026-07', firstOfAugust)
    const nets = async ({ tenantId }: Seller) => (await invoicesOf(tenantId)).map(({ net }) => net.minor)
    expect([await nets(provider), await nets(reseller)]).toEqual([
      [900n, 325n],
      [800n, 700n],
    ])
  })
})
