import { randomUUID } from 'node:crypto'
import { data } from '@remix-run/node'
import { isApplicationName } from '#app/domain/apps/composition.ts'
import type { PlaceGuestOrderError } from '#app/services/orders/place-guest-order.server.ts'
import type { PlaceOrderError } from '#app/services/orders/place-order.server.ts'
import type { FieldErrors } from '#app/web/request/parse-form.server.ts'
import { signUpTask } from '#app/web/server/velocity.server.ts'
import { cartOfRequest } from '#app/web/store/cart.server.ts'
import { type ApplicationChoice, applicationIn, isTierField, moreServers } from './application.server.ts'
import { codesOf, type StepForm } from './checkout-form.server.ts'
import { type Choice, choiceIn, choiceOfLine, publicOf, searchOfLine } from './choice.server.ts'
import { type Estimate, estimateOf, leftOf, type Stated } from './estimate.server.ts'

/** What the page gets back: the price of what is chosen, what was typed, and what is wrong. */
export type CheckoutAnswer = {
  /** Of this answer, so that the page knows a new one. */
  readonly id: string
  readonly estimate: Estimate | null
  readonly fields: FieldErrors
  readonly values: Readonly<Record<string, string | undefined>>
  readonly problem?: PlaceOrderError | PlaceGuestOrderError | 'amount-changed' | 'too-many-orders' | 'too-many-sign-ups' | undefined
  /** When to try again what was too much within an hour. */
  readonly retryAt?: Date | undefined
  /** What the browser has to work on before it may type more codes. */
  readonly codeTask?: string | undefined
}

/** The form as it stands, and who it says to be from. */
export type Step = { readonly form: StepForm; readonly stated: Stated }

type Refusal = Partial<Pick<CheckoutAnswer, 'fields' | 'problem' | 'retryAt'>> & { readonly codes?: readonly string[] }

/** The form once more: the price with the codes that count, and everything that was typed. */
export async function answerTo(request: Request, { form, stated }: Step, refusal: Refusal = {}): Promise<CheckoutAnswer> {
  const { fields = {}, problem, retryAt, codes = codesOf(form) } = refusal
  const estimate = await estimateOf(request, { choices: await choicesOf(request), stated, codes })
  const { deed: _deed, drop: _drop, appliedCodes: _applied, codeProof: _proof, ...values } = form
  const wrong = { ...(estimate?.codeProblem ? { promoCode: estimate.codeProblem } : {}), ...fields }
  return {
    id: randomUUID(),
    estimate,
    fields: wrong,
    values: { ...values, promoCode: leftOf(codesOf(form), estimate?.applied ?? []) },
    problem: problem ?? (estimate ? undefined : 'no-price'),
    retryAt,
    codeTask: 'promoCode' in wrong && wrong.promoCode === 'too-many-tries' ? await signUpTask() : undefined,
  }
}

/** What is ordered: everything in the cart or an application, or one more server of one where the address says so, else what it says itself. */
export async function choicesOf(request: Request): Promise<readonly Choice[]> {
  const { searchParams } = new URL(request.url)
  const app = searchParams.get('app')
  if (app) return applicationChoices(await applicationIn(request, app, searchParams))
  const scaled = searchParams.get('scale')
  if (scaled) return moreServers(request, scaled)
  return searchParams.has('cart') ? cartChoices(request) : [choiceIn(searchParams)]
}

/** Every tier of an application; nothing of one that cannot be ordered as it was chosen. */
function applicationChoices(application: ApplicationChoice | null): readonly Choice[] {
  const isWhole = application?.problems.length === 0 && isApplicationName(application.name)
  return isWhole ? application.tiers.map(({ choice }) => choice) : []
}

/** Everything in the cart; nothing where one of it cannot be ordered any more, which the cart says. */
async function cartChoices(request: Request): Promise<readonly Choice[]> {
  const choices: Choice[] = []
  for (const line of await cartOfRequest(request)) {
    const own = line.app ? applicationChoices(await applicationIn(request, line.app.code, searchOfLine(line))) : [choiceOfLine(line)]
    if (own.length === 0) return []
    choices.push(...own)
  }
  return choices
}

type Agreed = { readonly way: string; readonly waiver?: 'on' | undefined; readonly shownTotal: string }

/** Whether what the form agrees to is what it costs now, in a way that is offered, with all that the law wants said. */
export async function judge(request: Request, step: Step, { way, waiver, shownTotal }: Agreed) {
  const answer = await answerTo(request, step)
  const { estimate } = answer
  const hasWay = way !== 'later' || estimate?.later?.hasRoom
  const fields = {
    ...answer.fields,
    ...(estimate?.needsWaiver && waiver !== 'on' ? { waiver: 'waiver' } : {}),
    ...(estimate?.vat === 'invalid' ? { vatId: 'vat-id' } : {}),
    ...(estimate && !hasWay ? { way: 'way' } : {}),
  }
  if (answer.problem || Object.keys(fields).length > 0)
    return { ok: false, answer: data({ ...answer, fields } satisfies CheckoutAnswer, { status: 422 }) } as const
  if (estimate && estimate.quote.firstTotal.minor !== BigInt(shownTotal))
    return { ok: false, answer: data({ ...answer, problem: 'amount-changed' } satisfies CheckoutAnswer, { status: 409 }) } as const
  return { ok: true } as const
}

/** What an address may say of a choice. */
const fields = [
  'plan',
  'location',
  'image',
  'name',
  'sshKey',
  'key',
  'keep',
  'option',
  'quantity',
  'service',
  'units',
  'note',
  'project',
  'network',
  'code',
  'cart',
  'app',
  'scale',
  'tier',
]

/** The choice of the request's address, and nothing else of it. */
export function choiceQuery(request: Request): URLSearchParams {
  return choiceAlone(new URL(request.url).searchParams)
}

/** What of an address or a form is a choice, without a private key that was typed. */
export function choiceAlone(search: URLSearchParams): URLSearchParams {
  const chosen = [...search].filter(([name]) => fields.includes(name) || isTierField(name)).slice(0, 60)
  return new URLSearchParams(chosen.map(([name, value]) => [name, name === 'sshKey' ? (publicOf(value) ?? '') : value]))
}

/** The page that says what is wrong with the same choice: the cart or the application where that is ordered, else the configurator. */
export function checked(request: Request): string {
  const query = choiceQuery(request)
  if (query.has('cart')) return '/cart?check=on'
  const scaled = query.get('scale')
  if (scaled) return `/panel/applications/${encodeURIComponent(scaled)}?check=on`
  query.set('check', 'on')
  const service = query.get('service')
  if (service) return `/services/${encodeURIComponent(service)}?${query}`
  const app = query.get('app')
  return app ? `/apps/${encodeURIComponent(app)}?${query}` : `/order?${query}`
}
