import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { againOnDuplicate, orderOfKey } from '#app/db/orders/orders.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import { findUserByEmail } from '#app/db/people/people.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { checkVatId } from '../accounts/check-vat-id.ts'
import { screenSignUp } from '../fraud/screen-sign-up.server.ts'
import { addMember } from '../people/add-member.server.ts'
import { type CustomerFacts, openCustomerAccount } from '../people/open-customer-account.server.ts'
import { giveGuestTryBack, takeGuestTry } from '../promotions/guest-tries.server.ts'
import { acceptOrder } from './accept-order.server.ts'
import type { AcceptOrderError } from './accept-piece.server.ts'
import { linesOf, type OrderChoice, textProblem } from './order-choice.ts'

export type PlaceGuestOrderInput = OrderChoice & {
  readonly tenantId: string
  readonly customer: CustomerFacts
  /** By which the buyer watches and pays the order until it can sign in; only its hash is kept. */
  readonly guestToken: string
  /** Made with the form: the same key again finds the first order. */
  readonly idempotencyKey: string
}

export type PlaceGuestOrderError = 'vat-id-wrong' | 'account-not-opened' | AcceptOrderError
export type GuestOrder = { readonly orderId: string; readonly accountId: string }

/**
 * Opens an account for a visitor and accepts its order, both or neither. The order is kept until the link is used that is mailed to the
 * address. An address that the store knows gets an account of its own, which becomes its holder's with the link: nothing that a visitor
 * sees tells whether it was known. Where the seller screens the sign-up, the order waits with it. Safe to repeat.
 */
export async function placeGuestOrder(input: PlaceGuestOrderInput): Promise<Result<GuestOrder, PlaceGuestOrderError>> {
  const [malformed] = linesOf(input).flatMap((line) => textProblem(line) ?? [])
  if (malformed) return err(malformed)
  const { kind, country, vatId } = input.customer
  if (kind === 'business' && checkVatId(country, vatId).status === 'invalid') return err('vat-id-wrong')
  if (!(await takeGuestTry(input))) return err('too-many-tries')
  const placed = await againOnDuplicate(() => inTenant(input.tenantId, (ctx) => openAndAccept(ctx, input)))
  if (placed.ok || placed.error !== 'code-not-valid') await giveGuestTryBack(input)
  return placed
}

async function openAndAccept(ctx: TenantContext, input: PlaceGuestOrderInput): Promise<Result<GuestOrder, PlaceGuestOrderError>> {
  const key = `guest:${input.idempotencyKey}`
  const known = await orderOfKey(ctx, key)
  if (known) return ok({ orderId: known.id, accountId: known.accountId })

  const account = await openCustomerAccount(ctx, input.customer)
  if (!account.ok) return err('account-not-opened')
  const { accountId } = account.value
  const placedBy = await buyerOf(ctx, { accountId, customer: input.customer })
  if (!placedBy) return err('account-not-opened')
  const { addressHash, address } = input
  await screenSignUp(ctx, { accountId, origin: addressHash ? { addressHash, address } : null })
  const placer = { placedBy, isConfirmed: false, guestTokenHash: hashOfToken(input.guestToken) }
  const order = await acceptOrder(ctx, { ...input, accountId, key }, placer)
  return order.ok ? ok({ ...order.value, accountId }) : order
}

type Buyer = { readonly accountId: string; readonly customer: CustomerFacts }

/** The person whose confirmation the order waits for, and who is mailed the link; null when the account takes no owner. */
async function buyerOf(ctx: TenantContext, { accountId, customer: { email, name, language } }: Buyer): Promise<string | null> {
  const known = await findUserByEmail(ctx, email)
  if (known) {
    if (!known.disabledAt) await enqueue(ctx, { name: 'user/registered', data: { tenantId: ctx.tenantId, userId: known.id } })
    return known.id
  }
  const member = await addMember(ctx, { email, name, language, accountId, profile: 'customer-owner' })
  return member.ok ? member.value.userId : null
}
