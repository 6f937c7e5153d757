import { describe, expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { plainRule } from '../pricing/price-rule.ts'
import type { BundleItem } from './bundle.ts'
import { type OfferQuestion, quoteOffer } from './quote-offer.ts'

const one = new Decimal(1)
const member = (memberId: string, role: BundleItem['role'], position: number): BundleItem => ({
  bundleId: 'traffic-max',
  memberId,
  role,
  quantity: one,
  position,
})
const fee = (id: string, productId: string, price: string, feeKind: 'setup' | 'recurring' = 'recurring') =>
  plainRule({
    id,
    priceVersionId: 'v',
    feeKind,
    productId,
    meter: null,
    unit: 'month',
    unitPrice: new Decimal(price),
    validFrom: new Date('2026-01-01T00:00:00Z'),
  })

/** Traffic Max of story four: 25.00 and 149.00, nginx for nothing, backup for 12.00; a firewall nobody has a price for. */
const question: OfferQuestion = {
  productId: 'traffic-max',
  rules: [
    fee('setup', 'traffic-max', '25', 'setup'),
    fee('month', 'traffic-max', '149'),
    fee('nginx', 'nginx', '5'),
    fee('backup', 'backup', '12'),
    fee('backup-setup', 'backup', '3', 'setup'),
  ],
  currency: 'EUR',
  treatment: { category: 'S', rate: new Decimal(19), reason: 'domestic' },
  at: new Date('2026-06-15T22:00:00Z'),
  bundleItems: [member('nginx', 'complimentary', 1), member('backup', 'optional', 2), member('firewall', 'optional', 3)],
  chosen: [],
  isOnOffer: () => true,
}
const offer = (changes: Partial<OfferQuestion> = {}) => {
  const quoted = quoteOffer({ ...question, ...changes })
  if (!quoted.ok) throw new Error(quoted.error)
  return quoted.value
}
const lines = (changes: Partial<OfferQuestion>) =>
  offer(changes).quote.fees.map(({ feeKind, productId, amount }) => `${feeKind} ${productId} ${amount.minor}`)

test('an option costs its own fees, what is included costs nothing and has no setup', () => {
  expect(lines({ chosen: ['backup'] })).toEqual([
    'setup traffic-max 2500',
    'setup backup 300',
    'recurring traffic-max 14900',
    'recurring nginx 0',
    'recurring backup 1200',
  ])
  expect(offer().quote.orderNet).toEqual(money(17_400n, 'EUR'))
})

test('in the middle of a month the first period costs its part, a month the whole', () => {
  const proration = new Map([
    ['traffic-max', 'day' as const],
    ['backup', 'none' as const],
  ])
  const service = { cycle: { zone: 'Europe/Berlin', anchorDay: 1 }, isAnniversary: false, trialEndsAt: null, proration }
  const { quote } = offer({ chosen: ['backup'], service })
  const amounts = quote.fees.map(({ productId, amount, part }) => [productId, amount.minor, part?.part ?? null])
  expect(amounts).toEqual([
    ['traffic-max', 2_500n, null],
    ['backup', 300n, null],
    ['traffic-max', 7_450n, '15'],
    ['nginx', 0n, '1296000000'],
    ['backup', 1_200n, null],
  ])
  expect([quote.orderNet.minor, quote.monthlyNet.minor]).toEqual([11_450n, 16_100n])
})

describe('what can be taken beside a product', () => {
  test('has a price and is on offer', () => {
    expect(offer().options).toEqual([{ productId: 'backup', setup: money(300n, 'EUR'), monthly: money(1_200n, 'EUR') }])
    expect(offer({ isOnOffer: () => false }).options).toEqual([])
  })

  test('is refused when it is anything else, or left out while a buyer looks around', () => {
    expect(quoteOffer({ ...question, chosen: ['firewall'] })).toEqual({ ok: false, error: 'option-not-offered' })
    expect(quoteOffer({ ...question, chosen: ['stranger'] })).toEqual({ ok: false, error: 'option-not-offered' })
    expect(offer({ chosen: ['backup', 'stranger', 'firewall'], dropsOthers: true }).items.map(({ productId }) => productId)).toEqual([
      'traffic-max',
      'nginx',
      'backup',
    ])
  })
})
