import type { FraudList, ListKind } from '#app/domain/fraud/list-entry.ts'
import type { RiskKind } from '#app/domain/fraud/risk-hold.ts'
import type { DecidingReason, FraudReason, ScreeningVerdict } from '#app/domain/fraud/screen.ts'
import type { Money } from '#app/domain/money/money.ts'

export type ShownReason = { readonly reason: FraudReason | DecidingReason; readonly points: number }

/** What was asked of the buyer, by whom, and the answer. */
export type AskedQuestion = {
  readonly id: string
  readonly question: string
  readonly askedBy: string
  readonly askedAt: Date
  readonly answer: string | null
  readonly answeredBy: string | null
  readonly answeredAt: Date | null
}

/** One judged order, with what a person needs to decide it. */
export type ScreenedRow = {
  readonly orderId: string
  readonly publicId: string
  readonly accountId: string
  readonly accountName: string
  readonly email: string
  readonly country: string
  readonly accountSince: Date
  /** Of all its pieces. */
  readonly net: Money
  /** What was ordered, piece by piece: the product, in the reader's language, and the name its buyer gave. */
  readonly pieces: readonly { readonly product: string; readonly name: string }[]
  readonly verdict: ScreeningVerdict
  readonly score: number
  readonly reasons: readonly ShownReason[]
  readonly addressHash: string | null
  readonly screenedAt: Date
  /** The oldest first. */
  readonly questions: readonly AskedQuestion[]
  readonly decision: 'pass' | 'refuse' | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly note: string | null
}

/** One judged sign-up. */
export type SignUpRow = {
  readonly accountId: string
  readonly publicId: string
  readonly name: string
  readonly kind: 'personal' | 'business'
  readonly email: string
  readonly country: string
  readonly vatId: string | null
  readonly verdict: ScreeningVerdict
  readonly score: number
  readonly reasons: readonly ShownReason[]
  readonly addressHash: string | null
  readonly screenedAt: Date
  readonly decision: 'pass' | 'refuse' | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly note: string | null
}

/** A sign-up, an order or a payment with its risk. */
export type RiskRow = {
  readonly kind: RiskKind
  /** Of the account, the order or the payment. */
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly email: string
  readonly country: string
  /** Of an order net, of a payment what came; null of a sign-up. */
  readonly amount: Money | null
  /** `waiting`: for a decision in its queue; `held`: by a person, or a list. */
  readonly state: 'clear' | 'waiting' | 'held' | 'refused'
  /** The sum of its signals, which may exceed the 100 that are shown. */
  readonly points: number
  readonly reasons: readonly ShownReason[]
  readonly addressHash: string | null
  /** Fingerprints of the payer's cards, where gateways gave some. */
  readonly cards: readonly string[]
  readonly at: Date
  readonly note: string | null
}

export type ListRow = {
  readonly id: string
  readonly list: FraudList
  readonly kind: ListKind
  readonly value: string
  readonly note: string
  readonly addedAt: Date
}
