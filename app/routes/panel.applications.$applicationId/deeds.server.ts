import { data } from '@remix-run/node'
import { z } from 'zod'
import type { Result } from '#app/domain/shared/result.ts'
import { type ActOnApplicationError, actOnApplication, removePiece } from '#app/services/apps/act-on-application.server.ts'
import { type UpdateTierError, updateTier } from '#app/services/apps/update-tier.server.ts'
import { cloudWith } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { oneOf } from '#app/web/request/filters.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { type FieldErrors, parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

const deeds = ['start', 'stop', 'destroy', 'remove-server', 'update'] as const
type Deed = (typeof deeds)[number]

const DeedForm = z.object({
  serverId: uuid.optional(),
  tier: z.string().max(24).default(''),
  removeName: z.string().max(100).default(''),
  formKey: line(60).default('none'),
})
type DeedForm = z.infer<typeof DeedForm>

export type ApplicationAnswer = { readonly problem: string } | { readonly fields: FieldErrors }

/** Does what the form's address names to the application, or says why not. */
export async function doApplicationDeed(request: Request, applicationId: string) {
  const deed = orNotFound(oneOf(deeds, new URL(request.url).searchParams.get('deed')))
  if (deed === 'update') await cloudWith(request, 'rebuild')
  const typed = await request.clone().formData()
  const form = await parseForm(request, DeedForm)
  if (!form.ok) return data<ApplicationAnswer>({ fields: form.error }, { status: 422 })
  const updateName = String(typed.get(`updateName-${form.value.tier}`) ?? '')
  const done = await perform(request, { deed, applicationId, form: form.value, updateName })
  if (done.ok) return redirectWithToast(request, `/panel/applications/${applicationId}`, 'cloud.asked')
  if (done.error === 'application-not-found') orNotFound(null)
  if (done.error !== 'name-not-confirmed') return data<ApplicationAnswer>({ problem: done.error }, { status: 409 })
  const field = deed === 'update' ? `updateName-${form.value.tier}` : 'removeName'
  return data<ApplicationAnswer>({ fields: { [field]: 'name-differs' } }, { status: 422 })
}

type Doing = { readonly deed: Deed; readonly applicationId: string; readonly form: DeedForm; readonly updateName: string }

type Refused = ActOnApplicationError | UpdateTierError | 'too-few-left'

function perform(request: Request, { deed, applicationId, form, updateName }: Doing): Promise<Result<null, Refused>> {
  const { serverId = '', tier, formKey, removeName } = form
  return asCustomer<Result<null, Refused>>(request, 'server:write', (ctx, { session }) => {
    const by = { applicationId, userName: session.user.name }
    if (deed === 'remove-server') return removePiece(ctx, { ...by, serverId })
    if (deed === 'update') return updateTier(ctx, { ...by, tier, key: formKey, confirmedName: updateName })
    return actOnApplication(ctx, { ...by, action: deed, confirmedName: removeName })
  })
}
