import type { TenantContext } from '#app/db/context.server.ts'
import { type BillableContract, billableContracts, contractIds, contractsById } from '#app/db/documents/billing-facts.server.ts'
import { remember } from '#app/domain/shared/remember.ts'
import { cycleOf, dueCycles, type InvoiceCycle, type LocalPeriod } from '#app/domain/time/invoice-cycle.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** A contract with what its next invoice closes. */
export type DueContract = { readonly contract: BillableContract; readonly period: LocalPeriod }

export type DuePage = { readonly due: readonly DueContract[]; readonly lastContractId: string | null }

/** Contracts looked at in one transaction: bounds the memory of a run, whatever the number of customers. */
const pageSize = 200

/**
 * Of the next contracts in order of id after `afterId`: those with cycles that end in `window` and are not invoiced yet.
 * `lastContractId` is null when none were left to look at.
 */
export async function dueContracts(ctx: TenantContext, window: LocalPeriod, afterId: string | null): Promise<DuePage> {
  const contracts = await billableContracts(ctx, { before: window.end, afterId, limit: pageSize })
  return { due: dueOf(contracts, window), lastContractId: contracts.at(-1)?.id ?? null }
}

/**
 * Where the next pages begin: the contract before each, in order of id; the first is `afterId`. A contract that is added meanwhile makes two
 * of them overlap by one, which is drafted twice alike.
 */
export async function nextPages(
  ctx: TenantContext,
  { window, afterId, pages }: { readonly window: LocalPeriod; readonly afterId: string | null; readonly pages: number },
): Promise<(string | null)[]> {
  const ids = await contractIds(ctx, { before: window.end, afterId, limit: pages * pageSize - 1 })
  return [afterId, ...ids.filter((_, place) => (place + 1) % pageSize === 0)]
}

/** Whether any contract has a cycle of its own that ends in `window`. Sellers that bill by the calendar month alone cost one look. */
export async function fallsDue(ctx: TenantContext, window: LocalPeriod): Promise<boolean> {
  for (let afterId: string | null = null; ; ) {
    const contracts: BillableContract[] = await billableContracts(ctx, { before: window.end, afterId, limit: pageSize, hasOwnCycle: true })
    if (dueOf(contracts, window).length > 0) return true
    afterId = contracts.at(-1)?.id ?? null
    if (afterId === null) return false
  }
}

/** The same of the contracts named. */
export async function dueContractsNamed(ctx: TenantContext, window: LocalPeriod, ids: readonly string[]): Promise<readonly DueContract[]> {
  return dueOf(await contractsById(ctx, ids), window)
}

function dueOf(contracts: readonly BillableContract[], window: LocalPeriod): DueContract[] {
  const periodOf = remember(
    ({ cycle, since }: { cycle: InvoiceCycle; since: LocalDate }) => `${JSON.stringify(cycle)} ${since}`,
    ({ cycle, since }) => dueCycles(cycle, window, since),
  )
  return contracts.flatMap((contract) => {
    const { invoicedThrough, startsOn } = contract
    const since = invoicedThrough && invoicedThrough > startsOn ? invoicedThrough : startsOn
    const period = periodOf({ cycle: cycleOf(contract), since })
    return period ? [{ contract, period }] : []
  })
}
