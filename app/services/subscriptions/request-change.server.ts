import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { insertChange, openChanges } from '#app/db/subscriptions/subscription-changes.server.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { SubscriptionChange } from '#app/domain/subscription/subscription-change.ts'
import { type ChangeInput, type PlanChangeError, planChange } from './plan-change.server.ts'
import { previewPlanned, type TaxedPreview } from './preview-change.server.ts'

export type RequestChangeError = PlanChangeError | 'change-pending' | 'no-tax-rate'
export type RequestedChange = { readonly changeId: string; readonly effectiveAt: Date; readonly isNew: boolean }

/**
 * Asks for a change of a subscription: a job makes it at its instant, at every level above too, or refuses it. A subscription has
 * one open change at a time; the same one asked for again is the first one.
 */
export function requestChange(ctx: TenantContext, input: ChangeInput): Promise<Result<RequestedChange, RequestChangeError>> {
  return noteChange(ctx, input, 'scheduled')
}

/** Puts a change before the customer, who accepts it in the panel or leaves it. */
export function proposeChange(ctx: TenantContext, input: ChangeInput): Promise<Result<RequestedChange, RequestChangeError>> {
  return noteChange(ctx, input, 'proposed')
}

async function noteChange(
  ctx: TenantContext,
  input: ChangeInput,
  state: 'scheduled' | 'proposed',
): Promise<Result<RequestedChange, RequestChangeError>> {
  const planned = await planChange(ctx, input)
  if (!planned.ok) return planned
  const open = await openChanges(ctx, input.subscriptionId)
  const same = open.find((change) => change.state === state && isSame(change.change, input.change))
  if (same) return ok({ changeId: same.id, effectiveAt: same.effectiveAt, isNew: false })
  if (open.some((change) => change.state === 'scheduled')) return err('change-pending')

  const preview = await previewPlanned(ctx, planned.value)
  if (!preview.ok) return preview
  const { subscription, change, effectiveAt } = planned.value
  const changeId = await insertChange(ctx, {
    subscriptionId: subscription.id,
    accountId: subscription.accountId,
    change,
    effectiveAt,
    preview: storedPreview(preview.value),
    state,
  })
  if (state === 'scheduled') await letItApply(ctx, changeId)
  await audit(ctx, {
    action: `subscription.${change.kind}-${state}`,
    subjectKind: 'subscription',
    subjectId: subscription.id,
    detail: { changeId, change, effectiveAt: effectiveAt.toISOString(), from: subscription.productId, author: actorName(ctx.actor) },
  })
  return ok({ changeId, effectiveAt, isNew: true })
}

/** Wakes the job once this transaction has committed; a change whose instant lies ahead is found by its clock. */
export async function letItApply(ctx: TenantContext, changeId: string): Promise<void> {
  await enqueue(ctx, {
    name: 'subscription/change.scheduled',
    data: { tenantId: ctx.tenantId, changeId },
    key: `subscription-change:${changeId}`,
  })
}

/** The preview as it is kept with the change: what the person saw who asked for it. */
export function storedPreview({ lines, net, tax, total, nextBefore, nextAfter }: TaxedPreview) {
  return {
    currency: net.currency,
    netMinor: net.minor.toString(),
    taxMinor: tax.minor.toString(),
    totalMinor: total.minor.toString(),
    nextBeforeMinor: nextBefore.minor.toString(),
    nextAfterMinor: nextAfter.minor.toString(),
    lines: lines.map(({ feeKind, productId, amount, chargePeriod }) => ({
      feeKind,
      productId,
      amountMinor: amount.minor.toString(),
      from: chargePeriod.start.toISOString(),
      to: chargePeriod.end.toISOString(),
    })),
  }
}

function isSame(a: SubscriptionChange, b: SubscriptionChange): boolean {
  const text = (change: SubscriptionChange) => JSON.stringify(Object.entries(change).sort(([x], [y]) => (x < y ? -1 : 1)))
  return text(a) === text(b)
}
