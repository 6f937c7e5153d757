import { z } from 'zod'
import type { StatementSpan } from '#app/domain/statement/statement.ts'
import { addDays } from '#app/domain/time/local-date.ts'
import { openStatementMails } from '#app/services/statements/open-statement-mails.server.ts'
import type { TenantContext } from '#app/wiring.server.ts'
import { dayOf } from '../request/filters.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { orNotFound, refuse } from '../request/refuse.server.ts'

const day = z.string('required').refine((text) => dayOf(text) !== undefined, 'invalid')
const MailForm = z.object({ mailFrom: day, mailTo: day, mailCurrency: z.string('required').regex(/^[A-Z]{3}$/, 'invalid') })

type Mailing = {
  readonly accountId: string
  /** The page of the statement. */
  readonly path: string
  /** Runs with the rights of the seller's office. */
  readonly asOffice: <T>(work: (ctx: TenantContext) => Promise<T>) => Promise<T>
}

/** Mails the statement that a form asks for, and leads back to its page. @throws 400 for days that are none. */
export async function mailStatement(request: Request, { accountId, path, asOffice }: Mailing): Promise<Response> {
  const form = await parseForm(request, MailForm)
  if (!form.ok || form.value.mailFrom > form.value.mailTo) throw refuse(400, 'invalid')
  const { mailFrom: from, mailTo: to, mailCurrency: currency } = form.value
  const span: StatementSpan = { currency, start: from, end: addDays(to, 1) }
  const sent = await asOffice((ctx) => openStatementMails(ctx, { accountId, span, isAskedFor: true }))
  orNotFound(sent.ok ? sent.value : null)
  return redirectWithToast(request, `${path}?${new URLSearchParams({ from, to, currency })}`, 'statement.mailed')
}
