import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import type { FeeSubscription } from '../rating/fee-subscription.ts'
import { feeTargets } from '../rating/fee-targets.ts'
import { feeSpan } from '../rating/rate-fees.ts'
import { priceRule } from '../rating/rating.fixture.ts'
import { type ChargedFee, settleFees } from '../rating/settle-fees.ts'
import { monthOf } from '../time/billing-month.ts'
import { previewChange } from './preview-change.ts'

const zone = 'Europe/Berlin'
const fee = (productId: string, unitPrice: string) =>
  priceRule({ id: productId, feeKind: 'recurring', productId, meter: null, unit: 'month', unitPrice: new Decimal(unitPrice) })
const rules = [fee('web-1', '19.00'), fee('web-2', '79.00')].map((rule) => ({ ...rule, validFrom: new Date('2026-01-01T00:00:00Z') }))
const startsAt = new Date('2026-02-09T10:00:00Z')
const cut = new Date('2026-06-16T08:00:00Z')
const main = { role: 'main', quantity: new Decimal(1), priceVersionId: null } as const
const before: FeeSubscription = {
  id: 'shop-01',
  contractId: 'contract-1',
  productId: 'web-1',
  quantity: new Decimal(1),
  startsAt,
  endsAt: null,
  proration: 'day',
  cycle: { zone, anchorDay: 1 },
  items: [{ ...main, productId: 'web-1', startsAt, endsAt: null }],
}
const after: FeeSubscription = {
  ...before,
  productId: 'web-2',
  items: [
    { ...main, productId: 'web-1', startsAt, endsAt: cut },
    { ...main, productId: 'web-2', startsAt: cut, endsAt: null },
  ],
}
const june = monthOf(zone, 2026, 6)

function chargedInAdvance(): Map<string, ChargedFee> {
  const span = feeSpan('in-advance', monthOf(zone, 2026, 5))
  const due = settleFees({ targets: feeTargets({ subscription: before, rules, currency: 'EUR', span }), charged: new Map(), span })
  return new Map(due.map((last) => [last.sourceKey, { amount: last.amount, count: 1, last }]))
}

test('an upgrade on 16 June brings 9.50 back and costs 39.50, whether June was paid before or is paid afterwards', () => {
  for (const charged of [chargedInAdvance(), new Map<string, ChargedFee>()]) {
    const preview = previewChange({ before, after, rules, currency: 'EUR', charged, period: june })
    expect(preview.lines.map(({ productId, amount }) => [productId, amount.minor])).toEqual([
      ['web-1', -950n],
      ['web-2', 3950n],
    ])
    expect([preview.net.minor, preview.nextBefore.minor, preview.nextAfter.minor]).toEqual([3000n, 1900n, 7900n])
  }
})

test('the preview is what the next invoice charges', () => {
  const charged = chargedInAdvance()
  const preview = previewChange({ before, after, rules, currency: 'EUR', charged, period: june })
  const span = feeSpan('in-advance', june)
  const due = settleFees({ targets: feeTargets({ subscription: after, rules, currency: 'EUR', span }), charged, span })
  const ofJune = due.filter(({ billingPeriod }) => billingPeriod === '2026-06-01')
  expect(ofJune.map(({ amount }) => amount.toFixed(2))).toEqual(['-9.50', '39.50'])
  expect(preview.lines.map(({ amount }) => amount.minor)).toEqual([-950n, 3950n])
})
