import type { BankDetails } from '#app/domain/bank/bank-details.ts'
import type { PieceState } from '#app/domain/catalog/order-pieces.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

export type OrderStepName = 'accepted' | 'paid' | 'reserved' | 'building' | 'answering' | 'ready'
export type OrderStepView = {
  readonly step: OrderStepName
  readonly state: 'done' | 'current' | 'waiting' | 'failed'
  readonly at: Date | null
}

/** A transfer by which an order is paid. */
export type AwaitedTransfer = {
  readonly reference: string
  readonly amount: Money
  readonly dueOn: LocalDate
  readonly bank: BankDetails
  readonly payee: { readonly legalName: string; readonly addressLines: readonly string[]; readonly country: string }
}

/** One of several things of an order, on its own way. */
export type PieceProgress = {
  readonly id: string
  readonly name: string
  readonly planName: string
  readonly state: PieceState
  readonly step: OrderStepName | null
  /** Whether its apps do not answer, and it is not handed over until they do. */
  readonly isSilent: boolean
  readonly address: string | null
  readonly serverId: string | null
  readonly subscriptionId: string | null
}

/** What staff asked about an order that waits, and what was answered. */
export type OrderQuestion = {
  readonly id: string
  readonly question: string
  readonly askedAt: Date
  readonly answer: string | null
  readonly answeredAt: Date | null
  /** Whether it still waits for the answer. */
  readonly isOpen: boolean
}

export type OrderProgress = {
  readonly id: string
  readonly publicId: string
  /** The first piece of the order it is a piece of, whose page shows it; null for that one. */
  readonly leadId: string | null
  /** Everything of an order of several things; empty for an order of one. */
  readonly pieces: readonly PieceProgress[]
  /** Of all of it. */
  readonly state: PieceState
  readonly serverName: string
  readonly planName: string
  readonly placedAt: Date
  /** Setup and first month, tax included. */
  readonly total: Money
  /** Why it ended, as far as the buyer may know; null for everything else. */
  readonly ownProblem: 'no-credit' | 'not-paid' | 'not-confirmed' | 'account-blocked' | 'image-not-there' | 'apps-silent' | null
  /** What is missing of the buyer's own limit. */
  readonly missing: Money | null
  readonly isToPay: boolean
  /** The bank transfer that it waits for, and where that goes; null when it waits for none. */
  readonly transfer: AwaitedTransfer | null
  /** Whether apps of it do not answer; nothing is handed over until they do. */
  readonly isSilent: boolean
  /** Whether the buyer chose to pay before anything is built. */
  readonly paysNow: boolean
  /** The address whose confirmation it waits for; null when it waits for none. */
  readonly unconfirmedEmail: string | null
  /** What its buyer was asked before it goes on, the oldest first. */
  readonly questions: readonly OrderQuestion[]
  /** What went back of what was paid for it, in the way it came; null when nothing did. */
  readonly refunded: Money | null
  /** What was paid for it and stays with the buyer to be spent; null when nothing does. */
  readonly kept: Money | null
  readonly steps: readonly OrderStepView[]
  /** Whether a server is built for it; services begin without one. */
  readonly hasServer: boolean
  readonly subscriptionId: string | null
  /** The server, once there is one. */
  readonly serverId: string | null
  readonly address: string | null
}
