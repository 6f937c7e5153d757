import { type Money, sum } from '../money/money.ts'
import type { FinalisedInvoice, FinalisedLine } from './finalised-invoice.ts'

export type ShowbackFacts = {
  readonly accountId: string
  readonly name: string
  readonly net: Money
  readonly lines: readonly FinalisedLine[]
}

/** What each user of a document used that does not pay it itself, net: one per section, in their order, adding up to the rest of the document. */
export function showbacksOf({ accountId, lines, net }: Pick<FinalisedInvoice, 'accountId' | 'lines' | 'net'>): ShowbackFacts[] {
  const users = [...new Set(lines.map((line) => line.sectionAccountId))].filter((user) => user !== accountId)
  return users.map((user) => {
    const own = lines.filter((line) => line.sectionAccountId === user)
    const nets = own.map((line) => line.net)
    return { accountId: user, name: own[0]?.subject.section ?? '', net: sum(net.currency, nets), lines: own }
  })
}
