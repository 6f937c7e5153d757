import { giveBackAttempt, takeAttempt } from '#app/auth/attempt-limits.server.ts'
import { sessionCookie } from '#app/auth/cookie.server.ts'
import { signInByPasskey } from '#app/auth/passkeys.server.ts'
import { hashPassword } from '#app/auth/password.server.ts'
import { passwordProblem } from '#app/auth/password-rules.ts'
import { type TakeSecondStepError, takeSecondStep, waitingStep } from '#app/auth/second-step.server.ts'
import { type SignInError, signIn } from '#app/auth/sign-in.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type RegisterCustomerError, registerCustomer } from '#app/services/people/register-customer.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { addressHashOf, addressOf } from '../store/order-quote.server.ts'
import { chosenCurrencyOf } from '../store/store-currency.server.ts'
import { passkeyCookie, readCookie, stepCookie } from './cookies.server.ts'
import { languageOf } from './preferences.server.ts'
import { tenantOf } from './tenant-of.server.ts'

/** What became of a sign-in: the cookies to set, and whether it waits for a second step. */
export type SignedIn = { readonly isDone: boolean; readonly headers: Headers }

/** Signs a person in at the store the request is for, or opens the second step for who has one. */
export async function signInHere(
  request: Request,
  credentials: { email: string; password: string },
): Promise<Result<SignedIn, SignInError>> {
  const { tenantId, host } = await tenantOf(request)
  const result = await signIn({ ...credentials, tenantId, host, address: clientAddressOf(request), userAgent: userAgentOf(request) })
  if (!result.ok) return result
  const { value } = result
  if (value.kind === 'signed-in') return ok({ isDone: true, headers: cookies(sessionCookie(request, value.token)) })
  return ok({ isDone: false, headers: cookies(await stepCookie(request).serialize(value.step)) })
}

/** Whether a sign-in of this browser waits for its second step, and whether a code can answer it. */
export async function secondStepHere(request: Request): Promise<{ takesCodes: boolean } | null> {
  const { tenantId, host } = await tenantOf(request)
  const step = await readCookie(stepCookie(request), request)
  return step ? waitingStep({ tenantId, host, step }) : null
}

/** Ends the sign-in of this browser by a code of the app or a recovery code. */
export async function takeSecondStepHere(request: Request, code: string): Promise<Result<Headers, TakeSecondStepError>> {
  const { tenantId, host } = await tenantOf(request)
  const step = await readCookie(stepCookie(request), request)
  if (!step) return err('step-over')
  const result = await takeSecondStep({ tenantId, host, step, code, userAgent: userAgentOf(request) })
  if (!result.ok) return result
  return ok(cookies(sessionCookie(request, result.value.token), await forgotten(stepCookie(request))))
}

/** Signs a person in by the answer of a passkey to the question this browser was asked. */
export async function signInByPasskeyHere(
  request: Request,
  answer: string,
): Promise<Result<Headers, 'passkey-refused' | 'too-many-attempts'>> {
  const { tenantId, host } = await tenantOf(request)
  if (!takeAttempt('address', `${tenantId} ${clientAddressOf(request)}`)) return err('too-many-attempts')
  const token = await readCookie(passkeyCookie(request), request)
  const result = token
    ? await signInByPasskey({
        tenantId,
        host,
        token,
        answer,
        step: await readCookie(stepCookie(request), request),
        userAgent: userAgentOf(request),
      })
    : err('passkey-refused' as const)
  if (!result.ok) return result
  giveBackAttempt('address', `${tenantId} ${clientAddressOf(request)}`)
  const session = sessionCookie(request, result.value.token)
  return ok(cookies(session, await forgotten(stepCookie(request)), await forgotten(passkeyCookie(request))))
}

export type Registration = {
  readonly kind: 'personal' | 'business'
  readonly name: string
  readonly companyName?: string | undefined
  readonly email: string
  readonly password: string
  readonly country: string
  readonly addressLines: readonly string[]
  readonly vatId?: string | undefined
}
export type RegistrationError = RegisterCustomerError | 'password-too-short' | 'password-too-long' | 'password-too-common'

/** Opens an account for a visitor. The answer is the same for an address the store knows already. */
export async function registerHere(
  request: Request,
  { password, companyName, ...input }: Registration,
): Promise<Result<null, RegistrationError>> {
  const problem = passwordProblem(password, input.email)
  if (problem) return err(problem)
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const passwordHash = await hashPassword(password)
  const currency = await chosenCurrencyOf(request)
  const origin = { addressHash: addressHashOf(request, tenant.tenantId), address: addressOf(request) }
  const facts = { ...input, vatId: input.vatId ?? null, passwordHash, language, currency, origin }
  const registration = { ...facts, ...(companyName ? { companyName } : {}) }
  const result = await inTenant(tenant.tenantId, (ctx) => registerCustomer(ctx, registration))
  return result.ok ? ok(null) : result
}

function cookies(...values: readonly string[]): Headers {
  return new Headers(values.map((value): [string, string] => ['Set-Cookie', value]))
}

function forgotten(cookie: ReturnType<typeof stepCookie>): Promise<string> {
  return cookie.serialize('', { maxAge: 0 })
}

function userAgentOf(request: Request): string | null {
  return request.headers.get('user-agent')
}

/** The network address of the browser, as our own server vouches for it. */
export function clientAddressOf(request: Request): string {
  return request.headers.get('x-client-address') ?? ''
}
