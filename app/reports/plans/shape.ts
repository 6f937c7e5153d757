export type Names = Readonly<Record<string, string>>

/** A price book with where its versions stand. */
export type BookRow = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly currency: string
  readonly isPublic: boolean
  /** Number of the version in force; null before the first. */
  readonly current: number | null
  readonly since: Date | null
  readonly prices: number
  /** When the next version begins. */
  readonly nextFrom: Date | null
}

/** A draft of a plan, with its book and people. */
export type DraftRow = {
  readonly id: string
  readonly name: string
  readonly state: 'draft' | 'submitted' | 'activated' | 'discarded'
  readonly bookName: string
  readonly currency: string
  readonly activateAt: Date | null
  readonly updatedAt: Date
  readonly writtenBy: string
}

export type PlanList = {
  readonly books: readonly BookRow[]
  readonly drafts: readonly DraftRow[]
  readonly products: readonly { readonly id: string; readonly code: string; readonly name: Names }[]
}
