import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import {
  countAround,
  insertScreening,
  readScreenedOrder,
  type ScreenedOrder,
  standingVerdict,
} from '#app/db/orders/order-screenings.server.ts'
import { listsWith } from '#app/db/people/fraud-lists.server.ts'
import { readFraudSettings } from '#app/db/people/fraud-settings.server.ts'
import { standingOfSignUp } from '#app/db/people/risk-screenings.server.ts'
import { listKeysOf } from '#app/domain/fraud/list-entry.ts'
import { type OrderFacts, type ScreeningVerdict, screen } from '#app/domain/fraud/screen.ts'
import { type FraudSettings, largeOrderFrom } from '#app/domain/fraud/settings.ts'
import { vatCountryOf } from '#app/domain/fraud/vat-country.ts'
import { invariant } from '#app/domain/shared/invariant.ts'

/**
 * Judges an order before anything is built for it: `pass`, `review` until a person decides (told by `order/reviewed`), or `refuse`. The
 * result and its reasons are kept: a repeat, and every call after a decision, returns what stands. Not screened are orders of the level
 * below, pieces of one that is, and, as the seller usually has it, those of an account of which one is paid and runs.
 */
export async function screenOrder(tenantId: string, orderId: string): Promise<ScreeningVerdict> {
  return inTenant(tenantId, async (ctx) => (await standingVerdict(ctx, orderId)) ?? (await judge(ctx, orderId)))
}

async function judge(ctx: TenantContext, orderId: string): Promise<ScreeningVerdict> {
  const order = await readScreenedOrder(ctx, orderId)
  invariant(order, `screenOrder: no order ${orderId}`)
  const settings = await readFraudSettings(ctx)
  if (order.isBuySide || order.isPiece) return 'pass'
  const signUp = await signUpState(ctx, order.accountId)
  if (signUp === null && settings.scope === 'first-orders' && order.isProven) return 'pass'

  const facts = await factsOf(ctx, { orderId, order, settings, signUp })
  const { accountId } = order
  const { netMinor, largeFromMinor, ...rest } = facts
  await insertScreening(ctx, {
    ...screen(facts, settings),
    orderId,
    accountId,
    facts: { ...rest, lists: [...rest.lists], netMinor: netMinor.toString(), largeFromMinor: largeFromMinor?.toString() ?? null },
  })
  const standing = await standingVerdict(ctx, orderId)
  invariant(standing, 'screenOrder: what was saved is gone')
  return standing
}

async function signUpState(ctx: TenantContext, accountId: string): Promise<OrderFacts['signUp']> {
  const standing = await standingOfSignUp(ctx, accountId)
  return standing === 'review' ? 'waiting' : standing === 'refuse' ? 'refused' : null
}

type Question = {
  readonly orderId: string
  readonly order: ScreenedOrder
  readonly settings: FraudSettings
  readonly signUp: OrderFacts['signUp']
}

async function factsOf(ctx: TenantContext, { orderId, order, settings, signUp }: Question): Promise<OrderFacts> {
  const { country, currency, netMinor, vatId, accountSince, placedAt, originLists, cards } = order
  const listed = await listsWith(ctx, listKeysOf({ ...order, cards: cards ?? [] }))
  return {
    ...(await countAround(ctx, orderId, order)),
    accountAgeHours: Math.floor((placedAt.getTime() - accountSince.getTime()) / 3_600_000),
    country,
    vatCountry: vatCountryOf(vatId),
    netMinor,
    largeFromMinor: order.isProven ? null : largeOrderFrom(settings, currency),
    lists: [...new Set([...listed, ...(originLists ?? [])])],
    signUp,
  }
}
