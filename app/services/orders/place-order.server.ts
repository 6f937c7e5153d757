import { inPanel, inTenant, type TenantContext } from '#app/db/context.server.ts'
import { againOnDuplicate, orderOfKey } from '#app/db/orders/orders.server.ts'
import { findUser } from '#app/db/people/people.server.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import { type CodeProblem, type TriedLine, tryCodes } from '../promotions/try-codes.server.ts'
import { acceptOrder } from './accept-order.server.ts'
import { type AcceptOrderError, type OrderPlacer, optionsOf } from './accept-piece.server.ts'
import { linesOf, type OrderChoice, type OrderLine, textProblem } from './order-choice.ts'

export type PlaceOrderInput = OrderChoice & {
  readonly tenantId: string
  /** The accounts the buyer may act for; `accountId` must be one of them. */
  readonly accountIds: readonly string[]
  readonly accountId: string
  /** Made with the form: the same key again finds the first order. */
  readonly idempotencyKey: string
  readonly actor: Actor
}

export type PlaceOrderError = 'account-not-found' | 'account-not-active' | 'account-held' | AcceptOrderError

/**
 * Accepts a buyer's order of servers and bundles of services, one or several at once, priced by its own contract; a job fulfils it, for a person whose
 * address is not confirmed not before it is. An account that a person still has to look at orders nothing. Whatever prices a form carried do not
 * count. The buyer's right to the account is proved in the panel scope, the price is read in the seller's. Safe to repeat.
 */
export async function placeOrder(input: PlaceOrderInput): Promise<Result<{ orderId: string }, PlaceOrderError>> {
  const [malformed] = linesOf(input).flatMap((line) => textProblem(line) ?? [])
  if (malformed) return err(malformed)
  const { tenantId, accountId } = input
  const account = await inPanel(tenantId, input.accountIds, async ({ db }) => {
    const own = await db.account.findUnique({ where: { tenantId_id: { tenantId, id: accountId } }, select: { status: true } })
    const holds = await db.accountHold.count({ where: { tenantId, accountId, source: 'screening', liftedAt: null } })
    return own && { ...own, isHeld: holds > 0 }
  })
  if (!account) return err('account-not-found')
  if (account.status !== 'active') return err('account-not-active')
  if (account.isHeld) return err('account-held')
  const problem = await guardCodes(input)
  if (problem) return err(problem)
  const accept = async (ctx: TenantContext) => acceptOrder(ctx, { ...input, key: keyOf(input) }, await placerOf(ctx, input.actor))
  return againOnDuplicate(() => inTenant(input.tenantId, accept, { actor: input.actor }))
}

async function placerOf(ctx: TenantContext, actor: Actor): Promise<OrderPlacer> {
  if (actor.kind !== 'user') return { placedBy: null, isConfirmed: true }
  const user = await findUser(ctx, actor.userId)
  return { placedBy: actor.userId, isConfirmed: user?.emailConfirmedAt != null }
}

/** The order that a form of an account placed before; undefined when it has not. */
export async function orderOfForm(form: Pick<PlaceOrderInput, 'tenantId' | 'accountId' | 'idempotencyKey'>): Promise<string | undefined> {
  return (await inTenant(form.tenantId, (ctx) => orderOfKey(ctx, keyOf(form))))?.id
}

function keyOf({ accountId, idempotencyKey }: Pick<PlaceOrderInput, 'accountId' | 'idempotencyKey'>): string {
  return `form:${accountId}:${idempotencyKey}`
}

/**
 * Codes are tried in a transaction of their own first: a refused order rolls back, and a failed try must stay counted. A repeat is
 * not tried again: what its order redeemed is no longer there.
 */
async function guardCodes(input: PlaceOrderInput): Promise<CodeProblem | null> {
  const { tenantId, accountId, promoCodes = [], addressHash = 'none' } = input
  if (promoCodes.length === 0) return null
  return inTenant(tenantId, async (ctx) => {
    const known = await orderOfKey(ctx, keyOf(input))
    const lines: TriedLine[] = []
    for (const line of linesOf(input)) {
      const tried = await triedLine(ctx, line)
      if (!tried) return null
      lines.push(tried)
    }
    if (known) return null
    const tried = await tryCodes(ctx, { accountId, lines, codes: promoCodes, addressHash })
    return tried.ok ? tried.value.problem : null
  })
}

/** What a line asks for; null for what is not there: the order says so. */
async function triedLine(ctx: TenantContext, line: OrderLine): Promise<TriedLine | null> {
  const where = { tenantId_code: { tenantId: ctx.tenantId, code: line.planCode } }
  const product = await ctx.db.product.findUnique({ where, select: { id: true } })
  const options = await optionsOf(ctx, line)
  return product && options ? { productId: product.id, options, quantity: line.quantity, units: line.units } : null
}
