import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { bill, buildReseller, buildSeller, reported, type Seller } from '#tests/support/usage.ts'
import { chargesOf, totalOf } from '#tests/support/usage-facts.ts'

/** 1,000 GB out in June, 100 of them included at each edge; provider to reseller to sub-reseller to customer. */
const edge = (price: string) => [{ feeKind: 'usage', meter: 'traffic.sent', price, included: '100' }] as const
const june = [reported({ quantity: '600000000000' }), reported({ quantity: '400000000000', resourceRef: 'srv-2' })]

let provider: Seller
let reseller: Seller
let subReseller: Seller
beforeEach(async () => {
  setClock(fixedClock('2026-07-01T06:00:00Z'))
  provider = await buildSeller(edge('0.08'))
  reseller = await buildReseller(provider, edge('0.10'))
  subReseller = await buildReseller(reseller, edge('0.15'))
})
afterEach(() => setClock())

const sellers = () => [provider, reseller, subReseller]
const totals = async () => [await totalOf(provider.tenantId), await totalOf(reseller.tenantId), await totalOf(subReseller.tenantId)]

describe('1,000 GB that a customer of a sub-reseller sent', () => {
  test('cost 72, 90 and 135 at the three edges, each with its own price and allowance', async () => {
    await bill(provider, june)
    expect(await totals()).toEqual(['72 EUR', '90 EUR', '135 EUR'])
    for (const { tenantId } of sellers()) {
      const charges = await chargesOf(tenantId)
      expect(charges.map(({ quantity, included }) => [quantity, included])).toEqual([
        ['600', '100'],
        ['400', '0'],
      ])
    }
  })

  test('are one record and one charge at each edge, whatever the number of deliveries', async () => {
    for (let time = 0; time < 3; time += 1) await bill(provider, june)
    expect(await totals()).toEqual(['72 EUR', '90 EUR', '135 EUR'])
  })

  test('are on the June invoice of each seller, to the cent', async () => {
    await bill(provider, june)
    for (const { tenantId } of sellers()) expect(await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')).toBe(1)
    const nets = []
    for (const { tenantId } of sellers()) nets.push((await invoicesOf(tenantId)).map((invoice) => invoice.net.minor))
    expect(nets).toEqual([[7200n], [9000n], [13500n]])
  })
})

describe('usage that is corrected or comes late', () => {
  const lateness = [reported({ quantity: '700000000000' }), reported({ quantity: '50000000000', resourceRef: 'srv-3' })]

  test('is corrected at every level, by what each had charged', async () => {
    await bill(provider, june)
    await bill(provider, lateness)
    expect(await totals()).toEqual(['84 EUR', '105 EUR', '157.5 EUR'])
    const charges = await chargesOf(subReseller.tenantId)
    expect(charges.map(({ quantity, amount, class: kind }) => [quantity, amount, kind])).toEqual([
      ['600', '75', ''],
      ['400', '60', ''],
      ['-600', '-90', 'Correction'],
      ['700', '105', 'Correction'],
      ['50', '7.5', ''],
    ])
  })

  test('after the invoice, is a correction of June on the invoice of July at every level', async () => {
    await bill(provider, june)
    for (const { tenantId } of sellers()) await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
    await bill(provider, lateness)
    const july = []
    for (const { tenantId } of sellers()) {
      const late = (await chargesOf(tenantId)).slice(2)
      expect(late.map(({ class: kind, billingPeriod }) => [kind, billingPeriod])).toEqual(Array(3).fill(['Correction', '2026-06-01']))
      await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')
      july.push((await invoicesOf(tenantId))[1]?.net.minor)
    }
    expect(july).toEqual([1200n, 1500n, 2250n])
  })
})
