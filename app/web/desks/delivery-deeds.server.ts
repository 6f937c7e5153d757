import { data } from '@remix-run/node'
import { z } from 'zod'
import { deliveryManners, type RecipientDocument } from '#app/domain/delivery/recipients.ts'
import { supportedLanguages } from '#app/i18n/languages.ts'
import { confirmAddress } from '#app/services/delivery/confirm-address.server.ts'
import { keepPreference, keepRecipient, removeRecipient } from '#app/services/delivery/keep-recipients.server.ts'
import type { TenantContext } from '#app/wiring.server.ts'
import { email, line, uuid } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'

const tick = z.literal('on').optional()
const DeliveryForm = z.object({
  deed: z.enum(['recipient', 'remove', 'preference', 'confirm']),
  name: line(120).optional(),
  email: email.optional(),
  language: z.enum(supportedLanguages, 'not-offered').optional(),
  forInvoices: tick,
  forCreditNotes: tick,
  forStatements: tick,
  recipientId: uuid.optional(),
  address: email.optional(),
  manner: z.enum(deliveryManners, 'not-offered').optional(),
  hasXml: tick,
  byProject: tick,
})
type DeliveryForm = z.output<typeof DeliveryForm>

export type DeliveryDeed = {
  readonly accountId: string
  /** The page to come back to. */
  readonly path: string
  /** Runs the work with the rights of who asks. */
  run<T>(work: (ctx: TenantContext) => Promise<T>): Promise<T>
}

/** Does what one of the forms of a delivery page asks for: for the customer in the panel, for staff in the office. */
export async function doDeliveryDeed(request: Request, { accountId, path, run }: DeliveryDeed) {
  const form = await parseForm(request, DeliveryForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { deed, recipientId, address, manner, hasXml, byProject } = form.value
  if (deed === 'recipient') {
    const refusal = await addRecipient(form.value, { accountId, path, run })
    if (refusal) return data(refusal, { status: 422 })
  }
  if (deed === 'remove' && recipientId) await run((ctx) => removeRecipient(ctx, { accountId, recipientId }))
  if (deed === 'confirm' && address) await run((ctx) => confirmAddress(ctx, { accountId, address }))
  const ticked = { hasXml: hasXml === 'on', byProject: byProject === 'on' }
  if (deed === 'preference' && manner) await run((ctx) => keepPreference(ctx, { accountId, manner, ...ticked }))
  return redirectWithToast(request, path, 'saved')
}

async function addRecipient(form: DeliveryForm, { accountId, run }: DeliveryDeed) {
  const { name, email: address, language = null } = form
  const missing = { ...(name ? {} : { name: 'required' }), ...(address ? {} : { email: 'required' }) }
  const { deed: _, ...typed } = form
  const values = Object.fromEntries(Object.entries(typed).map(([field, value]) => [field, String(value)]))
  if (!name || !address) return { fields: missing, values }
  const kept = await run((ctx) => keepRecipient(ctx, { accountId, name, email: address, language, documents: documentsIn(form) }))
  return kept.ok ? null : { fields: {}, values, problem: kept.error }
}

function documentsIn({ forInvoices, forCreditNotes, forStatements }: DeliveryForm): RecipientDocument[] {
  return [
    ...(forInvoices ? (['invoice'] as const) : []),
    ...(forCreditNotes ? (['credit-note'] as const) : []),
    ...(forStatements ? (['statement'] as const) : []),
  ]
}
