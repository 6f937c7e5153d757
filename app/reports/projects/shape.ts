import type { Money } from '#app/domain/money/money.ts'
import type { Tag } from '#app/domain/project/tags.ts'

export type ProjectRow = {
  readonly id: string
  readonly publicId: string
  readonly name: string
  readonly accountId: string
  readonly accountName: string
  readonly isArchived: boolean
  /** What is in it now. */
  readonly resources: number
  /** What was charged for it this month of the seller's zone, net; one amount a currency. */
  readonly costs: readonly Money[]
}

/** A project that an order can name, and whether its budget is used up and takes nothing new. */
export type OrderProject = { readonly id: string; readonly name: string; readonly isStopped: boolean }

/** Where a resource stands: its project and its labels. */
export type ResourcePlace = {
  readonly accountId: string
  readonly project: { readonly id: string; readonly name: string } | null
  readonly tags: readonly Tag[]
}
