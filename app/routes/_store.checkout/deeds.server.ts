import { data, redirect, redirectDocument } from '@remix-run/node'
import { systemActor } from '#app/domain/shared/actor.ts'
import { readOrderToPay } from '#app/reports/paying/order-to-pay.server.ts'
import type { AcceptOrderError } from '#app/services/orders/accept-piece.server.ts'
import { emptyCart } from '#app/services/orders/change-cart.server.ts'
import { guestOrderOf } from '#app/services/orders/guest-order.server.ts'
import { type PlaceGuestOrderError, placeGuestOrder } from '#app/services/orders/place-guest-order.server.ts'
import { orderOfForm, type PlaceOrderError, placeOrder } from '#app/services/orders/place-order.server.ts'
import { type Desk, deskOf, openPayment } from '#app/web/desks/pay-desk.server.ts'
import { keepTypedKeys } from '#app/web/desks/ssh-key-deeds.server.ts'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { orderRetry, signUpRetry } from '#app/web/server/velocity.server.ts'
import { cartHolderOf } from '#app/web/store/cart.server.ts'
import { addressHashOf, addressOf } from '#app/web/store/order-quote.server.ts'
import { guestTokenOf, keepGuestOrder } from '#app/web/store/order-reader.server.ts'
import { chosenCurrencyOf } from '#app/web/store/store-currency.server.ts'
import { termsVersionOf } from '#app/web/store/terms.server.ts'
import { answerTo, checked, choicesOf, judge, type Step } from './answer.server.ts'
import { codesOf, GuestForm, MemberForm } from './checkout-form.server.ts'
import type { Choice } from './choice.server.ts'

/** At which field a refusal is said; the others stand above the form. */
const fieldOf: Partial<Record<PlaceOrderError | PlaceGuestOrderError, { field: string; code: string }>> = {
  'vat-id-wrong': { field: 'vatId', code: 'vat-id' },
  'code-not-valid': { field: 'promoCode', code: 'code-not-valid' },
  'code-not-combinable': { field: 'promoCode', code: 'code-not-combinable' },
  'too-many-tries': { field: 'promoCode', code: 'too-many-tries' },
  'transfer-not-offered': { field: 'way', code: 'way' },
}

/** What of a choice the configurator has to say. */
const ofChoice: readonly AcceptOrderError[] = [
  'plan-not-found',
  'units-not-offered',
  'location-not-offered',
  'image-not-offered',
  'option-not-offered',
  'sold-out',
  'application-not-offered',
  'tier-count',
  'malformed-name',
  'malformed-ssh-key',
  'private-ssh-key',
  'ssh-key-kind',
  'weak-ssh-key',
  'ssh-key-gone',
]

/** Looks at the price again, with the codes that were typed. */
export async function lookAgain(request: Request, step: Step) {
  const answer = await answerTo(request, step)
  return data(answer, { status: answer.fields.promoCode ? 422 : 200 })
}

type Wish = { readonly way: string; readonly saves?: 'on' | undefined; readonly idempotencyKey: string }

/** Places a customer's order and goes on to its page, or to paying it. */
export async function commitAsMember(request: Request, step: Step) {
  const customer = await customerOf(request, 'order:write')
  const form = await parseForm(request.clone(), MemberForm)
  if (!form.ok) return data(await answerTo(request, step, { fields: form.error }), { status: 422 })
  const { tenantId, accountId, membership, actor } = customer
  const { idempotencyKey } = form.value
  const known = await orderOfForm({ tenantId, accountId, idempotencyKey })
  if (known) return redirect(`/order/${known}`)
  const judged = await judge(request, step, form.value)
  if (!judged.ok) return judged.answer
  const retryAt = await orderRetry(request, customer)
  if (retryAt) return data(await answerTo(request, step, { problem: 'too-many-orders', retryAt }), { status: 429 })

  const placed = await placeOrder({
    ...(await orderFacts(request, step, form.value)),
    tenantId,
    accountId,
    accountIds: membership.accountIds,
    actor,
    idempotencyKey,
  })
  if (!placed.ok) return refused(request, step, placed.error)
  await keepTypedKeys(request, typedKeys(await choicesOf(request)))
  await forgetCart(request)
  return goOn(await deskOf(request, actor), { ...placed.value, accountId, wish: form.value })
}

/** The keys of an order that its buyer wants to have again. */
function typedKeys(choices: readonly Choice[]): string[] {
  return choices.flatMap(({ keepsKey, sshKey }) => (keepsKey && sshKey ? sshKey : []))
}

