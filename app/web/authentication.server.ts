import { blankSessionCookie, sessionCookie, tokenOf } from '#app/auth/cookie.server.ts'
import { hashPassword } from '#app/auth/password.server.ts'
import { passwordProblem } from '#app/auth/password-rules.ts'
import { type SignInError, signIn } from '#app/auth/sign-in.server.ts'
import { signOut } from '#app/auth/sign-out.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type RegisterCustomerError, registerCustomer } from '#app/services/people/register-customer.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { languageOf } from './preferences.server.ts'
import { chosenCurrencyOf } from './store-currency.server.ts'
import { tenantOf } from './tenant-of.server.ts'

/** Signs a person in at the store the request is for; the value is the cookie to set. */
export async function signInHere(request: Request, credentials: { email: string; password: string }): Promise<Result<string, SignInError>> {
  const { tenantId, host } = await tenantOf(request)
  const result = await signIn({
    ...credentials,
    tenantId,
    host,
    address: clientAddressOf(request),
    userAgent: request.headers.get('user-agent'),
  })
  return result.ok ? ok(sessionCookie(request, result.value.token)) : result
}

/** Ends the session the request carries; the value is the cookie that makes the browser forget it. */
export async function signOutHere(request: Request): Promise<string> {
  const { tenantId } = await tenantOf(request)
  const token = tokenOf(request)
  if (token) await signOut({ tenantId, token })
  return blankSessionCookie(request)
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
  const registration = { ...input, vatId: input.vatId ?? null, passwordHash, language, currency, ...(companyName ? { companyName } : {}) }
  const result = await inTenant(tenant.tenantId, (ctx) => registerCustomer(ctx, registration))
  return result.ok ? ok(null) : result
}

/** The network address of the browser, as our own server vouches for it. */
function clientAddressOf(request: Request): string {
  return request.headers.get('x-client-address') ?? ''
}
