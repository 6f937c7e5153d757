import { data, redirect } from '@remix-run/node'
import { z } from 'zod'
import { password } from './form-fields.ts'
import { changeOwnPassword, endAllOwnSessions, endOwnSession } from './own-sign-in.server.ts'
import { parseForm } from './parse-form.server.ts'
import { redirectWithToast } from './redirects.server.ts'

const SecurityForm = z.object({
  deed: z.enum(['change-password', 'end-session', 'end-all']),
  sessionId: z.string().max(200).optional(),
  currentPassword: password.optional(),
  newPassword: password.optional(),
})

/** What a person does to the own sign-in, the same in panel and office: change the password, end one sign-in, end all. */
export async function securityAction(request: Request, path: string) {
  const form = await parseForm(request, SecurityForm)
  if (!form.ok) return data({ fields: form.error }, { status: 422 })

  const { deed, sessionId = '', currentPassword = '', newPassword = '' } = form.value
  if (deed === 'end-session') {
    await endOwnSession(request, sessionId)
    return redirectWithToast(request, path, 'session.ended')
  }
  if (deed === 'end-all') {
    await endAllOwnSessions(request)
    return redirect('/sign-in')
  }
  const result = await changeOwnPassword(request, { currentPassword, newPassword })
  if (result.ok) return redirectWithToast(request, path, 'password.changed')
  const isAboutPresent = result.error === 'wrong-password' || result.error === 'too-many-attempts'
  return data(
    { fields: { [isAboutPresent ? 'currentPassword' : 'newPassword']: result.error } },
    { status: result.error === 'too-many-attempts' ? 429 : 422 },
  )
}