/** Opens an account for a visitor, places the order with it, and goes on to its page, or to paying it. */
export async function commitAsGuest(request: Request, step: Step) {
  const form = await parseForm(request.clone(), GuestForm)
  if (!form.ok) return data(await answerTo(request, step, { fields: form.error }), { status: 422 })
  const { tenantId } = await tenantOf(request)
  const guestToken = await guestTokenOf(request, form.value.idempotencyKey)
  const cookie = { 'Set-Cookie': await keepGuestOrder(request, guestToken) }
  const known = await guestOrderOf(tenantId, guestToken)
  if (known) return redirect(`/order/${known.id}`, { headers: cookie })
  const judged = await judge(request, step, form.value)
  if (!judged.ok) return judged.answer
  const retryAt = await signUpRetry(request, form.value.proof)
  if (retryAt) return data(await answerTo(request, step, { problem: 'too-many-sign-ups', retryAt }), { status: 429 })

  const placed = await placeGuestOrder({
    ...(await orderFacts(request, step, form.value)),
    tenantId,
    guestToken,
    idempotencyKey: form.value.idempotencyKey,
    customer: await customerIn(request, form.value),
  })
  if (!placed.ok) return refused(request, step, placed.error)
  await forgetCart(request)
  return goOn(await deskOf(request, systemActor('guest order')), { ...placed.value, wish: form.value, headers: cookie })
}

async function customerIn(request: Request, form: GuestForm) {
  const { kind, name, companyName, email, country, vatId, street, postalCode, city } = form
  const language = await languageOf(request, await tenantOf(request))
  const addressLines = [street, `${postalCode} ${city}`]
  return { kind, name, companyName, email, country, vatId, addressLines, language, currency: await chosenCurrencyOf(request) }
}

type Agreed = { readonly way: string; readonly waiver?: 'on' | undefined; readonly shownTotal: string }

async function orderFacts(request: Request, { form }: Step, { way, waiver, shownTotal }: Agreed) {
  const { tenantId } = await tenantOf(request)
  const termsVersion = await termsVersionOf(request)
  const [first = { planCode: '' }, ...further] = (await choicesOf(request)).map(({ quantity, units, keepsKey: _keeps, ...line }) => ({
    ...line,
    quantity: quantity ?? 0,
    units: units === null ? 0 : units,
  }))
  return {
    ...first,
    further,
    agreedMinor: BigInt(shownTotal),
    promoCodes: codesOf(form),
    addressHash: addressHashOf(request, tenantId),
    address: addressOf(request),
    paysNow: way !== 'later',
    byTransfer: way === 'transfer',
    consent: termsVersion ? { termsVersion, waivesWithdrawal: waiver === 'on' } : undefined,
  }
}

/** What was ordered out of the cart is in it no more. */
async function forgetCart(request: Request): Promise<void> {
  if (!new URL(request.url).searchParams.has('cart')) return
  await emptyCart((await cartHolderOf(request)).holder)
}

async function refused(request: Request, step: Step, error: PlaceOrderError | PlaceGuestOrderError) {
  if ((ofChoice as readonly string[]).includes(error)) return redirect(checked(request))
  const at = fieldOf[error]
  // What was refused just now is not tried once more: it would count twice.
  const codes = at?.field === 'promoCode' ? [] : codesOf(step.form)
  const refusal = at ? { fields: { [at.field]: at.code } } : { problem: error }
  return data(await answerTo(request, step, { codes, ...refusal }), { status: at ? 422 : 409 })
}

type Placed = {
  readonly orderId: string
  readonly accountId: string
  readonly wish: Wish
  readonly headers?: Record<string, string>
}

/** To the order, or to paying it where that was chosen; an order that could not be paid is kept, and its page offers to pay. */
async function goOn(desk: Desk, { orderId, accountId, wish, headers = {} }: Placed) {
  const page = `/order/${orderId}`
  if (wish.way === 'later' || wish.way === 'transfer') return redirect(page, { headers })
  const order = await desk.process.inTenant((ctx) => readOrderToPay(ctx, orderId))
  const [first, ...others] = (order?.targets ?? []).map((target) => ({ kind: 'order' as const, ...target }))
  if (!first) return redirect(page, { headers })
  const opened = await openPayment(
    desk,
    { way: wish.way, saves: wish.saves, key: wish.idempotencyKey },
    {
      accountId,
      purpose: 'order',
      targets: [first, ...others],
      returnPath: `${page}?attempt=:attemptId`,
    },
  )
  return redirectDocument(opened.ok ? opened.value : `${page}/pay`, { headers })
}
