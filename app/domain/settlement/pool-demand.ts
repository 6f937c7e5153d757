import { Decimal } from '../money/decimal.ts'

/** What counts towards a pool: what was used in the month, and the sizes of what runs or is ordered. */
export type PoolUse = {
  readonly meter: string
  readonly consumed: Decimal
  readonly servers: Decimal
  readonly cpus: Decimal
  readonly memoryGib: Decimal
}

/** Used and asked for, in the unit of the pool's meter. */
export type PoolDemand = { readonly used: Decimal; readonly asked: Decimal }

/** Hours of the longest month: what fits into a pool then fits always. */
const hoursOfMonth = 744

/**
 * What an order of a server of that size asks of a pool, and what is taken of it. Meters of time count what runs through a whole month of
 * 31 days; any other meter what was used so far, since nobody knows what an order will use: it passes until the pool is full.
 */
export function poolDemand({ meter, consumed, servers, cpus, memoryGib }: PoolUse, size: { cpus: number; memoryGib: number }): PoolDemand {
  const hours = (running: Decimal, ordered: number) => ({
    used: running.times(hoursOfMonth),
    asked: new Decimal(ordered).times(hoursOfMonth),
  })
  if (meter === 'server.cpu') return hours(cpus, size.cpus)
  if (meter === 'server.memory') return hours(memoryGib, size.memoryGib)
  if (meter === 'server.running' || meter === 'server.allocated') return hours(servers, 1)
  // The smallest piece beyond what was used: a pool that is used up takes no order.
  return { used: consumed, asked: smallest }
}

const smallest = new Decimal('0.000000000001')
