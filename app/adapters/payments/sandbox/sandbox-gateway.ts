import { money } from '#app/domain/money/money.ts'
import { ok } from '#app/domain/shared/result.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import {
  type ChargeRequest,
  type CheckoutRequest,
  type GatewayAccount,
  type GatewayDispute,
  type GatewayExchange,
  type GatewayPage,
  type GatewayPayment,
  type GatewayRefund,
  GatewayRefused,
  type PaymentGateway,
  type PaymentQuery,
  type RefundRequest,
  type SavedMethod,
  type SetupRequest,
} from '#app/ports/payment-gateway.ts'
import { noteExchange } from '../exchange-log.ts'
import { refundedOf, type SandboxCard } from './payment-story.ts'
import { type KeptPayment, paymentRefOf, type SandboxBooks, type SandboxOptions, sandboxBooks } from './sandbox-books.ts'
import { disputeFeeMinor, feeOf, payoutsOf } from './sandbox-payouts.ts'
import { readMessage } from './sandbox-webhook.ts'

/** A dispute is to be answered within ten days. */
const answerMs = 10 * 86_400_000

export type SandboxGatewayOptions = SandboxOptions & { readonly log: (exchange: GatewayExchange) => void }

/**
 * A gateway of our own that moves no money: its pages offer test cards and outcomes to choose from, its state lies in files that all
 * processes share, and it behaves as the others do, with its own idempotency, disputes, payouts and signed webhooks.
 */
export function sandboxGateway(account: GatewayAccount, options: SandboxGatewayOptions): PaymentGateway {
  const books = sandboxBooks(options)
  const noted = noting(options)
  const pay = { openCheckout: openCheckout(books), openSetup: openSetup(books), chargeSaved: chargeSaved(books) }
  return {
    name: 'sandbox',
    abilities: { savesMethods: true, authorises: true, disputes: true, payouts: true },
    toGatewayAmount: ({ minor, currency }) => ok({ value: minor.toString(), currency }),
    openCheckout: (request) => noted('checkouts', request, () => pay.openCheckout(request)),
    openSetup: (request) => noted('setups', request, () => pay.openSetup(request)),
    chargeSaved: (request) => noted('charges', request, () => pay.chargeSaved(request)),
    closePage: (query) => noted('checkouts/close', query, () => closePage(books, query)),
    capture: ({ paymentRef, amount }) =>
      noted('payments/capture', { paymentRef, amount: amount.minor.toString() }, async () =>
        paymentOf(capturedOr(await books.act(paymentRef, { kind: 'capture', minor: amount.minor.toString() }), amount.minor)),
      ),
    void: ({ paymentRef }) =>
      noted('payments/void', { paymentRef }, async () => paymentOf(orRefused(await books.act(paymentRef, { kind: 'void' })))),
    refund: (request) => noted('refunds', request, () => refund(books, request)),
    readPayment: (query) =>
      noted('payments', query, async () => {
        const payment = await books.read(paymentRefOf(query.attemptId))
        return payment ? paymentOf(payment) : null
      }),
    readRefund: ({ refundId, paymentRef }) =>
      noted('refunds', { refundId }, async () => (await refundsOf(books, paymentRef)).find((made) => made.refundId === refundId) ?? null),
    listRefunds: (paymentRef) => noted('refunds', { paymentRef }, () => refundsOf(books, paymentRef)),
    removeMethod: ({ methodRef }) => noted('cards/remove', { methodRef }, () => books.removeCard(methodRef)),
    readMethod: ({ methodRef }) =>
      noted('cards', { methodRef }, async () => {
        const card = await books.readCard(methodRef)
        return card ? savedOf(card) : null
      }),
    readDispute: (ref) => noted('disputes', { ref }, async () => disputeOf(await books.read(paymentOfDispute(ref)))),
    submitEvidence: (ref, { text }) =>
      noted('disputes/evidence', { ref, text }, async () => {
        const dispute = disputeOf(orRefused(await books.act(paymentOfDispute(ref), { kind: 'evidence' })))
        if (!dispute) throw new GatewayRefused('not-found')
        return dispute
      }),
    listPayouts: (since) =>
      noted('payouts', { since }, async () => {
        const all = payoutsOf(await books.readAll(), localDateOf(options.clock.now(), 'UTC'))
        return all.filter(({ arrivesOn }) => arrivesOn >= since)
      }),
    verifyWebhook: async (webhook) => readMessage(account, webhook),
    checkCredentials: async () => ({ accountRef: account.externalId, mode: 'test' }),
  }
}

/** Tells the log of every call, as an exchange with somebody outside would be told. */
function noting({ clock, log }: SandboxGatewayOptions) {
  return async <T>(path: string, request: object, work: () => Promise<T>): Promise<T> => {
    const plain = (value: unknown) => JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? part.toString() : part)) ?? ''
    const answered = noteExchange({ clock, log, secrets: [] }, { method: 'POST', path: `/${path}`, body: plain(request) })
    try {
      const answer = await work()
      answered({ status: 200, problem: null, body: plain(answer) })
      return answer
    } catch (failure) {
      answered({ status: 402, problem: failure instanceof GatewayRefused ? failure.code : 'failed', body: '' })
      throw failure
    }
  }
}

function customerRefOf({ customer }: Pick<CheckoutRequest, 'customer'>): string {
  return customer.ref ?? `sbx_cus_${customer.accountId}`
}

function openCheckout(books: SandboxBooks) {
  return async (request: CheckoutRequest): Promise<GatewayPage> => {
    const { attemptId, amount, description, returnTo, saves, captures, language } = request
    const sum = { minor: amount.minor.toString(), currency: amount.currency }
    const facts = { attemptId, description, saves, captures, language, customerRef: customerRefOf(request) }
    return pageOf(await books.begin({ kind: 'checkout', ...facts, ...sum, ...returnTo }))
  }
}

