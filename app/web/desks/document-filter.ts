import { documentTypes } from '#app/domain/invoice/document-type.ts'
import { monthOf, oneOf } from '../request/filters.ts'

/** What of a customer's documents an address asks for; what it does not name, or names wrongly, filters nothing. */
export function documentFilterOf(search: URLSearchParams) {
  return { documentType: oneOf(documentTypes, search.get('type')), month: monthOf(search.get('month')) }
}
