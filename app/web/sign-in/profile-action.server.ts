import { data } from '@remix-run/node'
import { z } from 'zod'
import { timeZones } from '#app/domain/people/profile.ts'
import { type Language, supportedLanguages } from '#app/i18n/languages.ts'
import { changeProfile, ownProfile } from '#app/services/people/change-profile.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { keepOwnPicture, removeOwnPicture } from '../answers/person-pictures.server.ts'
import { brandOf } from '../branding/brand.server.ts'
import { languageCookie } from '../request/cookies.server.ts'
import { email, line, password } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { orNotFound } from '../request/refuse.server.ts'
import { actorOf } from '../request/session.server.ts'
import { requestOwnEmailChange, self } from './own-sign-in.server.ts'

const ProfileForm = z.object({
  deed: z.literal('save-profile'),
  name: line(120),
  phone: z.string().max(60, 'phone').default(''),
  language: z.enum(supportedLanguages, 'not-offered'),
  timeZone: z.string().max(60, 'time-zone').default(''),
})
const EmailForm = z.object({ newEmail: email, emailPassword: password })
const DeedForm = z.object({ deed: z.enum(['save-profile', 'remove-picture', 'change-email'], 'invalid') })

/** What the reader's profile shows. */
export type ProfileFacts = {
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly language: string
  readonly timeZone: string
  readonly pictureUrl: string | null
  readonly languages: readonly Language[]
  readonly sellerZone: string
  /** Those this server knows: browsers have other lists. */
  readonly timeZones: readonly string[]
}

/** The reader's own profile, with what can be chosen in it. */
export async function ownProfileFacts(request: Request): Promise<ProfileFacts> {
  const { tenant, person } = await self(request)
  const profile = orNotFound(await inTenant(person.tenantId, (ctx) => ownProfile(ctx, person.userId)))
  const { languages, zone } = brandOf(tenant).pack
  const { name, email: address, phone, language, timeZone, picture } = profile
  return {
    name,
    email: address,
    phone: phone ?? '',
    language,
    timeZone: timeZone ?? '',
    pictureUrl: picture && `/pictures/${picture}`,
    languages,
    sellerZone: zone,
    timeZones: timeZones(),
  }
}

/** What a person changes of the own profile, the same in panel and office. */
export async function profileAction(request: Request, path: string) {
  const [profileBody, emailBody, upload] = [request.clone(), request.clone(), request.clone()]
  const deed = await parseForm(request, DeedForm)
  if (!deed.ok) return refusal(deed.error, {})
  if (deed.value.deed === 'remove-picture') {
    await removeOwnPicture(request)
    return redirectWithToast(request, path, 'saved')
  }
  if (deed.value.deed === 'change-email') return changeEmail(emailBody, path)
  return saveProfile(profileBody, { upload, path })
}

async function saveProfile(request: Request, { upload, path }: { upload: Request; path: string }) {
  const form = await parseForm(request, ProfileForm)
  if (!form.ok) return refusal(form.error, form.values)
  const { session, person } = await self(request)
  const { deed: _deed, ...profile } = form.value
  const saved = await inTenant(person.tenantId, (ctx) => changeProfile(ctx, { userId: person.userId, ...profile }), {
    actor: actorOf(session),
  })
  if (!saved.ok) return refusal({ [fieldOf[saved.error]]: saved.error }, profile)
  const problem = await keepOwnPicture(request, (await upload.formData()).get('picture'))
  if (problem) return refusal({ picture: problem }, profile)
  const answer = await redirectWithToast(request, path, 'saved')
  // The pages follow the language at once, in this browser too.
  answer.headers.append('Set-Cookie', await languageCookie(request).serialize(profile.language))
  return answer
}

const fieldOf = { phone: 'phone', 'time-zone': 'timeZone', 'user-not-found': 'name' } as const

async function changeEmail(request: Request, path: string) {
  const form = await parseForm(request, EmailForm)
  if (!form.ok) return refusal(form.error, form.values)
  const { newEmail, emailPassword } = form.value
  const asked = await requestOwnEmailChange(request, { newEmail, password: emailPassword })
  if (!asked.ok) return refusal({ emailPassword: asked.error }, { newEmail })
  return redirectWithToast(request, `${path}#address`, 'address.asked')
}

function refusal(fields: Readonly<Record<string, string>>, values: Readonly<Record<string, string>>) {
  const status = Object.values(fields).includes('too-many-attempts') ? 429 : 422
  return data({ fields, values }, { status })
}
