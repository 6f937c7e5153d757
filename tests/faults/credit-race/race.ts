import { v7 } from 'uuid'
import { giveRoomBack } from '#app/db/credit/credit-reservations.server.ts'
import { money } from '#app/domain/money/money.ts'
import { reserveCredit } from '#app/services/credit/reserve-credit.server.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'

/** A seller whose buyers are raced for: tenant and price book. */
export type RacedLevel = { readonly tenantId: string; readonly priceBookId: string }
type Edge = { readonly tenantId: string; readonly contractId: string; readonly accountId: string; readonly limit: bigint }

/** What a race left: taken beyond a limit, left of it though somebody asked, reservations that a refusal forgot. In minor units, and rows. */
export type RaceResult = { readonly overspent: bigint; readonly unspent: bigint; readonly forgotten: number }

const spend = 10n

/** Sellers for races, one per level. */
export async function buildRacedLevels(count: number): Promise<RacedLevel[]> {
  const levels: RacedLevel[] = []
  for (let level = 0; level < count; level += 1) {
    const tenantId = await buildTenant({ slug: `raced-${v7()}` })
    levels.push({ tenantId, priceBookId: (await buildPriceBook(tenantId, [])).priceBookId })
  }
  return levels
}

/**
 * One round: `spenders` at once take 10 each of a limit, at every level of the chain from the customer up, and whoever is refused gives
 * back what it held below. The topmost limit is 1,000, each one below half as much again.
 */
export async function raceForCredit(levels: readonly RacedLevel[], spenders: number): Promise<RaceResult> {
  const edges: Edge[] = []
  for (const [place, { tenantId, priceBookId }] of levels.entries()) {
    const limit = 1000n + 200n * BigInt(levels.length - 1 - place)
    const accountId = await buildAccount(tenantId)
    const contractId = await buildContract(tenantId, { accountId, priceBookId, creditLimitMinor: limit })
    edges.push({ tenantId, contractId, accountId, limit })
  }
  const passed = (await Promise.all(Array.from({ length: spenders }, () => spendAt(edges)))).filter(Boolean).length
  const taken = BigInt(passed) * spend
  const left = await Promise.all(edges.map(readReserved))
  const top = edges.at(-1)?.limit ?? 0n
  const beyond = edges.map(({ limit }, place) => (left[place] ?? 0n) - limit).filter((over) => over > 0n)
  return {
    overspent: beyond.reduce((all, each) => all + each, 0n),
    unspent: top > taken ? top - taken : 0n,
    forgotten: left.filter((reserved) => reserved !== taken).length,
  }
}

async function spendAt(edges: readonly Edge[]): Promise<boolean> {
  const source = { kind: 'order', id: v7() } as const
  const held: Edge[] = []
  for (const edge of edges) {
    const { tenantId, contractId, accountId } = edge
    const input = { contractId, accountId, source, amount: money(spend, 'EUR'), heldUntil: null }
    const reserved = await asOffice(tenantId, (ctx) => reserveCredit(ctx, input))
    if (!reserved.ok) {
      for (const below of held) await asOffice(below.tenantId, (ctx) => giveRoomBack(ctx, source.id, 'release'))
      return false
    }
    held.push(edge)
  }
  return true
}

async function readReserved({ tenantId, contractId }: Edge): Promise<bigint> {
  const position = await asOffice(tenantId, ({ db }) =>
    db.creditPosition.findFirstOrThrow({ where: { tenantId, contractId }, select: { reservedMinor: true } }),
  )
  return position.reservedMinor
}
