import { type EntryKind, entryKinds } from '#app/domain/ledger/entry-kind.ts'
import { dayOf, idOf, oneOf } from '../request/filters.ts'

/** What of the journal an address asks for; what it does not name, or names wrongly, filters nothing. */
export function journalFilterOf(search: URLSearchParams) {
  return {
    from: dayOf(search.get('from')) ?? null,
    to: dayOf(search.get('to')) ?? null,
    code: shortText(search.get('code')),
    accountId: idOf(search.get('account')) ?? null,
    buyer: shortText(search.get('buyer')),
    kind: oneOf<EntryKind>(entryKinds, search.get('kind')) ?? null,
    document: shortText(search.get('document')),
  }
}

function shortText(text: string | null): string | null {
  return text?.trim().slice(0, 100) || null
}
