import { z } from 'zod'
import { takeAttempt } from '#app/auth/attempt-limits.server.ts'
import { addPasskey, challengeForPasskey, challengeForSignIn } from '#app/auth/passkeys.server.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import { brandOf } from '../branding/brand.server.ts'
import { passkeyCookie, readCookie } from '../request/cookies.server.ts'
import { password } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import { self } from './own-sign-in.server.ts'

const QuestionForm = z.object({ about: z.enum(['sign-in', 'new']), passkeyPassword: password.optional() })

/** Answers a page's script with what to ask the browser's passkeys; the cookie says which question it was. Changes nothing else. */
export async function passkeyQuestion(request: Request): Promise<Response> {
  const form = await parseForm(request, QuestionForm)
  if (!form.ok) return Response.json({ problem: 'passkey-refused' }, { status: 400 })
  if (form.value.about === 'new') return questionForNew(request, form.value.passkeyPassword ?? '')

  const { tenantId, host } = await tenantOf(request)
  const address = request.headers.get('x-client-address') ?? ''
  if (!takeAttempt('address', `${tenantId} ${address} passkey`)) return Response.json({ problem: 'too-many-attempts' }, { status: 429 })
  const { token, options } = await challengeForSignIn({ tenantId, host })
  return question(request, token, options)
}

async function questionForNew(request: Request, typed: string): Promise<Response> {
  const { tenant, person } = await self(request)
  const sellerName = brandOf(tenant).pack.name
  const result = await challengeForPasskey({ ...person, host: tenant.host, sellerName, password: typed })
  if (!result.ok) return Response.json({ problem: result.error }, { status: result.error === 'too-many-attempts' ? 429 : 422 })
  const { token, options } = result.value
  return question(request, token, options)
}

async function question(request: Request, token: string, options: object): Promise<Response> {
  const headers = { 'Set-Cookie': await passkeyCookie(request).serialize(token), 'Cache-Control': 'no-store' }
  return Response.json({ options }, { headers })
}

/** Keeps the passkey a browser made for the question it was asked. */
export async function addOwnPasskey(request: Request, made: { name: string; answer: string }): Promise<Result<null, 'passkey-refused'>> {
  const { tenant, person } = await self(request)
  const token = await readCookie(passkeyCookie(request), request)
  return token ? addPasskey({ ...person, host: tenant.host, token, ...made }) : err('passkey-refused')
}
