import type { TenantContext } from '#app/db/context.server.ts'
import { listPayouts, listRuns, type PayoutRow, type PayoutRunRow, waitingSales } from '#app/db/settlement/payouts.server.ts'
import { payablesAbroad } from '#app/db/settlement/settlement-items.server.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { isPayable, planPayouts } from './gather-payouts.server.ts'

export type DuePayout = {
  readonly accountId: string
  readonly name: string
  readonly released: Money
  readonly held: Money
  readonly offset: Money
  readonly reserve: Money
  readonly payout: Money
  readonly carried: Money
}

export type MadePayout = Pick<
  PayoutRow,
  'id' | 'accountName' | 'through' | 'state' | 'invoiceId' | 'invoiceNumber' | 'bankReference' | 'paidOn'
> & {
  readonly released: Money
  readonly offset: Money
  readonly reserve: Money
  readonly payout: Money
}

export type WaitingMoney = {
  readonly saleId: string
  readonly name: string
  readonly amount: Money
  readonly occurredOn: LocalDate
  readonly releaseOn: LocalDate
  readonly holdReason: string | null
}

export type PayoutsPage = {
  readonly through: LocalDate
  readonly due: readonly DuePayout[]
  readonly mayOpen: boolean
  readonly runs: readonly PayoutRunRow[]
  readonly made: readonly MadePayout[]
  readonly waiting: readonly WaitingMoney[]
  /** What is owed of customers' payments in another currency than the contract's. */
  readonly abroad: Awaited<ReturnType<typeof payablesAbroad>>
  readonly resellers: readonly { readonly id: string; readonly name: string }[]
}

/** What is due by a day (today unless said), the runs, what was made of them, and money that waits. */
export async function readPayouts(ctx: TenantContext, day: LocalDate | null): Promise<PayoutsPage> {
  const through = day ?? localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
  const planned = (await planPayouts(ctx, through)).filter(({ isDone }) => !isDone)
  const { tenantId } = ctx
  const resellers = await ctx.db.account.findMany({
    where: { tenantId, childTenantId: { not: null } },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 200,
  })
  const names = new Map(resellers.map(({ id, name }) => [id, name]))
  return {
    through,
    due: planned.map(({ releasable: { accountId, held }, released, offset, reserve, payout, carried }) => {
      return { accountId, name: names.get(accountId) ?? '', released, held, offset, reserve, payout, carried }
    }),
    mayOpen: planned.some(isPayable),
    runs: await listRuns(ctx),
    made: (await listPayouts(ctx, {})).map(madeOf),
    waiting: (await waitingSales(ctx)).map(({ accountName: name, amountMinor, currency, ...sale }) => {
      return { ...sale, name, amount: money(amountMinor, currency) }
    }),
    abroad: await payablesAbroad(ctx),
    resellers,
  }
}

/** A payout as pages list it. */
export function madeOf(row: PayoutRow): MadePayout {
  const { id, accountName, through, state, invoiceId, invoiceNumber, bankReference, paidOn, currency } = row
  return {
    id,
    accountName,
    through,
    state,
    invoiceId,
    invoiceNumber,
    bankReference,
    paidOn,
    released: money(row.releasedMinor + row.taxMinor + row.freedMinor, currency),
    offset: money(row.offsetMinor, currency),
    reserve: money(row.reserveMinor, currency),
    payout: money(row.payoutMinor, currency),
  }
}
