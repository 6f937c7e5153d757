import type { Money } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import type { ChangeChoices, ChangeEntry, ProductChoice, SubscriptionDetail, SubscriptionPart } from '../subscriptions/shape.ts'
import type { ApiSubscription } from './subscriptions.server.ts'
import { amount } from './views.ts'

const iso = (at: Date | null) => at?.toISOString() ?? null

/** A subscription as a list shows it. */
export function subscriptionView({
  id,
  accountId,
  name,
  product,
  quantity,
  state,
  startedAt,
  endedAt,
  endsAt,
  renews,
  trialEndsAt,
}: ApiSubscription) {
  return {
    id: toPublicId('subscription', id),
    account_id: toPublicId('account', accountId),
    name,
    product,
    quantity,
    state,
    renews,
    started_at: startedAt.toISOString(),
    ended_at: iso(endedAt),
    ends_at: iso(endsAt),
    trial_ends_at: iso(trialEndsAt),
  }
}

/** A subscription as its buyer sees it: why a level above refused, and which book has the prices, is left out. */
export function subscriptionDetailView({ detail, choices }: { readonly detail: SubscriptionDetail; readonly choices: ChangeChoices }) {
  return {
    ...subscriptionView(detail),
    paused_at: iso(detail.pausedAt),
    next_period_at: iso(detail.nextPeriodAt),
    recurring: amount(detail.recurring),
    server_ids: detail.servers.map(({ id }) => toPublicId('resource', id)),
    parts: detail.parts.map(partView),
    changes: detail.changes.map(changeView),
    may_change_to: choices.plans.map(choiceView),
    may_add: choices.addOns.map(choiceView),
  }
}

function partView({ productId, product, role, quantity, startsAt, endsAt }: SubscriptionPart) {
  return { product_id: toPublicId('product', productId), product, role, quantity, starts_at: startsAt.toISOString(), ends_at: iso(endsAt) }
}

function changeView({ id, kind, state, product, quantity, effectiveAt, appliedAt, total }: ChangeEntry) {
  return {
    id: toPublicId('operation', id),
    change: kind,
    state,
    quantity,
    product: kind === 'prices' ? null : product,
    effective_at: effectiveAt.toISOString(),
    applied_at: iso(appliedAt),
    total: total && amount(total),
  }
}

const choiceView = ({ productId, name, price }: ProductChoice) => ({
  product_id: toPublicId('product', productId),
  name,
  price: price && amount(price),
})

type PreviewFacts = Record<'net' | 'tax' | 'total' | 'nextBefore' | 'nextAfter', Money> & {
  readonly effectiveAt: Date
  readonly lines: readonly {
    readonly feeKind: string
    readonly product: string
    readonly start: Date
    readonly end: Date
    readonly amount: Money
  }[]
}

/** What a change would cost or bring back. */
export function previewView({ effectiveAt, lines, net, tax, total, nextBefore, nextAfter }: PreviewFacts) {
  return {
    effective_at: effectiveAt.toISOString(),
    lines: lines.map((line) => ({
      kind: line.feeKind,
      product: line.product,
      period_start: line.start.toISOString(),
      period_end: line.end.toISOString(),
      net: amount(line.amount),
    })),
    net: amount(net),
    tax: amount(tax),
    total: amount(total),
    next_before: amount(nextBefore),
    next_after: amount(nextAfter),
  }
}
