import type { Money } from '#app/domain/money/money.ts'

export type PartnerRow = {
  readonly accountId: string
  readonly publicId: string
  readonly name: string
  readonly slug: string
  readonly host: string | null
  readonly status: 'active' | 'suspended' | 'closed'
  readonly depth: number
  /** The price book its buy terms are in. */
  readonly level: string
  readonly creditLimit: Money
  readonly exposure: Money
  readonly overdue: Money
  readonly accrued: Money
  readonly lastMonthNet: Money | null
}
export type PartnerList = { readonly rows: readonly PartnerRow[] }
