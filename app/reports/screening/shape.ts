import type { FraudList, ListKind } from '#app/domain/fraud/list-entry.ts'
import type { DecidingReason, FraudReason, ScreeningVerdict } from '#app/domain/fraud/screen.ts'
import type { Money } from '#app/domain/money/money.ts'

export type ShownReason = { readonly reason: FraudReason | DecidingReason; readonly points: number }

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
  readonly decision: 'pass' | 'refuse' | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
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
