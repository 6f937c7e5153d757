import { data } from '@remix-run/node'
import { type DeedKind, parseDeed, shapeOf } from '#app/domain/cloud/deeds.ts'
import { answerRefusal, type DeedAnswer, doDeed, refusedForm } from '../desks/cloud-desk.server.ts'
import { line } from './form-fields.ts'
import { parseForm } from './parse-form.server.ts'
import { redirectWithToast } from './redirects.server.ts'

type SecretDeed = { readonly kind: DeedKind; readonly subjectId: string; readonly to: string }

/**
 * Does a deed whose fields are those of its form, and answers with the secret that the cloud is given with it: it is told this once, and
 * kept by no one between. A form that comes again goes on to `to` and learns nothing.
 */
export async function tellOnce(request: Request, { kind, subjectId, to }: SecretDeed) {
  const form = await parseForm(request, shapeOf(kind).extend({ formKey: line(60) }))
  if (!form.ok) return refusedForm(form.error, form.values)
  const { formKey, ...facts } = form.value
  const deed = parseDeed(kind, facts)
  const done = await doDeed(request, { deed, subjectId, formKey })
  const user = 'user' in deed ? deed.user : null
  if (!done.ok) return answerRefusal(done.error, user === null ? {} : { user })
  const { secret } = done.value
  if (secret === undefined) return redirectWithToast(request, to, 'cloud.asked')
  return data<DeedAnswer>({ told: { secret, user } }, { headers: { 'Cache-Control': 'no-store' } })
}
