import type Stripe from 'stripe'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { GatewayPayout, PayoutLine } from '#app/ports/payment-gateway.ts'
import type { OpenStripe } from './stripe-account.ts'
import { stripeMoney } from './stripe-amounts.ts'
import { told } from './stripe-errors.ts'

const states: Readonly<Record<string, GatewayPayout['state']>> = { paid: 'paid', failed: 'failed', canceled: 'failed' }
const mostPayouts = 400
const mostLines = 10_000

/** Payouts that arrive on or after `since`, newest first, each with what it is made of. */
export function listPayouts(open: OpenStripe, since: LocalDate): Promise<GatewayPayout[]> {
  const from = Date.parse(`${since}T00:00:00Z`) / 1000
  return told(async () => {
    const payouts = await open.stripe.payouts.list({ arrival_date: { gte: from }, limit: 100 }).autoPagingToArray({ limit: mostPayouts })
    const told: GatewayPayout[] = []
    for (const payout of payouts) told.push(await payoutOf(open, payout))
    return told
  })
}

async function payoutOf({ stripe }: OpenStripe, payout: Stripe.Payout): Promise<GatewayPayout> {
  const list = stripe.balanceTransactions.list({ payout: payout.id, limit: 100, expand: ['data.source'] })
  const movements = await list.autoPagingToArray({ limit: mostLines })
  return {
    ref: payout.id,
    amount: stripeMoney(payout.amount, payout.currency),
    arrivesOn: new Date(payout.arrival_date * 1000).toISOString().slice(0, 10),
    state: states[payout.status] ?? 'on-its-way',
    lines: movements.filter(({ type }) => type !== 'payout').map(lineOf),
  }
}

const kinds: Readonly<Record<string, PayoutLine['kind']>> = {
  charge: 'payment',
  payment: 'payment',
  refund: 'refund',
  payment_refund: 'refund',
  refund_failure: 'refund',
  payment_failure_refund: 'refund',
  stripe_fee: 'fee',
  tax_fee: 'fee',
}

function lineOf({ type, source, amount, fee, currency }: Stripe.BalanceTransaction): PayoutLine {
  const about = typeof source === 'object' ? source : null
  const kind = about?.object === 'dispute' ? 'dispute' : (kinds[type] ?? 'other')
  return { kind, ref: refOf(about), amount: stripeMoney(amount, currency), fee: stripeMoney(fee, currency) }
}

/** A charge goes by the name of its payment. */
function refOf(about: Exclude<Stripe.BalanceTransaction['source'], string>): string | null {
  if (about?.object !== 'charge') return about?.id ?? null
  const payment = about.payment_intent
  return typeof payment === 'string' ? payment : (payment?.id ?? about.id)
}
