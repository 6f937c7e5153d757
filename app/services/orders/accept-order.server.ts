import { serverNames } from '#app/db/cloud/resources.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { orderOfKey } from '#app/db/orders/orders.server.ts'
import { mostPieces, numberedNames } from '#app/domain/catalog/order-pieces.ts'
import { money } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type AdmittedApplication, admitApplication, keepApplication } from '../apps/keep-application.server.ts'
import { publicProblem } from '../promotions/try-codes.server.ts'
import { type AcceptedPiece, type AcceptOrderError, acceptPiece, type OrderPlacer } from './accept-piece.server.ts'
import { announceTransfer } from './await-transfer.server.ts'
import { type ApplicationWish, linesOf, type OrderChoice, type OrderLine } from './order-choice.ts'

export type OrderWish = OrderChoice & { readonly accountId: string; readonly key: string }

/**
 * Accepts an order in the seller's scope, piece by piece, all or nothing: each is priced by the account's own contract as if it were
 * ordered by itself after those before it. An order of somebody whose address is not confirmed is kept and goes on with the confirmation
 * (C2); jobs fulfil all others, every piece by itself. Returns the first piece, whose number is the order's. Safe to repeat: the same key
 * finds the first order.
 */
export async function acceptOrder(
  ctx: TenantContext,
  input: OrderWish,
  placer: OrderPlacer,
): Promise<Result<{ orderId: string }, AcceptOrderError>> {
  const known = await orderOfKey(ctx, input.key)
  if (known) return ok({ orderId: known.id })
  const pieces = await piecesOf(ctx, input)
  if (!pieces) return err('too-many-pieces')
  const applications = await admitApplications(ctx, input)
  if (!applications.ok) return applications
  const { accountId, key, promoCodes = [], addressHash, address, paysNow, consent } = input
  const manner = {
    accountId,
    promoCodes,
    ...(addressHash ? { addressHash } : {}),
    ...(address ? { address } : {}),
    paysNow: paysNow === true,
    consent,
  }
  const accepted: AcceptedPiece[] = []
  for (const [place, piece] of pieces.entries()) {
    const leadId = accepted[0]?.orderId ?? null
    const next = await acceptPiece(ctx, { ...piece, ...manner, leadId, key: leadId ? `${key}#${place + 1}` : key }, placer)
    if (!next.ok) return next
    accepted.push(next.value)
  }
  for (const { wish, admitted } of applications.value) {
    const ordered = accepted.map(({ orderId }, place) => ({ orderId, piece: pieces[place] }))
    const own = ordered.filter(({ piece }) => piece?.application === wish)
    await keepApplication(
      ctx,
      admitted,
      own.map(({ orderId, piece }) => ({ orderId, tier: piece?.tier ?? '' })),
    )
  }
  return settleTerms(ctx, input, accepted)
}

type Admitted = { readonly wish: ApplicationWish; readonly admitted: AdmittedApplication }

/** The applications among what is ordered, each with lines of its own; what is ordered beside them is judged by itself. */
async function admitApplications(ctx: TenantContext, order: OrderWish): Promise<Result<readonly Admitted[], AcceptOrderError>> {
  const { accountId } = order
  const lines = linesOf(order)
  const all: Admitted[] = []
  for (const wish of new Set(lines.flatMap(({ application }) => application ?? []))) {
    const own = lines.filter(({ application }) => application === wish)
    const admitted = await admitApplication(ctx, { accountId, wish, lines: own })
    if (!admitted.ok) return admitted
    all.push({ wish, admitted: admitted.value })
  }
  return ok(all)
}

/** What holds for the pieces together: every code is of use, the sum is what was agreed, and a transfer over it is announced where one pays. */
async function settleTerms(
  ctx: TenantContext,
  { accountId, agreedMinor, byTransfer }: OrderWish,
  accepted: readonly AcceptedPiece[],
): Promise<Result<{ orderId: string }, AcceptOrderError>> {
  const [lead] = accepted
  if (!lead) return err('plan-not-found')
  const useless = uselessCodes(accepted)
  if (useless.length > 0) return err(publicProblem(useless.map(({ reason }) => reason)))
  const { orderId, currency } = lead
  const totalMinor = accepted.reduce((sum, piece) => sum + piece.totalMinor, 0n)
  if (agreedMinor !== undefined && agreedMinor !== totalMinor) return err('amount-changed')
  if (!byTransfer || totalMinor === 0n) return ok({ orderId })
  const announced = await announceTransfer(ctx, { orderId, accountId, total: money(totalMinor, currency) })
  return announced.ok ? ok({ orderId }) : announced
}

/** Every single thing that is ordered, servers under names of their own; null when there are more than an order may have. */
async function piecesOf(ctx: TenantContext, order: OrderWish): Promise<OrderLine[] | null> {
  const lines = linesOf(order)
  const counts = lines.map(({ quantity = 1 }) => quantity)
  const isWhole = counts.every((count) => Number.isInteger(count) && count >= 1)
  if (!isWhole || counts.reduce((sum, count) => sum + count, 0) > mostPieces) return null
  const taken = counts.some((count) => count > 1) ? await serverNames(ctx, order.accountId) : []
  const pieces: OrderLine[] = []
  for (const { quantity: count = 1, ...line } of lines) {
    const inOrder = pieces.flatMap(({ name }) => name ?? [])
    const names = line.name === undefined ? [] : numberedNames(line.name, { count, taken: [...taken, ...inOrder] })
    for (let place = 0; place < count; place += 1) pieces.push({ ...line, ...(names[place] ? { name: names[place] } : {}) })
  }
  return pieces
}

/** Codes that gave none of the pieces anything, each with the first reason. */
function uselessCodes(pieces: readonly AcceptedPiece[]): AcceptedPiece['refused'] {
  const used = new Set(pieces.flatMap(({ accepted }) => accepted))
  return (pieces[0]?.refused ?? []).filter(({ code }) => !used.has(code))
}
