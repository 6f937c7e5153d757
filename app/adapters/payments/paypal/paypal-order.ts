import { type Money, sum, zero } from '#app/domain/money/money.ts'
import { declineCodes } from '#app/domain/payment-attempt/gateway-facts.ts'
import type { DeclineCode, GatewayPayment, GatewayPaymentState, SavedMethod } from '#app/ports/payment-gateway.ts'
import { moneyOfPaypal, type PaypalMoney } from './paypal-amounts.ts'
import { paypalDecline } from './paypal-errors.ts'

type Link = { readonly rel: string; readonly href: string }
export type PaypalRefund = {
  readonly id: string
  readonly status: string
  readonly amount: PaypalMoney
  readonly custom_id?: string
}
type Capture = {
  readonly id: string
  readonly status: string
  readonly amount: PaypalMoney
  readonly status_details?: { readonly reason?: string }
  readonly seller_receivable_breakdown?: { readonly paypal_fee?: PaypalMoney }
}
type Authorization = { readonly id: string; readonly status: string }
type Vault = { readonly id?: string; readonly status?: string; readonly customer?: { readonly id?: string } }
export type PaypalOrder = {
  readonly id: string
  readonly status: string
  readonly intent: 'CAPTURE' | 'AUTHORIZE'
  readonly links?: readonly Link[]
  readonly payment_source?: {
    readonly paypal?: { readonly email_address?: string; readonly attributes?: { readonly vault?: Vault } }
  }
  readonly purchase_units: readonly {
    /** `charge` for one without a page. */
    readonly reference_id?: string
    /** The attempt, and after a bar how it was ended by us. */
    readonly custom_id?: string
    readonly amount: PaypalMoney
    readonly payments?: {
      readonly captures?: readonly Capture[]
      readonly authorizations?: readonly Authorization[]
      readonly refunds?: readonly PaypalRefund[]
    }
  }[]
}

/** The one thing that an order of ours is about. */
export function unitOf(order: PaypalOrder) {
  const [unit] = order.purchase_units
  if (!unit) throw new Error(`order ${order.id} is about nothing`)
  const [attemptId = '', ending = null] = (unit.custom_id ?? '').split('|')
  return { ...unit, attemptId, ending, capture: unit.payments?.captures?.[0], authorization: unit.payments?.authorizations?.[0] }
}

/** An order as a payment. An approved one is not paid yet: completing it is the adapter's part. */
export function paymentOfOrder(order: PaypalOrder): GatewayPayment {
  const { attemptId, amount: asked, capture, authorization, payments, ending } = unitOf(order)
  const amount = moneyOfPaypal(asked)
  const state = stateOf(order)
  const isTaken = state === 'captured'
  const fee = capture?.seller_receivable_breakdown?.paypal_fee
  return {
    ref: capture?.id ?? authorization?.id ?? null,
    checkoutRef: order.id,
    attemptId,
    state,
    amount,
    captured: isTaken && capture ? moneyOfPaypal(capture.amount) : zero(amount.currency),
    refunded: refundedOf(payments?.refunds ?? [], amount.currency),
    failure: state === 'failed' ? failureOf(ending, capture) : null,
    actionUrl: state === 'action-required' ? payerLink(order) : null,
    savedMethod: savedMethodOf(order),
    fee: fee?.currency_code === amount.currency ? moneyOfPaypal(fee) : null,
  }
}

/** Where the payer goes. */
export function payerLink({ links }: PaypalOrder): string | null {
  return links?.find(({ rel }) => rel === 'payer-action' || rel === 'approve')?.href ?? null
}

const captureStates: Readonly<Record<string, GatewayPaymentState>> = {
  COMPLETED: 'captured',
  PARTIALLY_REFUNDED: 'captured',
  REFUNDED: 'captured',
  PENDING: 'processing',
  DECLINED: 'failed',
  FAILED: 'failed',
}
const authorizationStates: Readonly<Record<string, GatewayPaymentState>> = {
  CREATED: 'authorised',
  PENDING: 'processing',
  VOIDED: 'cancelled',
  EXPIRED: 'cancelled',
  DENIED: 'failed',
}

function stateOf(order: PaypalOrder): GatewayPaymentState {
  const { capture, authorization, ending, reference_id: reference } = unitOf(order)
  if (capture) return captureStates[capture.status] ?? 'processing'
  if (authorization) return authorizationStates[authorization.status] ?? 'processing'
  if (order.status === 'VOIDED' || ending === 'closed') return 'cancelled'
  if (ending) return 'failed'
  return reference === 'charge' ? 'action-required' : 'waiting-for-payer'
}

function failureOf(ending: string | null, capture: Capture | undefined): DeclineCode {
  return declineCodes.find((code) => code === ending) ?? paypalDecline(capture?.status_details?.reason)
}

function refundedOf(refunds: readonly PaypalRefund[], currency: string): Money {
  const counted = refunds.filter(({ status }) => status === 'COMPLETED' || status === 'PENDING')
  return sum(
    currency,
    counted.map(({ amount }) => moneyOfPaypal(amount)),
  )
}

function savedMethodOf({ payment_source: source }: PaypalOrder): SavedMethod | null {
  const vault = source?.paypal?.attributes?.vault
  if (!vault?.id || !vault.customer?.id || vault.status !== 'VAULTED') return null
  return walletOf({ id: vault.id, customer: vault.customer.id, email: source?.paypal?.email_address })
}

/** A payer's PayPal account, by its mail address: that is what the payer knows it by. */
export function walletOf({ id, customer, email }: { id: string; customer: string; email: string | undefined }): SavedMethod {
  return { ref: id, customerRef: customer, kind: 'paypal', label: email ?? 'PayPal', lastDigits: null, expiresOn: null }
}
