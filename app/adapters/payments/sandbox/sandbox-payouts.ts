import { Decimal } from '#app/domain/money/decimal.ts'
import { type Money, money, multiply, negate, sum, zero } from '#app/domain/money/money.ts'
import { addDays, type LocalDate } from '#app/domain/time/local-date.ts'
import type { GatewayPayout, PayoutLine } from '#app/ports/payment-gateway.ts'
import type { KeptPayment } from './sandbox-books.ts'

const feeRate = new Decimal('0.015')
/** What a lost dispute costs, in minor units. */
export const disputeFeeMinor = 1_500n

/** What the gateway keeps of a capture: one and a half percent, rounded half away from zero to the minor unit. */
export function feeOf(amount: Money): Money {
  return multiply(amount, feeRate)
}

/** What every day (UTC) before `today` brought, sent on the next one; a payout each day and currency that had something. */
export function payoutsOf(payments: readonly KeptPayment[], today: LocalDate): GatewayPayout[] {
  const days = new Map<string, PayoutLine[]>()
  for (const payment of payments) {
    for (const { at, line } of linesOf(payment)) {
      const key = `${at.slice(0, 10)} ${line.amount.currency}`
      days.set(key, [...(days.get(key) ?? []), line])
    }
  }
  return [...days]
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([key, lines]) => payoutOf(key, lines))
    .filter(({ arrivesOn }) => arrivesOn <= today)
}

function payoutOf(key: string, lines: readonly PayoutLine[]): GatewayPayout {
  const [day = '', currency = ''] = key.split(' ')
  const net = lines.flatMap(({ amount, fee }) => [amount, negate(fee)])
  return {
    ref: `sbx_po_${day.replaceAll('-', '')}_${currency.toLowerCase()}`,
    amount: sum(currency, net),
    arrivesOn: addDays(day, 1),
    state: 'paid',
    lines,
  }
}

type Dated = { readonly at: string; readonly line: PayoutLine }

function linesOf({ story: { beginning }, life }: KeptPayment): Dated[] {
  const { ref, currency } = beginning
  const none = zero(currency)
  const amount = money(life.captured, currency)
  const dated: Dated[] = []
  if (life.capturedAt && life.captured > 0n) dated.push({ at: life.capturedAt, line: { kind: 'payment', ref, amount, fee: feeOf(amount) } })
  for (const { refundId, minor, at } of life.refunds)
    dated.push({ at, line: { kind: 'refund', ref: `sbx_ref_${refundId}`, amount: money(-minor, currency), fee: none } })
  if (life.dispute) {
    const disputeRef = ref.replace('sbx_pay_', 'sbx_dis_')
    const fee = money(disputeFeeMinor, currency)
    const disputed = money(life.dispute.minor, currency)
    dated.push({ at: life.dispute.openedAt, line: { kind: 'dispute', ref: disputeRef, amount: negate(disputed), fee } })
    if (life.dispute.state === 'won' && life.dispute.closedAt)
      dated.push({ at: life.dispute.closedAt, line: { kind: 'dispute', ref: disputeRef, amount: disputed, fee: negate(fee) } })
  }
  return dated
}
