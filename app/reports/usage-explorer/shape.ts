import type { Money } from '#app/domain/money/money.ts'
import type { Tag } from '#app/domain/project/tags.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** Which charges are looked at: of the service of whole days of `zone`, both ends included. */
export type UsageFilter = {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly zone: string
  readonly language: string
  /** For the office, which sees every account: these only. */
  readonly accountIds?: readonly string[] | undefined
  /** `none`: what is in no project. */
  readonly projectId?: string | undefined
  readonly tag?: Tag | undefined
  readonly resourceId?: string | undefined
  readonly productId?: string | undefined
  readonly meter?: string | undefined
  readonly currency?: string | undefined
}

/** Charges put together; `exact` is their sum before it was rounded, as decimal text. `name` is null for what has none. */
export type UsageGroup = {
  readonly key: string
  /** The day, or the id of the resource, project or product, or the value of the label; null: none. */
  readonly ref: string | null
  readonly name: string | null
  readonly amount: Money
  readonly exact: string
  readonly charges: number
  /** Of `what` alone. */
  readonly line: { readonly meter: string; readonly unit: string; readonly unitPrice: string; readonly quantity: string } | null
}

export type UsagePicture = {
  readonly groups: readonly UsageGroup[]
  /** Whether there are more groups than are read. */
  readonly isCut: boolean
  readonly total: Money
  readonly days: readonly { readonly day: LocalDate; readonly amount: Money }[]
  /** Every currency that was charged in; figures are of the one that was asked for, or the first. */
  readonly currencies: readonly string[]
  readonly currency: string
  readonly asOf: Date | null
}

/** One charge with what it was measured by. */
export type UsageRecordLine = {
  readonly id: string
  readonly publicId: string
  readonly periodStart: Date
  readonly periodEnd: Date
  readonly resourceId: string | null
  readonly resourceName: string | null
  readonly meter: string
  readonly unit: string
  readonly quantity: string
  readonly included: string
  readonly unitPrice: string
  readonly exact: string
  readonly currency: string
  readonly projectName: string | null
  readonly isCorrection: boolean
}

export type UsageRecords = {
  readonly rows: readonly UsageRecordLine[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
}

/** What may be chosen in the filters, as far as the scope sees it. */
export type UsageChoices = {
  readonly projects: readonly { readonly id: string; readonly name: string }[]
  readonly tags: readonly string[]
  readonly keys: readonly string[]
}

/** What is looked at beside the choices, by name. */
export type UsageFocus = { readonly resource: string | null; readonly product: string | null }
