import { audit } from '#app/db/audit.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { insertChange, openChanges } from '#app/db/subscriptions/subscription-changes.server.ts'
import { type EndedTerm, lockEndedTerms, renewTerm } from '#app/db/subscriptions/subscription-terms.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { nextTermEnd } from '#app/domain/subscription/fixed-term.ts'
import { letItApply } from './request-change.server.ts'

const actor = systemActor('renewals')
const pageSize = 200

export type RenewedTerms = { readonly renewed: number; readonly ended: number; readonly isDone: boolean }

/**
 * Whatever term of the tenant is over begins again, or ends for good where renewal was switched off: exactly at the end of the
 * term, however late the job is. One that is far behind is renewed term by term. Safe to repeat.
 */
export function renewSubscriptions(tenantId: string): Promise<RenewedTerms> {
  const work = async (ctx: TenantContext): Promise<RenewedTerms> => {
    const terms = await lockEndedTerms(ctx, pageSize)
    let ended = 0
    for (const term of terms) {
      if (term.renews) await renew(ctx, term)
      else if (await end(ctx, term)) ended += 1
    }
    const renewed = terms.filter(({ renews }) => renews).length
    return { renewed, ended, isDone: renewed === 0 }
  }
  return inTenant(tenantId, work, { actor })
}

async function renew(ctx: TenantContext, term: EndedTerm): Promise<void> {
  const until = nextTermEnd(term)
  await renewTerm(ctx, term, until)
  await audit(ctx, {
    action: 'subscription.renewed',
    subjectKind: 'subscription',
    subjectId: term.id,
    detail: { from: term.end.toISOString(), until: until.toISOString() },
  })
}

/** Ends go the way of every change, so that the levels above end what they feed. */
async function end(ctx: TenantContext, term: EndedTerm): Promise<boolean> {
  const open = await openChanges(ctx, term.id)
  if (open.some(({ change }) => change.kind === 'end' || change.kind === 'cancel')) return false
  const changeId = await insertChange(ctx, {
    subscriptionId: term.id,
    accountId: term.accountId,
    change: { kind: 'end' },
    effectiveAt: term.end,
    preview: {},
    state: 'scheduled',
  })
  await letItApply(ctx, changeId)
  return true
}
