import type { TenantContext } from '#app/db/context.server.ts'
import { giveTryBack, takeTry } from '#app/db/redemptions.server.ts'
import { attemptsPerWindow, attemptWindowAt } from '#app/domain/promo/attempt-window.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import { type PricedOrder, type PriceOrderError, priceOrder } from '../orders/price-order.server.ts'
import type { CodeRefusal } from './price-with-codes.server.ts'

export type TryCodesInput = {
  readonly accountId: string
  readonly productId: string
  readonly options?: readonly string[]
  readonly dropsOthers?: boolean
  readonly codes: readonly string[]
  /** A digest of the network address the code was typed at. */
  readonly addressHash: string
}

/**
 * What a buyer is told. Unknown, over, not for this buyer, used up: all of it is `code-not-valid`, so that an answer
 * teaches nothing about codes; only a good code that another one excludes says so.
 */
export type CodeProblem = 'code-not-valid' | 'code-not-combinable' | 'too-many-tries'

export type TriedCodes = { readonly price: PricedOrder; readonly problem: CodeProblem | null; readonly acceptedCodes: readonly string[] }

/**
 * Prices an order with `codes`, at most ten failures per account and address in a quarter of an hour. A try is taken before a
 * code is looked at and given back when all of them are good; the same questions are asked of the database for any code.
 */
export async function tryCodes(ctx: TenantContext, input: TryCodesInput): Promise<Result<TriedCodes, PriceOrderError>> {
  const { accountId, codes, addressHash, ...order } = input
  const plain = await priceOrder(ctx, { ...order, accountId })
  if (!plain.ok || codes.length === 0) return plain.ok ? ok({ price: plain.value, problem: null, acceptedCodes: [] }) : plain

  const subjects = [`account:${accountId}`, `address:${addressHash}`]
  const start = attemptWindowAt(ctx.now)
  const mayTry = await takeTry(ctx, subjects, { start, limit: attemptsPerWindow })
  if (!mayTry) return ok({ price: plain.value, problem: 'too-many-tries', acceptedCodes: [] })

  const priced = await priceOrder(ctx, { ...order, accountId, codes })
  if (!priced.ok) return priced
  const { refused, accepted } = priced.value
  const problem = refused.length === 0 ? null : publicProblem(refused.map(({ reason }) => reason))
  if (problem !== 'code-not-valid') await giveTryBack(ctx, subjects, start)
  return ok({ price: priced.value, problem, acceptedCodes: accepted.map(({ code }) => code) })
}

/** The one answer a buyer gets for refused codes. */
export function publicProblem(reasons: readonly CodeRefusal[]): Exclude<CodeProblem, 'too-many-tries'> {
  return reasons.every((reason) => reason === 'not-combinable') ? 'code-not-combinable' : 'code-not-valid'
}
