import type { UnjudgedRaw } from '#app/db/usage/usage-mediation.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { reviseUsage } from '#app/domain/usage/revise-usage.ts'

export type RankedRevisions = {
  /** To be judged; of several reports of one fact the largest quantity comes first, and the others count only when it is refused. */
  readonly ranked: readonly UnjudgedRaw[]
  /** Reports of a fact whose accepted quantity is larger. */
  readonly outranked: readonly UnjudgedRaw[]
}

/** Puts the reports of one fact in order of their weight; the order of different facts stays. */
export function rankRevisions(records: readonly UnjudgedRaw[]): RankedRevisions {
  const facts = new Map<string, UnjudgedRaw[]>()
  const outranked: UnjudgedRaw[] = []
  for (const record of records) {
    if (record.known && reviseUsage(record.known.reported, quantityOf(record)) === 'kept') {
      outranked.push(record)
      continue
    }
    const reports = facts.get(record.contentKey)
    if (reports) reports.push(record)
    else facts.set(record.contentKey, [record])
  }
  const ranked = [...facts.values()].flatMap((reports) => (reports.length === 1 ? reports : reports.sort(byQuantity)))
  return { ranked, outranked }
}

function byQuantity(a: UnjudgedRaw, b: UnjudgedRaw): number {
  return quantityOf(b).comparedTo(quantityOf(a))
}

function quantityOf(record: UnjudgedRaw): Decimal {
  return new Decimal(record.quantity ?? 0)
}
