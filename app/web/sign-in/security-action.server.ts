import { data, redirect } from '@remix-run/node'
import { z } from 'zod'
import { line, password, uuid } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import {
  changeOwnPassword,
  confirmOwnAuthenticator,
  dropOwnAuthenticator,
  endAllOwnSessions,
  endOtherOwnSessions,
  endOwnSession,
  removeOwnAuthenticator,
  removeOwnPasskey,
  renewOwnCodes,
  startOwnAuthenticator,
} from './own-sign-in.server.ts'
import { addOwnPasskey } from './passkey-questions.server.ts'

const deeds = [
  'change-password',
  'end-session',
  'end-others',
  'end-all',
  'start-app',
  'confirm-app',
  'drop-app',
  'remove-app',
  'renew-codes',
  'add-passkey',
  'remove-passkey',
] as const

const SecurityForm = z.object({
  deed: z.enum(deeds),
  sessionId: z.string().max(200).optional(),
  currentPassword: password.optional(),
  newPassword: password.optional(),
  keepsOthers: z.literal('on').optional(),
  appPassword: password.optional(),
  appCode: z.string().max(100, 'wrong-code').optional(),
  factorProof: password.optional(),
  passkeyId: uuid.optional(),
  passkeyName: line(60).optional(),
  passkeyAnswer: z.string().max(20_000, 'passkey-refused').optional(),
})
type SecurityForm = z.output<typeof SecurityForm>

/** What a person does to the own sign-in, the same in panel and office. */
export async function securityAction(request: Request, path: string) {
  const form = await parseForm(request, SecurityForm)
  if (!form.ok) return refusal(form.error)
  const done = (toast: string) => redirectWithToast(request, path, toast)
  const { deed } = form.value
  switch (deed) {
    case 'end-session':
      await endOwnSession(request, form.value.sessionId ?? '')
      return done('session.ended')
    case 'end-others':
      await endOtherOwnSessions(request)
      return done('session.othersEnded')
    case 'end-all':
      await endAllOwnSessions(request)
      return redirect('/sign-in')
    case 'change-password':
      return changePassword(request, form.value, path)
    case 'add-passkey':
    case 'remove-passkey':
      return passkeyDeed(request, form.value, path)
    default:
      return appDeed(request, { ...form.value, deed }, path)
  }
}

async function changePassword(request: Request, form: SecurityForm, path: string) {
  const { currentPassword = '', newPassword = '', keepsOthers } = form
  const result = await changeOwnPassword(request, { currentPassword, newPassword, keepsOthers: keepsOthers === 'on' })
  if (result.ok) return redirectWithToast(request, path, 'password.changed')
  const isAboutPresent = result.error === 'wrong-password' || result.error === 'too-many-attempts'
  return refusal({ [isAboutPresent ? 'currentPassword' : 'newPassword']: result.error })
}

type AppDeed = 'start-app' | 'confirm-app' | 'drop-app' | 'remove-app' | 'renew-codes'

async function appDeed(request: Request, form: SecurityForm & { deed: AppDeed }, path: string) {
  const { deed, appPassword = '', appCode = '', factorProof = '' } = form
  switch (deed) {
    case 'start-app': {
      const started = await startOwnAuthenticator(request, appPassword)
      return started.ok || started.error === 'has-second-factor' ? redirect(`${path}#app`) : refusal({ appPassword: started.error })
    }
    case 'drop-app':
      await dropOwnAuthenticator(request)
      return redirect(`${path}#app`)
    case 'confirm-app': {
      const confirmed = await confirmOwnAuthenticator(request, appCode)
      return confirmed.ok ? newCodes(confirmed.value) : refusal({ appCode: confirmed.error })
    }
    case 'renew-codes': {
      const renewed = await renewOwnCodes(request, factorProof)
      return renewed.ok ? newCodes(renewed.value) : refusal({ factorProof: renewed.error })
    }
    case 'remove-app': {
      const removed = await removeOwnAuthenticator(request, factorProof)
      return removed.ok ? redirectWithToast(request, path, 'factor.removed') : refusal({ factorProof: removed.error })
    }
  }
}

async function passkeyDeed(request: Request, form: SecurityForm, path: string) {
  const { deed, passkeyId, passkeyName = '', passkeyAnswer = '' } = form
  if (deed === 'remove-passkey') {
    if (passkeyId) await removeOwnPasskey(request, passkeyId)
    return redirectWithToast(request, path, 'passkey.removed')
  }
  if (passkeyName === '') return refusal({ passkeyName: 'required' })
  const added = await addOwnPasskey(request, { name: passkeyName, answer: passkeyAnswer })
  return added.ok ? redirectWithToast(request, path, 'passkey.added') : refusal({ passkeyName: added.error })
}

/** The recovery codes stand in this one answer and in no page, cache or log afterwards. */
function newCodes(codes: readonly string[]) {
  return data({ fields: {}, codes }, { headers: { 'Cache-Control': 'no-store' } })
}

function refusal(fields: Readonly<Record<string, string>>) {
  const status = Object.values(fields).includes('too-many-attempts') ? 429 : 422
  return data({ fields, codes: [] as readonly string[] }, { status })
}
