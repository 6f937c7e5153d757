import type { TenantContext } from '#app/db/context.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { lockInvoiceState } from '#app/db/documents/invoice-states.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { openWebhookDelivery } from '#app/db/sellers/webhook-deliveries.server.ts'
import { endpointsFor } from '#app/db/sellers/webhook-endpoints.server.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import type { InvoiceStatus } from '#app/domain/invoice/invoice-status.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { type InternalEvent, webhookTypeOf } from '#app/domain/webhook/event-types.ts'

export type TellEventInput = { readonly name: InternalEvent['name']; readonly invoiceId: string }

/**
 * Opens a delivery of what happened to a document for each endpoint that asked for it. What is told is the document as it stands now,
 * with a version that grows with its changes: deliveries may overtake each other. The same event opens nothing twice. Returns how many.
 */
export async function tellEvent(ctx: TenantContext, { name, invoiceId }: TellEventInput): Promise<number> {
  const stored = await readFinalisedInvoice(ctx, invoiceId)
  const standing = await lockInvoiceState(ctx, invoiceId)
  if (!stored || !standing) return 0
  const { invoice } = stored
  const eventType = webhookTypeOf({ name, documentType: invoice.documentType, status: standing.status })
  if (!eventType) return 0

  const { changedAt } = await ctx.db.invoiceState.findFirstOrThrow({
    where: { tenantId: ctx.tenantId, invoiceId },
    select: { changedAt: true },
  })
  const version = changedAt.getTime()
  const data = dataOf(invoice, { status: standing.status, paidMinor: standing.paidMinor, version })
  const body = JSON.stringify({ type: eventType, timestamp: ctx.now.toISOString(), data })
  // A document may be paid, taken back and paid again: each time is an event of its own.
  const sourceKey = eventType === 'invoice.paid' ? `${eventType}:${invoiceId}:${version}` : `${eventType}:${invoiceId}`
  let opened = 0
  for (const { id: endpointId, accountId } of await endpointsFor(ctx, eventType, invoice.accountId)) {
    const deliveryId = await openWebhookDelivery(ctx, { accountId, endpointId, sourceKey, eventType, body })
    if (!deliveryId) continue
    opened += 1
    await enqueue(ctx, { name: 'webhook/opened', data: { tenantId: ctx.tenantId, deliveryId, round: 1 } })
  }
  return opened
}

type Standing = { readonly status: InvoiceStatus; readonly paidMinor: bigint; readonly version: number }

function dataOf(invoice: FinalisedInvoice, { status, paidMinor, version }: Standing) {
  const { currency } = invoice.total
  return {
    id: toPublicId('invoice', invoice.id),
    version,
    document_type: invoice.documentType,
    number: invoice.number,
    status,
    account_id: toPublicId('account', invoice.accountId),
    issue_date: invoice.issueDate,
    due_date: invoice.dueDate,
    period: { start: invoice.periodStart, end: invoice.periodEnd },
    net: { minor: invoice.net.minor.toString(), currency },
    tax: { minor: invoice.tax.minor.toString(), currency },
    total: { minor: invoice.total.minor.toString(), currency },
    paid: { minor: paidMinor.toString(), currency },
    ...(invoice.refersTo ? { refers_to: invoice.refersTo.number } : {}),
  }
}
