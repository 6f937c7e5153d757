import type { LocalDate } from '../time/local-date.ts'

/**
 * Days `[validFrom, validTo)` on which what an account uses is billed to another one. `contractId` is its own contract, null for a department
 * under its enterprise's; `underContractId` is the contract it is rated under either way.
 */
export type PayerSpan = {
  readonly accountId: string
  readonly contractId: string | null
  readonly underContractId: string
  readonly payerAccountId: string
  readonly payerContractId: string
  readonly validFrom: LocalDate
  readonly validTo: LocalDate | null
}

/** What must be known of a charge: whose it is, the contract it is rated under, and its first day in the seller's zone. */
export type PaidCharge = { readonly accountId: string; readonly contractId: string; readonly day: LocalDate }

/** The contract that a charge is billed to: of the payer of its account, else of the payer of its contract, else its own. */
export function billedContractOf(spans: readonly PayerSpan[], { accountId, contractId, day }: PaidCharge): string {
  const standing = spans.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || validTo > day))
  const span = standing.find((each) => each.accountId === accountId) ?? standing.find((each) => each.contractId === contractId)
  return span?.payerContractId ?? contractId
}

/** The contracts that a payer's contract pays for at some time, besides its own. */
export function contractsPaidBy(spans: readonly PayerSpan[], payerContractId: string): string[] {
  return [...new Set(spans.filter((span) => span.payerContractId === payerContractId).map((span) => span.underContractId))].sort()
}
