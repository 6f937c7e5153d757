import { giveTryBack, takeTry } from '#app/db/catalog/redemptions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { attemptsPerWindow, attemptWindowAt } from '#app/domain/promo/attempt-window.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import { type PricedOrder, type PriceOrderError, type PriceOrderInput, priceOrder } from '../orders/price-order.server.ts'
import type { AcceptedCode, CodeRefusal } from './price-with-codes.server.ts'

/** One thing that is ordered with codes, so many times; once unless said. */
export type TriedLine = Pick<PriceOrderInput, 'productId' | 'units' | 'options' | 'dropsOthers'> & {
  readonly quantity?: number | undefined
}

export type TryCodesInput = {
  readonly accountId: string
  readonly lines: readonly TriedLine[]
  readonly codes: readonly string[]
  /** A digest of the network address the code was typed at. */
  readonly addressHash: string
}

/**
 * What a buyer is told. Unknown, over, not for this buyer, used up: all of it is `code-not-valid`, so that an answer
 * teaches nothing about codes; only a good code that another one excludes says so.
 */
export type CodeProblem = 'code-not-valid' | 'code-not-combinable' | 'too-many-tries'

/** Pieces of one line that cost the same: `line` counts from nothing. */
export type PricedPieces = { readonly line: number; readonly count: number; readonly price: PricedOrder }

/** What is ordered, piece by piece. */
export type TriedCodes = {
  readonly pieces: readonly PricedPieces[]
  readonly problem: CodeProblem | null
  readonly acceptedCodes: readonly string[]
}

/**
 * Prices an order with `codes`, at most ten failures per account and address in a quarter of an hour. A try is taken before a
 * code is looked at and given back when all of them are good; the same questions are asked of the database for any code.
 */
export async function tryCodes(ctx: TenantContext, input: TryCodesInput): Promise<Result<TriedCodes, PriceOrderError>> {
  const { accountId, codes, addressHash } = input
  const plain = await pricePieces(ctx, { ...input, codes: [] })
  if (!plain.ok || codes.length === 0) return plain.ok ? ok({ pieces: plain.value, problem: null, acceptedCodes: [] }) : plain

  const subjects = [`account:${accountId}`, `address:${addressHash}`]
  const start = attemptWindowAt(ctx.now)
  const mayTry = await takeTry(ctx, subjects, { start, limit: attemptsPerWindow })
  if (!mayTry) return ok({ pieces: plain.value, problem: 'too-many-tries', acceptedCodes: [] })

  const priced = await pricePieces(ctx, input)
  if (!priced.ok) return priced
  const acceptedCodes = [...new Set(priced.value.flatMap(({ price }) => price.accepted.map(({ code }) => code)))]
  const refused = (priced.value[0]?.price.refused ?? []).filter(({ code }) => !acceptedCodes.includes(code))
  const problem = refused.length === 0 ? null : publicProblem(refused.map(({ reason }) => reason))
  if (problem !== 'code-not-valid') await giveTryBack(ctx, subjects, start)
  return ok({ pieces: priced.value, problem, acceptedCodes })
}

/** Prices piece after piece as the order will: each counts what those before it took of a code's limits. Equal ones are priced once. */
async function pricePieces(
  ctx: TenantContext,
  { accountId, lines, codes }: TryCodesInput,
): Promise<Result<PricedPieces[], PriceOrderError>> {
  const pieces: PricedPieces[] = []
  const earlier: AcceptedCode[] = []
  for (const [line, { quantity = 1, ...product }] of lines.entries()) {
    for (let left = quantity; left > 0; ) {
      const priced = await priceOrder(ctx, { ...product, accountId, codes, earlier })
      if (!priced.ok) return priced
      const { accepted } = priced.value
      const count = accepted.length === 0 ? left : 1
      earlier.push(...accepted)
      pieces.push({ line, count, price: priced.value })
      left -= count
    }
  }
  return ok(pieces)
}

/** The one answer a buyer gets for refused codes. */
export function publicProblem(reasons: readonly CodeRefusal[]): Exclude<CodeProblem, 'too-many-tries'> {
  return reasons.every((reason) => reason === 'not-combinable') ? 'code-not-combinable' : 'code-not-valid'
}
