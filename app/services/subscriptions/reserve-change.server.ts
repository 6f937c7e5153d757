import { audit } from '#app/db/audit.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { giveRoomBack } from '#app/db/credit/credit-reservations.server.ts'
import { againOnDuplicate } from '#app/db/orders/orders.server.ts'
import { lockSubscription } from '#app/db/subscriptions/changed-subscriptions.server.ts'
import { type BelowChange, readChange } from '#app/db/subscriptions/subscription-changes.server.ts'
import { type Err, err, type Ok, ok, type Result } from '#app/domain/shared/result.ts'
import { noteDocumentTax } from '../credit/document-tax.server.ts'
import { type NoRoom, reserveCredit } from '../credit/reserve-credit.server.ts'
import { isBlocked } from '../holds/effect-of.server.ts'
import { paymentModeOf } from '../wallet/payment-mode.server.ts'
import { changedItemsOf } from './change-facts.server.ts'
import { previewPlanned } from './preview-change.server.ts'

export type ReserveChangeError = 'no-credit' | 'account-blocked' | 'not-available'
type Refused = NoRoom | Err<'account-blocked'>

/**
 * Reserves what a change costs more until the next fee is charged, at every level, the customer first; what costs nothing more passes.
 * Whoever refuses frees everything below. What is missing stands in the audit trail of the buyer's seller. Safe to repeat.
 */
export async function reserveChange(chain: readonly BelowChange[]): Promise<Result<void, ReserveChangeError>> {
  for (const [place, level] of chain.entries()) {
    const held = await againOnDuplicate(() => inTenant(level.tenantId, (ctx) => reserveAt(ctx, level.changeId)))
    if (held.ok) continue
    await releaseChange(chain.slice(0, place))
    const error = held.error === 'no-room' ? 'no-credit' : held.error
    await noteShortage(chain[place - 1] ?? level, held, error)
    return err(place === 0 ? error : 'not-available')
  }
  return ok(undefined)
}

/** Gives back what is reserved for a change at every level. Safe to repeat. */
export async function releaseChange(chain: readonly BelowChange[]): Promise<void> {
  for (const { tenantId, changeId } of chain) await inTenant(tenantId, (ctx) => giveRoomBack(ctx, changeId, 'release'))
}

async function reserveAt(ctx: TenantContext, changeId: string): Promise<Ok<void> | Refused> {
  const row = await readChange(ctx, changeId)
  const subscription = row && (await lockSubscription(ctx, row.subscriptionId))
  if (!row || !subscription) return ok(undefined)
  const { change, effectiveAt } = row
  const changed = await changedItemsOf(ctx, subscription, { change, at: effectiveAt })
  // What cannot be changed is refused where it would be changed.
  const preview = changed.ok ? await previewPlanned(ctx, { subscription, change, changed: changed.value, effectiveAt }) : changed
  if (!preview.ok || preview.value.total.minor <= 0n) return ok(undefined)

  const { accountId, contractId, id: subscriptionId } = subscription
  if (await isBlocked(ctx, accountId)) return err('account-blocked')
  const { needsBalance } = await paymentModeOf(ctx, contractId)
  await noteDocumentTax(ctx, [contractId])
  const source = { kind: 'change', id: changeId } as const
  const amount = preview.value.total
  return reserveCredit(ctx, { contractId, accountId, source, subscriptionId, amount, heldUntil: null, usesLimit: !needsBalance })
}

async function noteShortage({ tenantId, changeId }: BelowChange, refused: Refused, reason: string): Promise<void> {
  const missing = refused.error === 'no-room' ? { missingMinor: refused.missing.minor.toString(), currency: refused.missing.currency } : {}
  await inTenant(tenantId, async (ctx) => {
    const subscriptionId = (await readChange(ctx, changeId))?.subscriptionId ?? changeId
    const detail = { changeId, reason, ...missing }
    await audit(ctx, { action: 'subscription.change-without-credit', subjectKind: 'subscription', subjectId: subscriptionId, detail })
  })
}
