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

  const typed = typedText(body, Object.keys(schema.shape))
  const parsed = schema.safeParse(typed)
  if (parsed.success) return { ok: true, value: parsed.data }
  return { ok: false, error: firstErrors(parsed.error.issues), values: withoutSecrets(typed) }
}

/** The named fields as text, each once. An empty one counts as absent: a form sends every field it has. */
function typedText(body: FormData, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = body.get(name)
      return typeof value === 'string' && value !== '' ? [[name, value]] : []
    }),
  )
}

function firstErrors(issues: readonly z.core.$ZodIssue[]): FieldErrors {
  const errors: Record<string, string> = {}
  for (const { path, message } of issues) errors[String(path[0] ?? 'form')] ??= codeOf(message)
  return errors
}

/** Schemas give codes as messages; a message of the library's own is a sentence in one language and says no more than this. */
function codeOf(message: string): string {
  return /^[a-z]+(-[a-z]+)*$/.test(message) ? message : 'invalid'
}

function withoutSecrets(typed: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !/password|token|secret/i.test(name)))
}
