import type { TenantContext } from '#app/db/context.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { BankDetails } from '#app/domain/bank/bank-details.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { type ExpectedState, expectedStateOf } from '#app/domain/payment/expected-payment.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { currenciesOf, readToday } from './query.server.ts'

/** A payment that a buyer announced. */
export type ExpectedRow = {
  readonly id: string
  readonly accountId: string
  readonly buyerName: string
  readonly reference: string
  readonly amount: Money
  readonly dueOn: LocalDate
  readonly state: ExpectedState
}

type Row = Omit<ExpectedRow, 'amount' | 'state'> & { currency: string; amountMinor: bigint; state: 'awaited' | 'received' | 'withdrawn' }

const rowsAtMost = 200

/** Announced payments the scope may see: what is awaited first, by its day, then the latest of the others; at most 200. */
export async function listExpectedPayments(ctx: TenantContext): Promise<ExpectedRow[]> {
  const today = await readToday(ctx)
  const rows = await ctx.db.$queryRaw<Row[]>`
    select x.id, x.account_id as "accountId", a.name as "buyerName", x.reference, x.currency, x.amount_minor as "amountMinor",
      x.due_on::text as "dueOn", x.state
    from expected_payments x join accounts a on a.tenant_id = x.tenant_id and a.id = x.account_id
    where x.tenant_id = ${ctx.tenantId}::uuid
    order by x.state <> 'awaited', case when x.state = 'awaited' then x.due_on end, x.closed_at desc, x.id limit ${rowsAtMost}`
  return rows.map(({ currency, amountMinor, state, ...row }) => ({
    ...row,
    amount: money(amountMinor, currency),
    state: expectedStateOf({ state, dueOn: row.dueOn, today }),
  }))
}

/** What a buyer needs to announce a payment: where to, in which currencies, and what it announced before. */
export type Announcing = {
  readonly bank: BankDetails | null
  readonly currencies: readonly string[]
  readonly today: LocalDate
  readonly rows: readonly ExpectedRow[]
  /** Who is paid. */
  readonly payee: { readonly legalName: string; readonly addressLines: readonly string[]; readonly country: string }
}

/** The page of a buyer that announces payments; read in the seller's tenant with the buyer's scope. */
export async function readAnnouncing(ctx: TenantContext, accountId: string): Promise<Announcing> {
  const seller = await ownTenant(ctx)
  invariant(seller, `readAnnouncing: no tenant ${ctx.tenantId}`)
  const { legalName, addressLines, country } = seller
  return {
    bank: seller.bank,
    payee: { legalName, addressLines, country },
    currencies: await currenciesOf(ctx, accountId),
    today: await readToday(ctx),
    rows: await listExpectedPayments(ctx),
  }
}
