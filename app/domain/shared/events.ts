import { z } from 'zod'
import { securityChanges } from '../people/security-change.ts'
import { Uuid } from './ids.ts'

/** An amount on its way: whole minor units as text, since JSON has no large numbers. */
const MinorUnits = { amountMinor: z.string().regex(/^\d+$/), currency: z.string().length(3) }
const Allocated = z.strictObject({ tenantId: Uuid, allocationId: Uuid, paymentId: Uuid, invoiceId: Uuid, accountId: Uuid, ...MinorUnits })
const AttemptPurpose = z.enum(['invoices', 'order', 'top-up', 'method'])

/**
 * What happened, as ids only: the worker reads the rows again inside their tenant, so a forged or stale
 * event moves nothing. Every event names its tenant.
 */
export const events = {
  'usage/sync.requested': z.strictObject({ tenantId: Uuid, cloudConnectionId: Uuid, from: z.iso.datetime(), to: z.iso.datetime() }),
  'usage/received': z.strictObject({ tenantId: Uuid, batchId: Uuid }),
  'application/changed': z.strictObject({ tenantId: Uuid, applicationId: Uuid, cause: Uuid }),
  'meters/changed': z.strictObject({ tenantId: Uuid }),
  'usage/handed-down': z.strictObject({ tenantId: Uuid, batchId: Uuid }),
  'rerate/requested': z.strictObject({ tenantId: Uuid, runId: Uuid }),
  'rerate/approved': z.strictObject({ tenantId: Uuid, runId: Uuid }),
  'plan-migration/notified': z.strictObject({ tenantId: Uuid, migrationId: Uuid }),
  'plan-migration/scheduled': z.strictObject({ tenantId: Uuid, migrationId: Uuid }),
  'subscription/change.scheduled': z.strictObject({ tenantId: Uuid, changeId: Uuid }),
  'billing/run.requested': z.strictObject({
    tenantId: Uuid,
    billingRunId: Uuid,
    from: z.enum(['draft', 'retry-parked', 'finalise']),
  }),
  'invoice/finalised': z.strictObject({ tenantId: Uuid, invoiceId: Uuid }),
  'statement/mail.opened': z.strictObject({ tenantId: Uuid, statementMailId: Uuid }),
  'edge/changed': z.strictObject({ tenantId: Uuid, accountId: Uuid }),
  'payout/changed': z.strictObject({ tenantId: Uuid, payoutId: Uuid }),
  'invoice/voided': z.strictObject({ tenantId: Uuid, invoiceId: Uuid }),
  'invoice/settled': z.strictObject({ tenantId: Uuid, invoiceId: Uuid, accountId: Uuid }),
  'invoice/reopened': z.strictObject({ tenantId: Uuid, invoiceId: Uuid, accountId: Uuid }),
  'webhook/paused': z.strictObject({ tenantId: Uuid, endpointId: Uuid, pausedAt: z.iso.datetime() }),
  'webhook/opened': z.strictObject({ tenantId: Uuid, deliveryId: Uuid, round: z.number().int().min(1) }),
  'delivery/opened': z.strictObject({ tenantId: Uuid, deliveryId: Uuid }),
  'payment.received': z.strictObject({ tenantId: Uuid, paymentId: Uuid, accountId: Uuid }),
  'payment.allocated': Allocated,
  'payment.allocation-reversed': Allocated,
  'payment.refunded': z.strictObject({
    tenantId: Uuid,
    refundId: Uuid,
    paymentId: Uuid,
    accountId: Uuid,
    kind: z.enum(['refund', 'return']),
    ...MinorUnits,
  }),
  'payment-attempt/captured': z.strictObject({ tenantId: Uuid, attemptId: Uuid, accountId: Uuid, purpose: AttemptPurpose }),
  'payment-attempt/failed': z.strictObject({ tenantId: Uuid, attemptId: Uuid, accountId: Uuid, purpose: AttemptPurpose, code: z.string() }),
  'payment-method/changed': z.strictObject({
    tenantId: Uuid,
    paymentMethodId: Uuid,
    accountId: Uuid,
    change: z.enum(['renewed', 'withdrawn']),
  }),
  'gateway/event.stored': z.strictObject({ tenantId: Uuid, gatewayEventId: Uuid }),
  'payment/put-back': z.strictObject({ tenantId: Uuid, refundId: Uuid, paymentId: Uuid, accountId: Uuid, ...MinorUnits }),
  'gateway-refund/let-go': z.strictObject({ tenantId: Uuid, refundId: Uuid }),
  'dispute/changed': z.strictObject({ tenantId: Uuid, disputeId: Uuid }),
  'promo/codes.requested': z.strictObject({
    tenantId: Uuid,
    promotionId: Uuid,
    count: z.number().int().min(1).max(1_000_000),
    maxRedemptions: z.number().int().min(1).nullable(),
    requestedAt: z.iso.datetime(),
  }),
  'campaign/spent': z.strictObject({ tenantId: Uuid, campaignId: Uuid }),
  'export/requested': z.strictObject({ tenantId: Uuid, exportId: Uuid }),
  'export/mail.opened': z.strictObject({ tenantId: Uuid, exportId: Uuid, place: z.number().int().min(0) }),
  'export/failure-mail.opened': z.strictObject({ tenantId: Uuid, exportId: Uuid, place: z.number().int().min(0) }),
  'usage/rated': z.strictObject({ tenantId: Uuid, batchId: Uuid }),
  'budget/changed': z.strictObject({ tenantId: Uuid, accountId: Uuid }),
  'notice/opened': z.strictObject({ tenantId: Uuid, noticeId: Uuid }),
  'service-notice/updated': z.strictObject({ tenantId: Uuid, updateId: Uuid }),
  'credit/changed': z.strictObject({ tenantId: Uuid, accountId: Uuid }),
  'credit/crossed': z.strictObject({ tenantId: Uuid, crossingId: Uuid }),
  'credit/increase.ending': z.strictObject({ tenantId: Uuid, limitId: Uuid, days: z.number().int() }),
  'order/placed': z.strictObject({ tenantId: Uuid, orderId: Uuid }),
  'order/paid': z.strictObject({ tenantId: Uuid, orderId: Uuid }),
  'order/completed': z.strictObject({ tenantId: Uuid, orderId: Uuid }),
  'order/reviewed': z.strictObject({ tenantId: Uuid, orderId: Uuid, verdict: z.enum(['pass', 'refuse']) }),
  'cloud/deed.requested': z.strictObject({ tenantId: Uuid, deedId: Uuid }),
  'server/action.requested': z.strictObject({
    tenantId: Uuid,
    resourceId: Uuid,
    action: z.enum(['start', 'stop', 'reboot', 'destroy', 'resize']),
  }),
  'account/holds.changed': z.strictObject({ tenantId: Uuid, accountId: Uuid }),
  'server/suspension.changed': z.strictObject({ tenantId: Uuid, resourceId: Uuid }),
  'dunning/due': z.strictObject({ tenantId: Uuid, accountId: Uuid }),
  'dunning/letter.written': z.strictObject({ tenantId: Uuid, letterId: Uuid }),
  'offers/publication.requested': z.strictObject({ tenantId: Uuid }),
  'catalog/revision.scheduled': z.strictObject({ tenantId: Uuid, revisionId: Uuid, activateAt: z.iso.datetime() }),
  'member/invited': z.strictObject({ tenantId: Uuid, invitationId: Uuid }),
  'account/closing.told': z.strictObject({ tenantId: Uuid, closingId: Uuid, news: z.enum(['asked', 'soon', 'closed', 'reopened']) }),
  'account-data/requested': z.strictObject({ tenantId: Uuid, dataExportId: Uuid }),
  'ticket/written': z.strictObject({ tenantId: Uuid, messageId: Uuid }),
  'user/registered': z.strictObject({ tenantId: Uuid, userId: Uuid }),
  'user/joined': z.strictObject({ tenantId: Uuid, userId: Uuid }),
  'user/email-confirmed': z.strictObject({ tenantId: Uuid, userId: Uuid }),
  'user/reset.requested': z.strictObject({ tenantId: Uuid, userId: Uuid }),
  'user/security.changed': z.strictObject({ tenantId: Uuid, userId: Uuid, change: z.enum(securityChanges), at: z.iso.datetime() }),
  'user/email-change.requested': z.strictObject({ tenantId: Uuid, changeId: Uuid }),
  'user/email.changed': z.strictObject({ tenantId: Uuid, changeId: Uuid }),
} as const

export type EventName = keyof typeof events
export type EventData<N extends EventName> = z.infer<(typeof events)[N]>

/** One event on its way out of a transaction. `key` makes a repeated send harmless. */
export type DomainEvent = { [N in EventName]: { readonly name: N; readonly data: EventData<N>; readonly key?: string } }[EventName]
