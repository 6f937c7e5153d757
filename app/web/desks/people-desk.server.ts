import type { ProfileAudience } from '#app/domain/tenancy/security-profiles.ts'
import type { Manager } from '#app/services/access/manager.ts'
import { inTenant, type TenantContext } from '#app/wiring.server.ts'
import { customerOf } from '../request/as-customer.server.ts'
import { asStaff } from '../request/as-staff.server.ts'

/** Where people are looked after: who they are, the pages of their lists, and how a deed is done as the reader. */
export type PeopleDesk = {
  readonly audience: ProfileAudience
  readonly listPath: string
  readonly profilesPath: string
  /** Runs `work` in the office's scope. @throws 403 for a reader who does not look after people. */
  run<T>(work: (ctx: TenantContext, manager: Manager) => Promise<T>): Promise<T>
}

/** The people of the account a customer acts for: what is asked for is limited to the accounts of the membership in use. */
export function accountDesk(request: Request): PeopleDesk {
  return {
    audience: 'customer',
    listPath: '/panel/members',
    profilesPath: '/panel/members',
    async run(work) {
      const { session, membership, accountId, tenantId, actor } = await customerOf(request, 'member:write')
      const { isOwner, permissions, accountIds } = membership
      const manager = { userId: session.user.id, accountId, accountIds, rights: { isOwner, permissions } }
      return inTenant(tenantId, (ctx) => work(ctx, manager), { actor })
    },
  }
}

/** The seller's own people. */
export function houseDesk(request: Request): PeopleDesk {
  return {
    audience: 'staff',
    listPath: '/office/people',
    profilesPath: '/office/people/profiles',
    run: (work) =>
      asStaff(request, 'staff:write', (ctx, { session, membership: { isOwner, permissions } }) =>
        work(ctx, { userId: session.user.id, accountId: null, accountIds: null, rights: { isOwner, permissions } }),
      ),
  }
}
