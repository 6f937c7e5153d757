import type { TenantContext } from '#app/db/context.server.ts'
import { markPayablesInvoiced, openPayables } from '#app/db/settlement/settlement-items.server.ts'
import { shownOnlyOf, termsOfContracts } from '#app/db/settlement/settlement-terms.server.ts'
import type { BillableItem } from '#app/domain/invoice/billable-item.ts'
import { add, fromDecimal, type Money } from '#app/domain/money/money.ts'
import { partnerFeeLine, shareKeyOf, shareLine } from '#app/domain/settlement/settlement-line.ts'
import { groupBy } from '#app/domain/shared/group-by.ts'
import { remember } from '#app/domain/shared/remember.ts'
import { type CycleTerms, cycleOf, cyclesWithin, type InvoiceCycle, type LocalPeriod } from '#app/domain/time/invoice-cycle.ts'
import { addDays, type LocalDate } from '#app/domain/time/local-date.ts'
import type { Period } from '#app/domain/time/period.ts'

/** A contract whose invoice is being made. */
export type SettledPeriod = {
  readonly contract: { readonly id: string; readonly accountId: string } & CycleTerms
  readonly period: LocalPeriod
  readonly span: Period
}

/**
 * Lines that no charge makes, by contract: what is owed of customers' payments up to the end of the period, and the partner fees of its cycles,
 * each by the terms of the cycle's last day.
 */
export async function settlementLines(ctx: TenantContext, due: readonly SettledPeriod[]): Promise<ReadonlyMap<string, BillableItem[]>> {
  const lines = new Map<string, BillableItem[]>()
  const reach = due.map(({ contract, period }) => ({ contractId: contract.id, until: period.end }))
  const payables = new Map((await openPayables(ctx, reach)).map((each) => [each.contractId, each]))
  const fees = await partnerFees(ctx, due)
  for (const { contract, period, span } of due) {
    const { accountId, id: contractId } = contract
    const common = { contractId, accountId, span, billingPeriod: period.start }
    const payable = payables.get(contractId)
    const fee = fees.get(contractId)
    const own = [
      ...(payable ? [shareLine({ ...common, amount: payable.amount, paid: payable.paid })] : []),
      ...(fee ? [partnerFeeLine({ ...common, amount: fee })] : []),
    ]
    if (own.length > 0) lines.set(contractId, own)
  }
  return lines
}

/** What each contract owes for being a partner over the cycles of its period; contracts without a fee are left out. */
async function partnerFees(ctx: TenantContext, due: readonly SettledPeriod[]): Promise<ReadonlyMap<string, Money>> {
  const endsOf = remember(keyOfCycles, ({ cycle, period }) => cyclesWithin(cycle, period).map(({ end }) => end))
  const cycles = due.flatMap(({ contract, period }) =>
    endsOf({ cycle: cycleOf(contract), period }).map((end) => ({ id: contract.id, end })),
  )
  const fees = new Map<string, Money>()
  for (const [end, ending] of groupBy(cycles, (cycle) => cycle.end)) {
    const ids = ending.map(({ id }) => id)
    for (const [id, { settings }] of await termsOfContracts(ctx, ids, addDays(end, -1))) {
      const fee = fromDecimal(settings.partnerFee, settings.currency)
      const before = fees.get(id)
      if (fee.minor > 0n) fees.set(id, before ? add(before, fee) : fee)
    }
  }
  return fees
}

type CutPeriod = { readonly cycle: InvoiceCycle; readonly period: LocalPeriod }

function keyOfCycles({ cycle: { unit, count, anchor, day }, period: { start, end } }: CutPeriod): string {
  return [unit, count, anchor, day, start, end].join(' ')
}

export type InvoicedLines = {
  readonly contractId: string
  readonly until: LocalDate
  readonly invoiceId: string
  readonly lines: readonly { readonly id: string; readonly key: string }[]
}

/** Ties what the contract owed of customers' payments to the line it became. Callers hold the contract. */
export async function settlePayables(ctx: TenantContext, { contractId, until, invoiceId, lines }: InvoicedLines): Promise<void> {
  const line = lines.find(({ key }) => key === shareKeyOf(contractId))
  if (line) await markPayablesInvoiced(ctx, { contractId, until, invoiceId, invoiceLineId: line.id })
}

/** Leaves out fees of billing periods that are settled in another way than by invoice. */
export async function onlyInvoiced<T extends { readonly rated: { readonly contractId: string; readonly billingPeriod: LocalDate } }>(
  ctx: TenantContext,
  contractIds: readonly string[],
  fees: readonly T[],
): Promise<T[]> {
  const shown = groupBy(await shownOnlyOf(ctx, contractIds), ({ contractId }) => contractId)
  return fees.filter(({ rated: { contractId, billingPeriod } }) => {
    return !shown.get(contractId)?.some(({ from, to }) => from <= billingPeriod && (to === null || billingPeriod < to))
  })
}
