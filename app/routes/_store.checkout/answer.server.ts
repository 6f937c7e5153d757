import { randomUUID } from 'node:crypto'
import { data } from '@remix-run/node'
import type { PlaceGuestOrderError } from '#app/services/orders/place-guest-order.server.ts'
import type { PlaceOrderError } from '#app/services/orders/place-order.server.ts'
import type { FieldErrors } from '#app/web/parse-form.server.ts'
import { codesOf, type StepForm } from './checkout-form.server.ts'
import { type Choice, choiceIn } from './choice.server.ts'
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
}

/** The form as it stands, and who it says to be from. */
export type Step = { readonly form: StepForm; readonly stated: Stated }

type Refusal = Partial<Pick<CheckoutAnswer, 'fields' | 'problem' | 'retryAt'>> & { readonly codes?: readonly string[] }

/** The form once more: the price with the codes that count, and everything that was typed. */
export async function answerTo(request: Request, { form, stated }: Step, refusal: Refusal = {}): Promise<CheckoutAnswer> {
  const { fields = {}, problem, retryAt, codes = codesOf(form) } = refusal
  const estimate = await estimateOf(request, { choice: choiceOf(request), stated, codes })
  const { deed: _deed, drop: _drop, appliedCodes: _applied, ...values } = form
  return {
    id: randomUUID(),
    estimate,
    fields: { ...(estimate?.codeProblem ? { promoCode: estimate.codeProblem } : {}), ...fields },
    values: { ...values, promoCode: leftOf(codesOf(form), estimate?.applied ?? []) },
    problem: problem ?? (estimate ? undefined : 'no-price'),
    retryAt,
  }
}

export function choiceOf(request: Request): Choice {
  return choiceIn(new URL(request.url).searchParams)
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
const fields = ['plan', 'location', 'image', 'name', 'sshKey', 'option', 'code']

/** The choice of the request's address, and nothing else of it. */
export function choiceQuery(request: Request): URLSearchParams {
  return new URLSearchParams([...new URL(request.url).searchParams].filter(([name]) => fields.includes(name)).slice(0, 60))
}

/** The query of the configurator that says what is wrong with the same choice. */
export function checked(request: Request): string {
  const query = choiceQuery(request)
  query.set('check', 'on')
  return `?${query}`
}
