import type { NewFee } from '#app/db/charges/fee-charges.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type BillableContract, contractsById } from '#app/db/documents/billing-facts.server.ts'
import { payersAround } from '#app/db/documents/payers.server.ts'
import type { TenantRow } from '#app/db/sellers/tenants.server.ts'
import { billedContractOf, contractsPaidBy } from '#app/domain/statement/payer-of.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import type { Period } from '#app/domain/time/period.ts'
import type { DueContract } from './due-contracts.server.ts'

/** A contract that is not due itself, in the period of the one that pays for it. */
type PaidContract = { readonly contract: BillableContract; readonly span: Period }

/** Who pays, apart from who uses, around the contracts of one page of a run. */
export type PayerDesk = {
  readonly timeZone: string
  /** The other contracts that `contractId` pays for at some time; null for a seller of whose accounts none pays for another. */
  paidBy(contractId: string): readonly string[] | null
  /** The contract that a fee is billed to. */
  billedTo(fee: NewFee): string
  /** The contracts paid for by those of `spans`, by id, without those of `spans` themselves. */
  contractsPaidFor(ctx: TenantContext, spans: ReadonlyMap<string, Period>): Promise<ReadonlyMap<string, PaidContract>>
}

/** Opens who pays for whom around the contracts that are due. */
export async function readPayerDesk(
  ctx: TenantContext,
  { seller: { timeZone }, due }: { readonly seller: TenantRow; readonly due: readonly DueContract[] },
): Promise<PayerDesk> {
  const read = await payersAround(
    ctx,
    due.map(({ contract }) => contract.id),
  )
  const spans = read ?? []
  return {
    timeZone,
    paidBy: (contractId) => (read ? contractsPaidBy(read, contractId) : null),
    billedTo: ({ rated, accountId }) => {
      const day = localDateOf(rated.chargePeriod.start, timeZone)
      return billedContractOf(spans, { accountId, contractId: rated.contractId, day })
    },
    contractsPaidFor: async (inner, dueSpans) => {
      const spanOf = new Map<string, Period>()
      for (const [payer, span] of dueSpans) for (const id of contractsPaidBy(spans, payer)) if (!dueSpans.has(id)) spanOf.set(id, span)
      const contracts = spanOf.size > 0 ? await contractsById(inner, [...spanOf.keys()]) : []
      return new Map(contracts.flatMap((contract) => [[contract.id, { contract, span: spanOf.get(contract.id) as Period }] as const]))
    },
  }
}

/** `contractIds` and the contracts they pay for: all that must be held while their charges are taken. */
export async function withContractsPaidFor(ctx: TenantContext, contractIds: readonly string[]): Promise<string[]> {
  const spans = (await payersAround(ctx, contractIds)) ?? []
  return [...new Set([...contractIds, ...contractIds.flatMap((id) => contractsPaidBy(spans, id))])].sort()
}
