import type { TenantContext } from '#app/db/context.server.ts'
import { positionsJudging, withoutDunningFees } from '#app/db/credit/credit-positions.server.ts'
import { type ReservationSource, takeRoom } from '#app/db/credit/credit-reservations.server.ts'
import { availableOf } from '#app/domain/credit/exposure.ts'
import { type Money, money, subtract, zero } from '#app/domain/money/money.ts'
import { type Err, err, type Ok, ok } from '#app/domain/shared/result.ts'

export type ReserveCreditInput = {
  readonly contractId: string
  /** Who orders: its own limit counts too where it has one. */
  readonly accountId: string
  readonly source: ReservationSource
  readonly subscriptionId?: string
  /** Tax included, in the contract's currency. */
  readonly amount: Money
  /** Until when it is held; null: it is committed at once. */
  readonly heldUntil: Date | null
  /** Whether the limit may be spent; otherwise money in hand alone. It may unless said. */
  readonly usesLimit?: boolean
}

/** Whose limit has no room, and how much of it is missing. */
export type NoRoom = Err<'no-room'> & { readonly accountId: string; readonly missing: Money }

/**
 * Reserves credit of a contract for an order, or refuses: the whole contract and the department that orders must both have room. Each is
 * one conditional update, so that however many order at once no more is taken than is there. Safe to repeat: a source reserves once.
 * A refusal rolls the caller's transaction back, and nothing stays reserved.
 */
export async function reserveCredit(ctx: TenantContext, input: ReserveCreditInput): Promise<Ok<void> | NoRoom> {
  const { amount, usesLimit = true } = input
  if (amount.minor <= 0n) return ok(undefined)
  const judged = await takeRoom(ctx, { ...input, usesLimit, amountMinor: amount.minor })
  if (judged.length === 0) return noRoom(input.accountId, amount)
  const full = judged.find(({ hasRoom }) => !hasRoom)
  return full ? missingAt(ctx, input, full.accountId) : ok(undefined)
}

async function missingAt(ctx: TenantContext, input: ReserveCreditInput, accountId: string): Promise<NoRoom> {
  const position = (await positionsJudging(ctx, input)).find((each) => each.accountId === accountId)
  if (!position) return noRoom(accountId, input.amount)
  const limit = input.usesLimit === false ? zero(position.currency) : position.limit
  const missing = subtract(input.amount, availableOf(limit, withoutDunningFees(position).parts))
  // Whoever was in the way may have left meanwhile: the smallest amount says that nothing was there a moment ago.
  return noRoom(accountId, missing.minor > 0n ? missing : money(1n, missing.currency))
}

function noRoom(accountId: string, missing: Money): NoRoom {
  return { ...err('no-room'), accountId, missing }
}
