import { err, type Result } from '#app/domain/shared/result.ts'
import { type AcceptChangeError, acceptChange } from '#app/services/subscriptions/accept-change.server.ts'
import { endTrial } from '#app/services/subscriptions/end-trial.server.ts'
import { proposeChange, type RequestChangeError, requestChange } from '#app/services/subscriptions/request-change.server.ts'
import { setRenewal } from '#app/services/subscriptions/set-renewal.server.ts'
import { undoChange } from '#app/services/subscriptions/undo-change.server.ts'
import type { TenantContext } from '#app/wiring.server.ts'
import { chosenChange, type DeedForm } from './subscription-form.ts'

export type DeedProblem = RequestChangeError | AcceptChangeError | 'change-already-made' | 'no-fixed-term' | 'no-trial' | 'invalid'

export type DeedInput = { readonly subscriptionId: string; readonly form: DeedForm; readonly chosenBy: 'buyer' | 'seller' }

/** Does what a form on a subscription's page asks for. */
export async function doSubscriptionDeed(
  ctx: TenantContext,
  { subscriptionId, form, chosenBy }: DeedInput,
): Promise<Result<unknown, DeedProblem>> {
  const { deed, changeId } = form
  if (deed === 'request' || deed === 'propose') return ask(ctx, { subscriptionId, form, chosenBy })
  if (deed === 'accept' || deed === 'undo') {
    if (!changeId) return err('invalid')
    return (deed === 'accept' ? acceptChange : undoChange)(ctx, { subscriptionId, changeId })
  }
  if (deed === 'trial-convert') return endTrial(ctx, { subscriptionId, outcome: 'convert' })
  if (deed === 'trial-stop') return endTrial(ctx, { subscriptionId, outcome: 'stop' })
  return setRenewal(ctx, { subscriptionId, renews: deed === 'renewal-on' })
}

/** The end of a term is the system's to say, and only the seller proposes. */
async function ask(ctx: TenantContext, { subscriptionId, form, chosenBy }: DeedInput): Promise<Result<unknown, DeedProblem>> {
  const chosen = chosenChange(form)
  const isProposal = form.deed === 'propose'
  if (!chosen || chosen.change.kind === 'end' || (isProposal && chosenBy === 'buyer')) return err('invalid')
  return (isProposal ? proposeChange : requestChange)(ctx, { subscriptionId, ...chosen, chosenBy })
}
