import type { AffinityCriterion, CatalogReason } from '#app/domain/catalog/affinity.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { CycleUnit } from '#app/domain/time/invoice-cycle.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { InvoiceListItem } from '../invoices/shape.ts'
import type { ServerRow } from '../servers/shape.ts'

export type AccountKind = 'personal' | 'business' | 'enterprise' | 'department'
export type AccountStatus = 'active' | 'suspended' | 'closed'

export type AccountListFilter = {
  readonly kind?: AccountKind | undefined
  readonly status?: AccountStatus | undefined
  readonly search?: string | undefined
  readonly page: number
}
export type AccountRow = {
  readonly id: string
  readonly publicId: string
  readonly name: string
  readonly kind: AccountKind
  readonly isReseller: boolean
  readonly status: AccountStatus
  readonly country: string
  readonly email: string
  readonly servers: number
  readonly accrued: Money
  readonly due: Money
  readonly overdue: Money
  readonly createdAt: Date
}
export type AccountList = {
  readonly rows: readonly AccountRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly hasAny: boolean
}

export type AccountDetail = AccountRow & {
  readonly addressLines: readonly string[]
  readonly vatId: string | null
  readonly vatIdStatus: 'none' | 'valid' | 'invalid' | 'pending'
  readonly language: string
  readonly parent: { readonly id: string; readonly name: string } | null
  readonly contract: {
    readonly priceBook: string
    readonly currency: string
    readonly paymentDays: number
    readonly creditLimit: Money
    readonly exposure: Money
    readonly available: Money
    readonly startsOn: string
    /** When fees are invoiced: after their period, at its start, or also the first ones with their order. */
    readonly fees: 'in-arrears' | 'in-advance' | 'with-order'
    /** How often it is invoiced: every `count` units, on `day` of a month or by the calendar; next on a day of the seller. */
    readonly cycle: { readonly unit: CycleUnit; readonly count: number; readonly day: number | null; readonly nextOn: LocalDate }
  } | null
  readonly people: readonly { readonly id: string; readonly name: string; readonly email: string; readonly profile: string }[]
  readonly serverRows: readonly ServerRow[]
  readonly invoiceRows: readonly InvoiceListItem[]
}

/** The channel and segment of an account, and what follows from them. */
export type Placement = {
  readonly channelId: string | null
  readonly segment: string | null
  readonly isDepartment: boolean
  readonly channels: readonly { readonly id: string; readonly name: string; readonly catalog: string }[]
  /** Segments that channels ask for. */
  readonly segments: readonly string[]
  /** Null while the seller keeps no catalog: then everybody is offered everything. */
  readonly sees: {
    readonly catalog: string
    readonly plans: number
    readonly reason: CatalogReason['kind']
    readonly channel: string | null
    readonly matched: readonly AffinityCriterion[]
    /** The book of the catalog, or the store's list; null when the contract has a book of its own. */
    readonly book: string | null
  } | null
}
