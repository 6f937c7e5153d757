import { data } from '@remix-run/node'
import { z } from 'zod'
import { customerPermissions, type Permission, staffPermissions } from '#app/domain/tenancy/permissions.ts'
import type { ProfileAudience } from '#app/domain/tenancy/security-profiles.ts'
import { changeMember, removeMember } from '#app/services/access/change-member.server.ts'
import { inviteAgain, inviteMember, withdrawInvitation } from '#app/services/access/invite-member.server.ts'
import { removeProfile, saveProfile } from '#app/services/access/keep-profile.server.ts'
import { permissionField } from '#app/ui/people/permission-field.ts'
import { email, line, uuid } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { languageOf } from '../request/preferences.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { refuse } from '../request/refuse.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import type { PeopleDesk } from './people-desk.server.ts'

type Typed = Readonly<Record<string, string | undefined>>
const project = 'project-'
const ticks = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, z.literal('on').optional()]))

/** All projects (null), or those that were ticked. */
function projectsIn(typed: Typed): string[] | null {
  if (typed.sees !== 'projects') return null
  return Object.keys(typed).flatMap((name) => (name.startsWith(project) && typed[name] === 'on' ? [name.slice(project.length)] : []))
}

const terms = (projectIds: readonly string[]) => ({
  profileId: uuid,
  sees: z.enum(['all', 'projects'], 'invalid').default('all'),
  ...ticks(projectIds.map((id) => project + id)),
})

const fieldOf: Readonly<Record<string, string>> = {
  'already-member': 'email',
  'already-invited': 'email',
  'project-not-found': 'sees',
  'owner-not-limited': 'sees',
  'profile-not-found': 'profileId',
  'not-allowed': 'profileId',
}

function refusedField(error: string, values: Readonly<Record<string, string>>) {
  const field = fieldOf[error]
  return field
    ? data({ fields: { [field]: error }, values }, { status: 422 })
    : data({ problem: error, fields: {}, values }, { status: 409 })
}

/** What the list of people is asked for: to invite, to mail an invitation again, or to take one back. */
export async function peopleDeed(request: Request, desk: PeopleDesk, projectIds: readonly string[] = []) {
  const copy = request.clone()
  const sent = await parseForm(copy, z.object({ deed: z.enum(['again', 'withdraw']).optional(), invitationId: uuid.optional() }))
  if (sent.ok && sent.value.deed && sent.value.invitationId) {
    const { deed, invitationId } = sent.value
    const done = await desk.run((ctx, manager) => (deed === 'again' ? inviteAgain : withdrawInvitation)(ctx, { manager, invitationId }))
    if (!done.ok) throw refuse(404, 'not-found')
    return redirectWithToast(request, desk.listPath, deed === 'again' ? 'member.invited' : 'saved')
  }
  return invite(request, desk, projectIds)
}

async function invite(request: Request, desk: PeopleDesk, projectIds: readonly string[]) {
  const place = desk.audience === 'staff' ? {} : { accountId: uuid }
  const form = await parseForm(request, z.object({ name: line(200), email, ...place, ...terms(projectIds) }))
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const typed = form.value as Typed & { name: string; email: string; accountId?: string; profileId: string }
  const language = await languageOf(request, await tenantOf(request))
  const { name, email: address, accountId = null, profileId } = typed
  const invited = await desk.run((ctx, manager) =>
    inviteMember(ctx, { manager, accountId, name, email: address, profileId, projectIds: projectsIn(typed), language }),
  )
  return invited.ok ? redirectWithToast(request, desk.listPath, 'member.invited') : refusedField(invited.error, asText(typed))
}

function asText(typed: Typed): Record<string, string> {
  return Object.fromEntries(Object.entries(typed).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}

/** Gives a member another profile or other projects, or takes the member out. */
export async function memberDeed(
  request: Request,
  { desk, membershipId, projectIds }: { desk: PeopleDesk; membershipId: string; projectIds: readonly string[] },
) {
  const wish = await parseForm(request.clone(), z.object({ deed: z.enum(['change', 'remove'], 'invalid') }))
  if (!wish.ok) throw refuse(400, 'invalid')
  if (wish.value.deed === 'remove') {
    const removed = await desk.run((ctx, manager) => removeMember(ctx, { manager, membershipId }))
    if (removed.ok) return redirectWithToast(request, desk.listPath, 'saved')
    if (removed.error === 'member-not-found') throw refuse(404, 'not-found')
    return data({ problem: removed.error as string, fields: {}, values: {} }, { status: 409 })
  }
  const form = await parseForm(request, z.object(terms(projectIds)))
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const typed = form.value as Typed & { profileId: string }
  const changed = await desk.run((ctx, manager) =>
    changeMember(ctx, { manager, membershipId, profileId: typed.profileId, projectIds: projectsIn(typed) }),
  )
  if (changed.ok) return redirectWithToast(request, desk.listPath, 'saved')
  if (changed.error === 'member-not-found') throw refuse(404, 'not-found')
  return refusedField(changed.error, asText(typed))
}

/** The fields of a form that ticks permissions. */
export const permissionTicks = ticks(customerPermissions.map(permissionField))
const staffTicks = ticks(staffPermissions.map(permissionField))
/** The permissions of an audience that were ticked. */
export function permissionsIn(typed: Typed, audience: ProfileAudience = 'customer'): string[] {
  const known: readonly Permission[] = audience === 'staff' ? staffPermissions : customerPermissions
  return known.filter((permission) => typed[permissionField(permission)] === 'on')
}

/** Keeps or removes a profile of the account or the house. */
export async function profileDeed(request: Request, { desk, profileId }: { desk: PeopleDesk; profileId: string | null }) {
  const wish = await parseForm(request.clone(), z.object({ deed: z.enum(['save', 'remove'], 'invalid') }))
  if (!wish.ok) throw refuse(400, 'invalid')
  if (wish.value.deed === 'remove' && profileId) {
    const removed = await desk.run((ctx, manager) => removeProfile(ctx, { manager, profileId }))
    if (removed.ok) return redirectWithToast(request, desk.profilesPath, 'saved')
    if (removed.error === 'profile-not-found') throw refuse(404, 'not-found')
    return data({ problem: removed.error as string, fields: {}, values: {} }, { status: 409 })
  }
  const form = await parseForm(request, z.object({ name: line(60), ...(desk.audience === 'staff' ? staffTicks : permissionTicks) }))
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const typed = form.value as Typed & { name: string }
  const saved = await desk.run((ctx, manager) =>
    saveProfile(ctx, { manager, profileId, name: typed.name, permissions: permissionsIn(typed, desk.audience) }),
  )
  if (saved.ok) return redirectWithToast(request, desk.profilesPath, 'saved')
  if (saved.error === 'profile-not-found') throw refuse(404, 'not-found')
  if (saved.error === 'name-taken') return data({ fields: { name: 'name-taken' }, values: asText(typed) }, { status: 422 })
  return data({ problem: saved.error as string, fields: {}, values: asText(typed) }, { status: 422 })
}
