import { creditorReference } from '../bank/payment-references.ts'
import { invariant } from '../shared/invariant.ts'
import type { LocalDate } from '../time/local-date.ts'

/** Where an announced payment stands; what is awaited past its day is overdue. */
export type ExpectedState = 'awaited' | 'overdue' | 'received' | 'withdrawn'

/** The creditor reference (ISO 11649) of an announcement, made of the random end of its id: nobody can guess another buyer's. */
export function expectedReference(id: string): string {
  const reference = creditorReference(`P${id.replaceAll('-', '').slice(-12)}`)
  invariant(reference, `expectedReference: ${id} gives none`)
  return reference
}

/** What people see on `today`, a date of the seller's zone; the due day itself is in time. */
export function expectedStateOf(facts: { state: 'awaited' | 'received' | 'withdrawn'; dueOn: LocalDate; today: LocalDate }): ExpectedState {
  return facts.state === 'awaited' && facts.dueOn < facts.today ? 'overdue' : facts.state
}
