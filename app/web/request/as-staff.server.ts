import { redirect } from '@remix-run/node'
import { can, type Permission } from '#app/auth/permissions.ts'
import type { Membership, Session } from '#app/auth/session-for.server.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import type { HostTenant } from '#app/services/tenancy/tenant-for-host.server.ts'
import { inTenant, type TenantContext } from '#app/wiring.server.ts'
import { signInPath } from './as-customer.server.ts'
import { refuse } from './refuse.server.ts'
import { actorOf, sessionOf } from './session.server.ts'
import { tenantOf } from './tenant-of.server.ts'

/** What work of staff is given: one transaction in the office scope. */
export type StaffContext = TenantContext

/** Who acts in the office, and with which rights. */
export type Staff = {
  readonly session: Session
  readonly membership: Membership
  readonly actor: Actor
  readonly tenant: HostTenant
  can(permission: Permission): boolean
}

/** Runs `work` with the tenant's rows. @throws a redirect to sign-in for a visitor, 403 without `permission` (any member of staff when undefined). */
export async function asStaff<T>(
  request: Request,
  permission: Permission | undefined,
  work: (ctx: TenantContext, staff: Staff) => Promise<T>,
): Promise<T> {
  const staff = await staffOf(request, permission)
  return inTenant(staff.tenant.tenantId, (ctx) => work(ctx, staff), { actor: staff.actor })
}

/**
 * The member of staff behind a request. @throws a redirect to sign-in for a visitor, to the own sign-in for who must have a second factor
 * and has shown none, 403 without `permission`.
 */
export async function staffOf(request: Request, permission?: Permission): Promise<Staff> {
  const tenant = await tenantOf(request)
  const session = await sessionOf(request)
  if (!session) throw redirect(signInPath(request))

  const membership = session.memberships.find(({ accountId }) => accountId === null)
  if (!membership) throw refuse(403, 'not-staff')
  if (session.mustSecure && !isOwnSecurity(request)) throw redirect(securityPath)
  if (permission && !can(membership, permission)) throw refuse(403, 'no-permission')
  return { session, membership, actor: actorOf(session, membership.id), tenant, can: (wanted) => can(membership, wanted) }
}

const securityPath = '/office/security'

function isOwnSecurity(request: Request): boolean {
  return new URL(request.url).pathname.replace(/\.data$/, '') === securityPath
}
