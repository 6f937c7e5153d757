import type Stripe from 'stripe'
import type { DisputeEvidence, GatewayDispute } from '#app/ports/payment-gateway.ts'
import type { OpenStripe } from './stripe-account.ts'
import { stripeMoney } from './stripe-amounts.ts'
import { told, toldOrMissing } from './stripe-errors.ts'

/** A dispute as it stands; null when the gateway has never heard of it. */
export async function readDispute({ stripe }: OpenStripe, ref: string): Promise<GatewayDispute | null> {
  const dispute = await toldOrMissing(() => stripe.disputes.retrieve(ref))
  return dispute && disputeOf(dispute)
}

/** The gateway takes one file of each kind. */
const places = ['uncategorized_file', 'service_documentation', 'customer_communication', 'receipt', 'refund_policy'] as const

/** Hands in what speaks for the seller; it can be done once. */
export async function submitEvidence(open: OpenStripe, ref: string, evidence: DisputeEvidence): Promise<GatewayDispute> {
  const { stripe } = open
  const named: Partial<Record<(typeof places)[number], string>> = {}
  for (const [at, { name, type, bytes }] of evidence.files.slice(0, places.length).entries()) {
    const file = { name, type, data: Buffer.from(bytes) }
    const { id } = await told(() => stripe.files.create({ purpose: 'dispute_evidence', file }))
    const place = places[at]
    if (place) named[place] = id
  }
  const params = { evidence: { uncategorized_text: evidence.text, ...named }, submit: true }
  return told(async () => disputeOf(await stripe.disputes.update(ref, params)))
}

const states: Readonly<Record<string, GatewayDispute['state']>> = {
  warning_needs_response: 'needs-response',
  needs_response: 'needs-response',
  warning_under_review: 'under-review',
  under_review: 'under-review',
  warning_closed: 'won',
  prevented: 'won',
  won: 'won',
  lost: 'lost',
}

function disputeOf(dispute: Stripe.Dispute): GatewayDispute {
  const { id, payment_intent: payment, amount, currency, reason, status, evidence_details: evidence } = dispute
  const fees = dispute.balance_transactions.filter((movement) => movement.currency === currency)
  return {
    ref: id,
    paymentRef: typeof payment === 'string' ? payment : (payment?.id ?? ''),
    amount: stripeMoney(amount, currency),
    reason,
    state: states[status] ?? 'under-review',
    respondBy: evidence.due_by ? new Date(evidence.due_by * 1000) : null,
    fee:
      fees.length > 0
        ? stripeMoney(
            fees.reduce((total, { fee }) => total + fee, 0),
            currency,
          )
        : null,
  }
}
