import { parseWithZod } from '@conform-to/zod/v4'
import type { z } from 'zod'
import { isFormTokenValid } from './form-token.server.ts'
import { refuse } from './refuse.server.ts'
import { tenantOf } from './tenant-of.server.ts'

/** The first thing wrong with each field, by its code; `field.<code>` in the common texts says it in words. */
export type FieldErrors = Readonly<Record<string, string>>

export type ParsedForm<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: FieldErrors; readonly values: Readonly<Record<string, string>> }

const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data']

/**
 * The fields of a submitted form as `schema` reads them: an allow-list, everything else in the body is dropped.
 * A refused form returns what was typed, passwords excepted, so that nothing is asked twice without scripts.
 * @throws 415 for a body that is no form, 403 for one that did not come from our page.
 */
export async function parseForm<Schema extends z.ZodObject>(request: Request, schema: Schema): Promise<ParsedForm<z.output<Schema>>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!formTypes.includes(type)) throw refuse(415, 'unsupported-media-type')

  const body = await request.formData()
  const tenant = await tenantOf(request)
  if (!(await isFormTokenValid(request, tenant.tenantId, body.get('formToken')))) throw refuse(403, 'form-expired')

  const submission = parseWithZod(onlyKnown(body, schema), { schema })
  if (submission.status === 'success') return { ok: true, value: submission.value }
  return { ok: false, error: firstErrors(submission.error ?? {}), values: typedText(submission.payload) }
}

/** Fields the schema names, each once: a doubled field is nobody's choice. */
function onlyKnown(body: FormData, schema: z.ZodObject): FormData {
  const known = new FormData()
  for (const name of Object.keys(schema.shape)) {
    const value = body.get(name)
    if (value !== null) known.set(name, value)
  }
  return known
}

function firstErrors(errors: Readonly<Record<string, string[] | null>>): FieldErrors {
  return Object.fromEntries(Object.entries(errors).flatMap(([name, messages]) => (messages?.[0] ? [[name, codeOf(messages[0])]] : [])))
}

/** Schemas give codes as messages; a message of the library's own is a sentence in one language and says no more than this. */
function codeOf(message: string): string {
  return /^[a-z]+(-[a-z]+)*$/.test(message) ? message : 'invalid'
}

function typedText(payload: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(payload).filter(([name, value]) => typeof value === 'string' && !/password|token/i.test(name))
  return Object.fromEntries(entries) as Record<string, string>
}
