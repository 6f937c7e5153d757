import { v7 } from 'uuid'
import { hashPassword } from '#app/auth/password.server.ts'
import { signIn } from '#app/auth/sign-in.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { saveOneTimeToken, type TokenPurpose } from '#app/db/people/one-time-tokens.server.ts'
import { type RegisterCustomerInput, registerCustomer } from '#app/services/people/register-customer.server.ts'

export const password = 'ahornblatt im wind'
const hash = hashPassword(password)

/** Registers a private person with the usual password, as the sign-up page does. Returns the user's id. */
export async function register(
  tenantId: string,
  email: string,
  facts: Partial<RegisterCustomerInput> = {},
): Promise<{ userId: string; accountId: string }> {
  const passwordHash = await hash
  const person = { kind: 'personal', name: 'Lena Bauer', language: 'de', country: 'AT', addressLines: ['Gasse 1', '1010 Wien'] } as const
  const result = await inTenant(tenantId, (ctx) => registerCustomer(ctx, { ...person, email, passwordHash, ...facts }))
  if (!result.ok || !result.value.isNew) throw new Error('register: not a new customer')
  return result.value
}

/** Signs in from a fresh network address; answers the whole result. */
export function trySignIn(tenantId: string, host: string, email: string, attempt = password, userAgent = 'Firefox') {
  return signIn({ tenantId, host, email, password: attempt, address: v7(), userAgent })
}

/** Signs in and returns the session token. */
export async function tokenFor(tenantId: string, host: string, email: string, attempt = password): Promise<string> {
  const result = await trySignIn(tenantId, host, email, attempt)
  if (!result.ok) throw new Error(`tokenFor: ${result.error}`)
  if (result.value.kind !== 'signed-in') throw new Error('tokenFor: a second step waits')
  return result.value.token
}

/** What the job puts into a mail: a token that works once. */
export async function mailedToken(tenantId: string, userId: string, purpose: TokenPurpose): Promise<string> {
  const token = v7()
  await inTenant(tenantId, (ctx) => saveOneTimeToken(ctx, { userId, purpose, token }))
  return token
}
