/** Three figures that never merge: accrued (rated, not invoiced), due (open invoices), and last month's invoices. Amounts before tax unless named. */
export type Spend = {
  readonly currency: string
  /** Net of this month's charges so far, exact decimal text. */
  readonly monthToDate: string
  /** Net of last month's charges. */
  readonly lastMonth: string
  /** Net expected at the end of the month: what is used so far at the present pace, fees in full. */
  readonly forecast: string
  /** Open invoices less what was paid, tax included, in minor units. */
  readonly dueMinor: bigint
  /** This month by day, net. */
  readonly days: readonly { readonly day: string; readonly amount: string }[]
}