function openSetup(books: SandboxBooks) {
  return async (request: SetupRequest): Promise<GatewayPage> => {
    const { attemptId, returnTo, language, currency } = request
    const facts = { attemptId, description: '', saves: true, captures: 'now', language, customerRef: customerRefOf(request) } as const
    return pageOf(await books.begin({ kind: 'setup', ...facts, minor: '0', currency, ...returnTo }))
  }
}

/** The page stands on the host that the payer comes back to. */
function pageOf({ story: { beginning } }: KeptPayment): GatewayPage {
  const { ref, done } = beginning
  return { ref: checkoutRefOf(ref), url: new URL(`/sandbox-pay/${ref}`, done).href }
}

function chargeSaved(books: SandboxBooks) {
  return async (request: ChargeRequest): Promise<GatewayPayment> => {
    const { attemptId, amount, customerRef, methodRef, description, captures, returnTo } = request
    const card = await books.readCard(methodRef)
    if (card?.customerRef !== customerRef) throw new GatewayRefused('not-supported')
    const sum = { minor: amount.minor.toString(), currency: amount.currency }
    const facts = { attemptId, customerRef, description, captures, saves: false, language: '', card }
    const begun = await books.begin({ kind: 'charge', ...facts, ...sum, ...returnTo })
    if (begun.story.deeds.length > 0) return paymentOf(begun)
    return paymentOf(await books.act(begun.story.beginning.ref, outcomeOf(card, books.clock.now())))
  }
}

/** What comes of charging a card without its holder. */
function outcomeOf({ later, expiresOn }: SandboxCard, now: Date) {
  if (expiresOn < localDateOf(now, 'UTC')) return { kind: 'decline', code: 'expired-card' } as const
  if (later === 'approve') return { kind: 'approve' } as const
  return later === 'authentication-required' ? ({ kind: 'secure' } as const) : ({ kind: 'decline', code: later } as const)
}

async function closePage(books: SandboxBooks, { attemptId }: PaymentQuery): Promise<GatewayPayment | null> {
  const ref = paymentRefOf(attemptId)
  return (await books.read(ref)) ? paymentOf(await books.act(ref, { kind: 'close' })) : null
}

async function refund(books: SandboxBooks, { refundId, paymentRef, amount }: RefundRequest): Promise<GatewayRefund> {
  const known = (await refundsOf(books, paymentRef)).find((made) => made.refundId === refundId)
  if (known && (known.amount.minor !== amount.minor || known.amount.currency !== amount.currency)) throw new GatewayRefused('bad-request')
  if (known) return known
  const acted = await books.act(paymentRef, { kind: 'refund', refundId, minor: amount.minor.toString() })
  const made = refundsIn(acted).find((found) => found.refundId === refundId)
  if (!made) throw new GatewayRefused('bad-request')
  return made
}

async function refundsOf(books: SandboxBooks, paymentRef: string): Promise<GatewayRefund[]> {
  const payment = await books.read(paymentRef)
  return payment ? refundsIn(payment) : []
}

function refundsIn({ story: { beginning }, life }: KeptPayment): GatewayRefund[] {
  return life.refunds.map(({ refundId, minor }) => {
    return { ref: `sbx_ref_${refundId}`, refundId, state: 'done', amount: money(minor, beginning.currency) }
  })
}

function orRefused<T extends { readonly isDone: boolean }>(acted: T): T {
  if (!acted.isDone) throw new GatewayRefused('already-done')
  return acted
}

/** The same once more finds what was captured. */
function capturedOr<T extends KeptPayment & { readonly isDone: boolean }>(acted: T, minor: bigint): T {
  return acted.life.captured === minor ? acted : orRefused(acted)
}

/** A payment as the port tells of it. */
function paymentOf({ story: { beginning }, life }: KeptPayment): GatewayPayment {
  const { ref, attemptId, currency, kind, saves } = beginning
  const captured = money(life.captured, currency)
  const isPaid = life.state === 'captured'
  return {
    ref: life.state === 'waiting-for-payer' ? null : ref,
    checkoutRef: kind === 'charge' ? null : checkoutRefOf(ref),
    attemptId,
    state: life.state,
    amount: money(BigInt(beginning.minor), currency),
    captured,
    refunded: money(refundedOf(life), currency),
    failure: life.failure,
    actionUrl: life.state === 'action-required' ? new URL(`/sandbox-pay/${ref}`, beginning.done).href : null,
    savedMethod: isPaid && saves && life.card ? savedOf(life.card) : null,
    fee: isPaid && life.captured > 0n ? feeOf(captured) : null,
  }
}

function checkoutRefOf(paymentRef: string): string {
  return paymentRef.replace('sbx_pay_', 'sbx_chk_')
}

function savedOf({ ref, customerRef, lastDigits, expiresOn }: SandboxCard): SavedMethod {
  return { ref, customerRef, kind: 'card', label: 'Visa', lastDigits, expiresOn, fingerprint: `sandbox-${lastDigits}` }
}

function paymentOfDispute(disputeRef: string): string {
  return disputeRef.replace('sbx_dis_', 'sbx_pay_')
}

function disputeOf(payment: KeptPayment | undefined): GatewayDispute | null {
  if (!payment?.life.dispute) return null
  const { ref, currency } = payment.story.beginning
  const { state, minor, openedAt, closedAt } = payment.life.dispute
  return {
    ref: ref.replace('sbx_pay_', 'sbx_dis_'),
    paymentRef: ref,
    amount: money(minor, currency),
    reason: 'fraudulent',
    state,
    respondBy: closedAt === null ? new Date(Date.parse(openedAt) + answerMs) : null,
    fee: money(disputeFeeMinor, currency),
  }
}
