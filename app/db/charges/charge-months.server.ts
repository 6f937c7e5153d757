import { type Sql, sql } from '../sql.server.ts'

/** Whether the charge `c` is of a billing month that begins in the calendar month from `monthStart` on: months of a contract may begin on any day. */
export const isOfMonth = (monthStart: string): Sql =>
  sql`(c.billing_period >= ${monthStart}::date and c.billing_period < (${monthStart}::date + interval '1 month')::date)`
