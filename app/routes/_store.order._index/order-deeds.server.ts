import { data, redirect } from '@remix-run/node'
import { normaliseCode } from '#app/domain/promo/promo-code.ts'
import { toOrderQuote } from '#app/reports/order-quote/query.server.ts'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import { type PlaceOrderError, placeOrder } from '#app/services/orders/place-order.server.ts'
import { customerOf } from '#app/web/as-customer.server.ts'
import { addressHashOf, quoteForReader } from '#app/web/order-quote.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'
import { orderRetry } from '#app/web/velocity.server.ts'
import { addressOf, codesOf, OrderForm, type StepForm } from './order-form.server.ts'

/** What the page gets back: the price of what is chosen, the codes it counts, and what is wrong. */
export type OrderAnswer = {
  readonly quote?: OrderQuote | undefined
  readonly applied: readonly string[]
  readonly fields: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, string | undefined>>
  readonly problem?: PlaceOrderError | 'email-unconfirmed' | 'too-many-orders' | undefined
  /** When to try again what was too much within an hour. */
  readonly retryAt?: Date | undefined
}

/** A form as it stands, and the options ticked in it. */
export type Step = { readonly form: StepForm; readonly options: readonly string[] }

/** At which field a refusal is said; the others stand above the form. */
const fieldOf: Partial<Record<PlaceOrderError, { field: string; code: string }>> = {
  'plan-not-found': { field: 'plan', code: 'not-offered' },
  'location-not-offered': { field: 'location', code: 'not-offered' },
  'image-not-offered': { field: 'image', code: 'not-offered' },
  'option-not-offered': { field: 'options', code: 'not-offered' },
  'malformed-name': { field: 'name', code: 'server-name' },
  'malformed-ssh-key': { field: 'sshKey', code: 'ssh-key' },
  'code-not-valid': { field: 'promoCode', code: 'code-not-valid' },
  'code-not-combinable': { field: 'promoCode', code: 'code-not-combinable' },
  'too-many-tries': { field: 'promoCode', code: 'too-many-tries' },
}

/** Back to the form with its choice in the address, or on to signing in with the way back; codes go along unjudged. */
export function leadOn({ form, options }: Step, isSignedIn: boolean) {
  const here = addressOf(form, options, codesOf(form).join(' '))
  const looks = form.deed === 'quote' || form.deed === 'apply' || form.drop !== undefined
  if (isSignedIn || looks) return redirect(here)
  return redirect(`/${form.deed === 'sign-in' ? 'sign-in' : 'sign-up'}?returnTo=${encodeURIComponent(here)}`)
}

/** Judges the codes of the form: the new price, or the reason of refusal at the field. */
export async function applyCodes(request: Request, step: Step) {
  await customerOf(request, 'order:write')
  const answer = await answerTo(request, step, { codes: codesOf(step.form) })
  return data(answer, { status: answer.fields.promoCode ? 422 : 200 })
}

type Refusal = Partial<Pick<OrderAnswer, 'fields' | 'problem'>> & { readonly codes: readonly string[] }

/** The price of what is chosen with `codes`; those that are not counted stand in the field again. */
async function answerTo(request: Request, { form, options }: Step, { codes, fields = {}, problem }: Refusal): Promise<OrderAnswer> {
  const language = await languageOf(request, await tenantOf(request))
  const tried = await quoteForReader(request, { planCode: form.plan, optionCodes: options, promoCodes: codes })
  const applied = tried?.acceptedCodes ?? []
  const { deed: _deed, drop: _drop, appliedCodes: _applied, ...values } = form
  const left = codesOf(form).filter((code) => !applied.includes(normaliseCode(code) ?? ''))
  return {
    quote: tried && toOrderQuote(tried.price, language),
    applied,
    fields: { ...(tried?.problem ? { promoCode: tried.problem } : {}), ...fields },
    values: { ...values, promoCode: left.join(' ') },
    problem: problem ?? (tried ? undefined : 'no-price'),
  }
}

/** Places the order, or says what is wrong beside the price it would have. */
export async function commit(request: Request, step: Step) {
  const customer = await customerOf(request, 'order:write')
  const codes = codesOf(step.form)
  const form = await parseForm(request.clone(), OrderForm)
  if (!form.ok) return data(await answerTo(request, step, { codes, fields: form.error }), { status: 422 })
  if (!customer.session.user.isEmailConfirmed)
    return data(await answerTo(request, step, { codes, problem: 'email-unconfirmed' }), { status: 403 })

  const retryAt = await orderRetry(request, customer)
  if (retryAt) return data({ ...(await answerTo(request, step, { codes, problem: 'too-many-orders' })), retryAt }, { status: 429 })

  const { plan, location, image, name, sshKey, idempotencyKey } = form.value
  const result = await placeOrder({
    tenantId: customer.tenantId,
    accountIds: customer.membership.accountIds,
    accountId: customer.accountId,
    actor: customer.actor,
    planCode: plan,
    optionCodes: step.options,
    locationCode: location,
    imageCode: image,
    name,
    sshKey: sshKey || undefined,
    idempotencyKey,
    promoCodes: codes,
    addressHash: addressHashOf(request, customer.tenantId),
  })
  if (result.ok) return redirect(`/order/${result.value.orderId}`)

  const at = fieldOf[result.error]
  // What was refused just now is not tried once more: it would count twice.
  const still = at?.field === 'promoCode' ? [] : codes
  const refusal = at ? { fields: { [at.field]: at.code } } : { problem: result.error }
  return data(await answerTo(request, step, { codes: still, ...refusal }), { status: at ? 422 : 409 })
}
