import { data } from '@remix-run/node'
import { z } from 'zod'
import { addDays, startOfDay } from '#app/domain/time/local-date.ts'
import { addApiKey, revokeApiKey } from '#app/services/access/api-keys.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { customerOf } from '../request/as-customer.server.ts'
import { dayOf } from '../request/filters.ts'
import { line, uuid } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { refuse } from '../request/refuse.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import { permissionsIn, permissionTicks } from './member-deeds.server.ts'

const path = '/panel/api-keys'
const RevokeForm = z.object({ keyId: uuid })
const NewKey = z.object({
  name: line(80),
  networks: z.string().trim().max(1_000, 'too-long').optional(),
  expiresOn: z.iso.date('invalid').optional(),
  ...permissionTicks,
})

/** Ends a key, or makes one for the reader and answers with it: it is told this once. */
export async function apiKeyDeed(request: Request) {
  const { tenantId, accountId, actor, session, membership } = await customerOf(request, 'api-key:write')
  const revocation = await parseForm(request.clone(), RevokeForm)
  if (revocation.ok) {
    const revoked = await inTenant(tenantId, (ctx) => revokeApiKey(ctx, { keyId: revocation.value.keyId, accountId }), { actor })
    if (!revoked.ok) throw refuse(404, 'not-found')
    return redirectWithToast(request, path, 'saved')
  }
  const form = await parseForm(request, NewKey)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { name, networks = '', expiresOn } = form.value
  const typed = form.value as Readonly<Record<string, string | undefined>>
  const permissions = permissionsIn(typed)
  const expiresAt = await endOfDay(request, expiresOn)
  const holder = { accountId, userId: session.user.id, rights: { isOwner: membership.isOwner, permissions: membership.permissions } }
  const added = await inTenant(tenantId, (ctx) => addApiKey(ctx, { ...holder, name, networks, permissions, expiresAt }), { actor })
  if (added.ok) return { secret: added.value.secret, fields: {} }
  const values = Object.fromEntries(Object.entries(typed).filter((pair): pair is [string, string] => Boolean(pair[1])))
  const error: string = added.error
  const field = { 'invalid-network': 'networks', 'expires-in-past': 'expiresOn' }[error]
  if (field) return data({ fields: { [field]: error }, values }, { status: 422 })
  return data({ fields: {}, problem: error, values }, { status: 422 })
}

/** The end of a day in the seller's zone; null for none. */
async function endOfDay(request: Request, day: string | undefined): Promise<Date | null> {
  const date = dayOf(day ?? null)
  return date ? startOfDay(addDays(date, 1), (await tenantOf(request)).timeZone) : null
}
