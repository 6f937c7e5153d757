import { redirect } from '@remix-run/node'
import { can, type Permission } from '#app/auth/permissions.ts'
import type { Membership, Session } from '#app/auth/session-for.server.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { inPanel, type TenantContext } from '#app/wiring.server.ts'
import { accountCookie, readCookie } from './cookies.server.ts'
import { refuse } from './refuse.server.ts'
import { actorOf, sessionOf } from './session.server.ts'
import { tenantOf } from './tenant-of.server.ts'

/** Who acts in the panel: a person, through a membership, for an account and its departments. */
export type Customer = {
  readonly session: Session
  readonly membership: Membership
  readonly memberships: readonly Membership[]
  readonly actor: Actor
  readonly tenantId: string
  readonly accountId: string
  can(permission: Permission): boolean
}

/**
 * Runs `work` with the rows of the reader's account only. @throws a redirect to sign-in for a visitor, 403 without an account or
 * without `permission` (any member when undefined).
 */
export async function asCustomer<T>(
  request: Request,
  permission: Permission | undefined,
  work: (ctx: TenantContext, customer: Customer) => Promise<T>,
): Promise<T> {
  const customer = await customerOf(request, permission)
  const { tenantId, membership, actor } = customer
  return inPanel(tenantId, membership.accountIds, (ctx) => work(ctx, customer), { actor, projectIds: membership.projectIds })
}

/** The customer behind a request. @throws a redirect to sign-in for a visitor, 403 without an account or without `permission`. */
export async function customerOf(request: Request, permission?: Permission): Promise<Customer> {
  const tenant = await tenantOf(request)
  const session = await sessionOf(request)
  if (!session) throw redirect(signInPath(request))

  const memberships = session.memberships.filter((membership) => membership.accountId !== null)
  const chosen = await readCookie(accountCookie(request), request)
  const membership = memberships.find(({ id }) => id === chosen) ?? memberships[0]
  if (!membership?.accountId) throw refuse(403, 'no-account')
  if (permission && !can(membership, permission)) throw refuse(403, 'no-permission')
  return {
    session,
    membership,
    memberships,
    actor: actorOf(session, membership.id),
    tenantId: tenant.tenantId,
    accountId: membership.accountId,
    can: (wanted) => can(membership, wanted),
  }
}

/** Sign-in, and back to where the reader was going; a refused deed is not repeated by itself. */
export function signInPath(request: Request): string {
  const { pathname, search } = new URL(request.url)
  const target = request.method === 'GET' ? pathname.replace(/\.data$/, '') + search : pathname
  return `/sign-in?returnTo=${encodeURIComponent(target)}`
}
