import type { TenantContext } from '#app/db/context.server.ts'
import { awaitedPayments, type BankEntry, knownPayers, matchCandidates, openBankEntries } from '#app/db/payments/bank-entries.server.ts'
import { type Suggestion, suggestionsFor } from '#app/domain/reconciliation/match-entry.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import { type AcceptEntryError, acceptEntry } from './accept-entry.server.ts'

export type SuggestedEntry = { readonly entry: BankEntry; readonly suggestions: readonly Suggestion[] }
export type QueuePage = { readonly after: Pick<BankEntry, 'bookedOn' | 'id'> | null; readonly limit: number }

/** Entries nobody decided on, oldest first, each with what it could settle. */
export async function suggestMatches(ctx: TenantContext, page: QueuePage): Promise<SuggestedEntry[]> {
  const entries = await openBankEntries(ctx, page)
  if (entries.length === 0) return []
  const ibans = entries.flatMap(({ counterparty }) => counterparty.iban ?? [])
  const facts = {
    candidates: await matchCandidates(ctx),
    announced: await awaitedPayments(ctx),
    payers: await knownPayers(ctx, [...new Set(ibans)]),
  }
  return entries.map((entry) => ({ entry, suggestions: suggestionsFor(entry, facts) }))
}

const entriesAtOnce = 500

/**
 * Accepts every entry whose reference, amount and currency agree exactly with what one buyer owes or announced. Returns how many. All of
 * them or none: when another person settles one of these documents meanwhile, nothing is accepted.
 */
export async function acceptSureMatches(ctx: TenantContext): Promise<Result<number, AcceptEntryError>> {
  let accepted = 0
  let page: readonly SuggestedEntry[] = []
  const settled = new Set<string>()
  do {
    const last = page.at(-1)?.entry
    page = await suggestMatches(ctx, { after: last ? { bookedOn: last.bookedOn, id: last.id } : null, limit: entriesAtOnce })
    for (const { entry, suggestion } of sureOnes(page, settled)) {
      const result = await acceptEntry(ctx, { ...suggestion, entryId: entry.id })
      if (!result.ok) return result
      accepted += 1
    }
  } while (page.length === entriesAtOnce)
  return ok(accepted)
}

/** The entries that are sure, each with its match. What one of them settles is not settled by a second one: `settled` collects it. */
function sureOnes(page: readonly SuggestedEntry[], settled: Set<string>): { entry: BankEntry; suggestion: Suggestion }[] {
  return page.flatMap(({ entry, suggestions }) => {
    const suggestion = suggestions.find(({ isSure }) => isSure)
    const keys = suggestion ? [...suggestion.shares.map(({ invoiceId }) => invoiceId), suggestion.expectedPaymentId ?? ''] : []
    if (!suggestion || keys.some((key) => settled.has(key))) return []
    for (const key of keys) if (key) settled.add(key)
    return [{ entry, suggestion }]
  })
}
