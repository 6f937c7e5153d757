import { data } from '@remix-run/node'
import { z } from 'zod'
import { supportedLanguages } from '#app/i18n/languages.ts'
import { changeAccountData } from '#app/services/accounts/change-account-data.server.ts'
import type { TenantContext } from '#app/wiring.server.ts'
import { email, line } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { orNotFound } from '../request/refuse.server.ts'

const DataForm = z.object({
  name: line(200),
  email,
  address: z.string('required').trim().min(1, 'required').max(500, 'too-long'),
  country: z.string('required').regex(/^[A-Z]{2}$/, 'invalid'),
  vatId: z.string().trim().max(40, 'too-long').optional(),
  language: z.enum(supportedLanguages, 'invalid'),
})
const mostLines = 6

type Deed = { readonly accountId: string; readonly path: string; readonly run: <T>(work: (ctx: TenantContext) => Promise<T>) => Promise<T> }

/** Saves company and contact data from a form, for an account that the caller may write. */
export async function saveAccountData(request: Request, { accountId, path, run }: Deed) {
  const form = await parseForm(request, DataForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { address, vatId = null, ...facts } = form.value
  const addressLines = address
    .split(/\r?\n/)
    .map((part) => part.trim())
    .filter(Boolean)
  if (addressLines.length > mostLines) return data({ fields: { address: 'too-long' }, values: { ...facts, address } }, { status: 422 })
  const changed = await run((ctx) => changeAccountData(ctx, { accountId, ...facts, addressLines, vatId }))
  orNotFound(changed.ok || null)
  return redirectWithToast(request, path, 'saved')
}
