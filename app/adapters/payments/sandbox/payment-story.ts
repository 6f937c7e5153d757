import type { DeclineCode, GatewayDispute, GatewayPaymentState } from '#app/ports/payment-gateway.ts'

/** How a test card behaves when it is charged later, without its holder. */
export type LaterBehaviour = 'approve' | 'insufficient-funds' | 'authentication-required' | 'lost-or-stolen'

/** A saved test card. `methodRef` names its file. */
export type SandboxCard = {
  readonly ref: string
  readonly customerRef: string
  readonly lastDigits: string
  readonly expiresOn: string
  readonly later: LaterBehaviour
}

/** What was asked for. Sums are minor units as text. */
export type PaymentBeginning = {
  readonly ref: string
  readonly attemptId: string
  readonly kind: 'checkout' | 'setup' | 'charge'
  readonly minor: string
  readonly currency: string
  readonly customerRef: string
  readonly description: string
  readonly saves: boolean
  readonly captures: 'now' | 'later'
  readonly done: string
  readonly cancelled: string
  readonly language: string
  /** Of a charge: the card, and what came of it at once. */
  readonly card?: SandboxCard
  readonly createdAt: string
}

/** What is done to a payment; one that does not fit where it stands counts for nothing. */
export type PaymentDeed = { readonly id: string; readonly at: string } & (
  | { readonly kind: 'secure' | 'approve' | 'pend'; readonly card?: SandboxCard }
  | { readonly kind: 'decline'; readonly code: DeclineCode }
  | { readonly kind: 'cancel' | 'close' | 'void' }
  | { readonly kind: 'capture'; readonly minor: string }
  | { readonly kind: 'refund'; readonly refundId: string; readonly minor: string }
  | { readonly kind: 'dispute' | 'evidence' | 'win' | 'lose' }
)

export type PaymentStory = { readonly beginning: PaymentBeginning; readonly deeds: readonly PaymentDeed[] }

/** Where a payment stands, and which of its deeds counted. */
export type PaymentLife = {
  readonly state: GatewayPaymentState
  readonly failure: DeclineCode | null
  readonly card: SandboxCard | null
  readonly captured: bigint
  readonly capturedAt: string | null
  readonly refunds: readonly { readonly refundId: string; readonly minor: bigint; readonly at: string }[]
  readonly dispute: {
    readonly state: GatewayDispute['state']
    /** What was left of the payment when it was opened. */
    readonly minor: bigint
    readonly openedAt: string
    readonly closedAt: string | null
  } | null
  readonly counted: ReadonlySet<string>
}

/** The life of a payment from its deeds, in the order they were written down. */
export function lifeOf({ beginning, deeds }: PaymentStory): PaymentLife {
  const start: PaymentLife = {
    ...unborn,
    card: beginning.card ?? null,
    state: beginning.kind === 'charge' ? 'processing' : 'waiting-for-payer',
  }
  return deeds.reduce((life, deed) => {
    const next = after(life, deed, beginning)
    return next ? { ...next, counted: new Set([...life.counted, deed.id]) } : life
  }, start)
}

const unborn: PaymentLife = {
  state: 'waiting-for-payer',
  failure: null,
  card: null,
  captured: 0n,
  capturedAt: null,
  refunds: [],
  dispute: null,
  counted: new Set(),
}

/** The life after a deed; null when the deed does not fit. */
function after(life: PaymentLife, deed: PaymentDeed, beginning: PaymentBeginning): PaymentLife | null {
  switch (deed.kind) {
    case 'secure':
    case 'approve':
    case 'pend':
    case 'decline':
    case 'cancel':
    case 'close':
      return isOpen(life) ? paid(life, deed, beginning) : null
    case 'capture':
    case 'void':
      return life.state === 'authorised' ? taken(life, deed) : null
    case 'refund':
      return refunded(life, deed)
    default:
      return disputed(life, deed)
  }
}

function isOpen({ state }: PaymentLife): boolean {
  return state === 'waiting-for-payer' || state === 'action-required' || state === 'processing'
}

function paid(life: PaymentLife, deed: PaymentDeed, beginning: PaymentBeginning): PaymentLife | null {
  if (deed.kind === 'decline') return { ...life, state: 'failed', failure: deed.code }
  if (deed.kind === 'cancel') return { ...life, state: 'cancelled', failure: 'cancelled-by-payer' }
  // A payment that is under way at the bank is past its page.
  if (deed.kind === 'close') return life.state === 'processing' ? null : { ...life, state: 'cancelled' }
  const card = 'card' in deed && deed.card ? deed.card : life.card
  if (deed.kind === 'secure') return { ...life, state: 'action-required', card }
  if (deed.kind === 'pend') return { ...life, state: 'processing', card }
  if (beginning.captures === 'later') return { ...life, state: 'authorised', card }
  return { ...life, state: 'captured', card, captured: BigInt(beginning.minor), capturedAt: deed.at }
}

function taken(life: PaymentLife, deed: PaymentDeed): PaymentLife {
  if (deed.kind !== 'capture') return { ...life, state: 'cancelled' }
  return { ...life, state: 'captured', captured: BigInt(deed.minor), capturedAt: deed.at }
}

function refunded(life: PaymentLife, deed: PaymentDeed & { readonly kind: 'refund' }): PaymentLife | null {
  const refund = { refundId: deed.refundId, minor: BigInt(deed.minor), at: deed.at }
  const isKnown = life.refunds.some(({ refundId }) => refundId === deed.refundId)
  if (isKnown || life.state !== 'captured' || refundedOf(life) + refund.minor > life.captured) return null
  return { ...life, refunds: [...life.refunds, refund] }
}

/** Minor units that went back. */
export function refundedOf({ refunds }: Pick<PaymentLife, 'refunds'>): bigint {
  return refunds.reduce((sum, { minor }) => sum + minor, 0n)
}

function disputed(life: PaymentLife, { kind, at }: PaymentDeed): PaymentLife | null {
  const { dispute } = life
  if (kind === 'dispute') {
    const minor = life.captured - refundedOf(life)
    if (life.state !== 'captured' || dispute || minor <= 0n) return null
    return { ...life, dispute: { state: 'needs-response', minor, openedAt: at, closedAt: null } }
  }
  if (!dispute || dispute.closedAt !== null) return null
  if (kind === 'evidence') return { ...life, dispute: { ...dispute, state: 'under-review' } }
  return { ...life, dispute: { ...dispute, state: kind === 'win' ? 'won' : 'lost', closedAt: at } }
}
