import { add, type Money, subtract } from '#app/domain/money/money.ts'

/** A month's money before and after. */
export type MonthCost = { readonly current: Money; readonly next: Money }

/** Somebody whose month costs something else afterwards. */
export type AffectedSubscriber = {
  /** Null for use without a subscription. */
  readonly subscriptionId: string | null
  readonly name: string | null
  readonly accountId: string
  readonly accountName: string
  readonly fees: MonthCost
  /** An estimate; null where no price of usage moves. */
  readonly usage: MonthCost | null
}

/** All affected subscribers of one currency; `usage` is null where no price of usage moves. */
export type PriceChangeTotal = {
  readonly currency: string
  readonly affected: number
  readonly fees: MonthCost
  readonly usage: MonthCost | null
}

export type PriceChangeTally = {
  readonly totals: readonly PriceChangeTotal[]
  readonly affected: number
  readonly unaffected: number
  /** Subscribers that pin a version: they keep their price. */
  readonly pinned: number
  /** Those with the largest difference, at most 200. */
  readonly subscribers: readonly AffectedSubscriber[]
}

const shown = 200

/** Counts subscribers one by one, keeping sums per currency and the largest differences. */
export function openTally() {
  const totals = new Map<string, PriceChangeTotal>()
  const counts = { affected: 0, unaffected: 0, pinned: 0 }
  let subscribers: AffectedSubscriber[] = []
  const largest = () => subscribers.sort(bySize).slice(0, shown)
  return {
    keep() {
      counts.pinned += 1
    },
    count(subscriber: AffectedSubscriber) {
      if (differenceOf(subscriber) === 0n && !isMoved(subscriber.fees)) {
        counts.unaffected += 1
        return
      }
      counts.affected += 1
      const { currency } = subscriber.fees.current
      totals.set(currency, grown(totals.get(currency), subscriber))
      subscribers.push(subscriber)
      if (subscribers.length > shown * 10) subscribers = largest()
    },
    close(): PriceChangeTally {
      const ordered = [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1))
      return { ...counts, totals: ordered, subscribers: largest() }
    },
  }
}

function isMoved({ current, next }: MonthCost): boolean {
  return current.minor !== next.minor
}

function grown(total: PriceChangeTotal | undefined, { fees, usage }: AffectedSubscriber): PriceChangeTotal {
  if (!total) return { currency: fees.current.currency, affected: 1, fees, usage }
  const used = total.usage && usage ? sumOf(total.usage, usage) : (total.usage ?? usage)
  return { currency: total.currency, affected: total.affected + 1, fees: sumOf(total.fees, fees), usage: used }
}

function sumOf(a: MonthCost, b: MonthCost): MonthCost {
  return { current: add(a.current, b.current), next: add(a.next, b.next) }
}

function bySize(a: AffectedSubscriber, b: AffectedSubscriber): number {
  const [x, y] = [size(b), size(a)]
  return x === y ? (idOf(a) < idOf(b) ? -1 : 1) : x < y ? -1 : 1
}

function size(subscriber: AffectedSubscriber): bigint {
  const difference = differenceOf(subscriber)
  return difference < 0n ? -difference : difference
}

/** In minor units, fees and usage together. */
function differenceOf({ fees, usage }: AffectedSubscriber): bigint {
  const risen = ({ current, next }: MonthCost) => subtract(next, current).minor
  return risen(fees) + (usage ? risen(usage) : 0n)
}

function idOf({ subscriptionId, accountId }: AffectedSubscriber): string {
  return subscriptionId ?? accountId
}
