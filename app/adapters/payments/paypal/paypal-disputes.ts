import { type DisputeEvidence, type GatewayDispute, GatewayRefused } from '#app/ports/payment-gateway.ts'
import type { OpenPaypal } from './paypal-account.ts'
import { moneyOfPaypal, type PaypalMoney } from './paypal-amounts.ts'
import { orMissing } from './paypal-errors.ts'

type Dispute = {
  readonly dispute_id: string
  readonly reason: string
  readonly status: string
  readonly dispute_amount: PaypalMoney
  readonly seller_response_due_date?: string
  readonly disputed_transactions?: readonly { readonly seller_transaction_id?: string }[]
  readonly dispute_outcome?: { readonly outcome_code?: string }
}

const longestNotes = 2_000

/** A dispute as it stands; null when the gateway has never heard of it. */
export async function readDispute({ client }: OpenPaypal, ref: string): Promise<GatewayDispute | null> {
  const dispute = await orMissing(client.ask<Dispute>({ path: pathOf(ref), verb: 'GET' }))
  return dispute && disputeOf(dispute)
}

/** Hands in what speaks for the seller. */
export async function submitEvidence(open: OpenPaypal, ref: string, { text, files }: DisputeEvidence): Promise<GatewayDispute> {
  const input = {
    evidences: [{ evidence_type: 'OTHER', notes: text.slice(0, longestNotes), documents: files.map(({ name }) => ({ name })) }],
  }
  const form = new FormData()
  form.set('input', new Blob([JSON.stringify(input)], { type: 'application/json' }))
  for (const [at, { name, type, bytes }] of files.entries()) form.set(`file${at + 1}`, new Blob([new Uint8Array(bytes)], { type }), name)
  await open.client.post(`${pathOf(ref)}/provide-evidence`, form)
  const dispute = await readDispute(open, ref)
  if (!dispute) throw new GatewayRefused('not-found')
  return dispute
}

function pathOf(ref: string): string {
  return `/v1/customer/disputes/${encodeURIComponent(ref)}`
}

const states: Readonly<Record<string, GatewayDispute['state']>> = {
  OPEN: 'needs-response',
  WAITING_FOR_SELLER_RESPONSE: 'needs-response',
  WAITING_FOR_BUYER_RESPONSE: 'under-review',
  UNDER_REVIEW: 'under-review',
}

function disputeOf(dispute: Dispute): GatewayDispute {
  const outcome = dispute.dispute_outcome?.outcome_code ?? ''
  const decided = outcome === 'RESOLVED_BUYER_FAVOUR' || outcome === 'ACCEPTED' ? 'lost' : 'won'
  return {
    ref: dispute.dispute_id,
    paymentRef: dispute.disputed_transactions?.[0]?.seller_transaction_id ?? '',
    amount: moneyOfPaypal(dispute.dispute_amount),
    reason: dispute.reason,
    state: dispute.status === 'RESOLVED' ? decided : (states[dispute.status] ?? 'under-review'),
    respondBy: dispute.seller_response_due_date ? new Date(dispute.seller_response_due_date) : null,
    fee: null,
  }
}
