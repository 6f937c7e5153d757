import { audit } from '#app/db/audit.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { commitReservations, giveRoomBack } from '#app/db/credit/credit-reservations.server.ts'
import { againOnDuplicate } from '#app/db/orders/orders.server.ts'
import { readPaymentSettings } from '#app/db/payments/payment-settings.server.ts'
import { money } from '#app/domain/money/money.ts'
import { type Err, err, type Ok, ok, type Result } from '#app/domain/shared/result.ts'
import { chargeDueFees } from '../credit/charge-due-fees.server.ts'
import { noteDocumentTax } from '../credit/document-tax.server.ts'
import { type NoRoom, reserveCredit } from '../credit/reserve-credit.server.ts'
import { isBlocked } from '../holds/effect-of.server.ts'
import { paymentModeOf } from '../wallet/payment-mode.server.ts'
import type { ChainedOrder } from './order-upstream.server.ts'

/** `no-credit`, `not-paid` and `account-blocked` are the buyer's own; a refusal further up is none of the customer's: `not-available`. */
export type ReserveChainError = 'no-credit' | 'not-paid' | 'account-blocked' | 'not-available'

type Refused = NoRoom | Err<'account-blocked'>

/**
 * Holds credit for an order at every level, the customer first and each in a transaction of its own. Whoever refuses frees everything
 * that was held below. How much is missing is kept for the buyer of the edge that refused: on the order for a customer, in the audit
 * trail for a reseller. Safe to repeat.
 */
export async function reserveChain(chain: readonly ChainedOrder[]): Promise<Result<void, ReserveChainError>> {
  for (const [place, level] of chain.entries()) {
    const held = await againOnDuplicate(() => inTenant(level.tenantId, (ctx) => holdAt(ctx, level.orderId)))
    if (held.ok) continue
    await releaseChain(chain.slice(0, place))
    const below = chain[place - 1]
    await (below ? noteForStaff(below, held) : noteForBuyer(level, held))
    return err(below ? 'not-available' : ownRefusal(held))
  }
  return ok(undefined)
}

function ownRefusal({ error }: Refused): ReserveChainError {
  return error === 'no-room' ? 'no-credit' : error
}

/** Commits what is held for an order at every level. True when all of it still stood. Safe to repeat. */
export async function commitChain(chain: readonly ChainedOrder[]): Promise<boolean> {
  const committed: boolean[] = []
  for (const { tenantId, orderId } of chain) committed.push(await inTenant(tenantId, (ctx) => commitReservations(ctx, orderId)))
  return committed.every(Boolean)
}

/** Gives back what is reserved for an order at every level. Safe to repeat. */
export async function releaseChain(chain: readonly ChainedOrder[]): Promise<void> {
  for (const { tenantId, orderId } of chain) await inTenant(tenantId, (ctx) => giveRoomBack(ctx, orderId, 'release'))
}

async function holdAt(ctx: TenantContext, orderId: string): Promise<Ok<void> | Refused> {
  const order = await ctx.db.order.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: orderId } },
    select: { accountId: true, contractId: true, currency: true, totalMinor: true, childTenantId: true },
  })
  const { accountId, contractId, currency, totalMinor, childTenantId } = order
  if (await isBlocked(ctx, accountId)) return err('account-blocked')
  // An operating unit is the seller itself: there is no debt between the two.
  if (childTenantId && (await isOperatingUnit(ctx, accountId))) return ok(undefined)
  const { needsBalance, blockedBy } = await paymentModeOf(ctx, contractId)
  if (blockedBy) return err('account-blocked')
  await chargeDueFees(ctx, { contractIds: [contractId] })
  await noteDocumentTax(ctx, [contractId])
  const source = { kind: 'order', id: orderId } as const
  const { heldMinutes } = await readPaymentSettings(ctx)
  const heldUntil = new Date(ctx.now.getTime() + heldMinutes * 60_000)
  return reserveCredit(ctx, { contractId, accountId, source, amount: money(totalMinor, currency), heldUntil, usesLimit: !needsBalance })
}

async function isOperatingUnit(ctx: TenantContext, accountId: string): Promise<boolean> {
  const [terms] = await ctx.db.$queryRaw<{ isUnit: boolean }[]>`
    select (n.settings ->> 'isOperatingUnit')::boolean as "isUnit" from settlement_terms n join contracts c on c.tenant_id = n.tenant_id and c.id = n.contract_id
    join tenants t on t.tenant_id = n.tenant_id
    where n.tenant_id = ${ctx.tenantId}::uuid and c.account_id = ${accountId}::uuid and n.state = 'agreed'
      and n.valid_from <= (${ctx.now} at time zone t.time_zone)::date and (n.valid_to is null or n.valid_to > (${ctx.now} at time zone t.time_zone)::date)`
  return terms?.isUnit ?? false
}

async function noteForBuyer({ tenantId, orderId }: ChainedOrder, refused: Refused): Promise<void> {
  const missingMinor = refused.error === 'no-room' ? refused.missing.minor : null
  await inTenant(tenantId, ({ db }) => db.order.updateMany({ where: { tenantId, id: orderId }, data: { missingMinor } }))
}

async function noteForStaff({ tenantId, orderId }: ChainedOrder, refused: Refused): Promise<void> {
  const missing = refused.error === 'no-room' ? { missingMinor: refused.missing.minor.toString(), currency: refused.missing.currency } : {}
  const detail = { reason: ownRefusal(refused), ...missing }
  await inTenant(tenantId, (ctx) => audit(ctx, { action: 'order.refused', subjectKind: 'order', subjectId: orderId, detail }))
}
