import type { Money } from '#app/domain/money/money.ts'
import { type PublicKind, toPublicId } from '#app/domain/shared/ids.ts'
import type { InvoiceDetail } from '../invoices/shape.ts'
import type { OwnOrder } from '../orders/own-orders.server.ts'
import type { ServerState } from '../servers/shape.ts'
import type { ApiOperation } from './operations.server.ts'
import type { ApiUsageDay, ApiUsageRecord, UsedFacts } from './usage.server.ts'

// How rows of the product are written in the API: snake case, prefixed ids, text for what a double cannot hold.

/** An amount in whole minor units. */
export const amount = ({ minor, currency }: Money) => ({ minor: minor.toString(), currency })

type ServerFacts = {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly state: ServerState
  readonly pendingAction: string | null
  readonly address: string | null
  readonly zone: string
  readonly planCode: string | null
  readonly planName: Readonly<Record<string, string>> | null
  readonly projectId: string | null
  readonly projectName: string | null
  readonly createdAt: Date
}

/** A server, with the name of its plan in `language`. */
export function serverView(server: ServerFacts, language: string) {
  const { planCode, planName, projectId, projectName } = server
  return {
    id: toPublicId('resource', server.id),
    account_id: toPublicId('account', server.accountId),
    name: server.name,
    state: server.state,
    pending_action: server.pendingAction,
    address: server.address,
    location: server.zone,
    plan: planCode ? { code: planCode, name: planName?.[language] ?? planName?.en ?? planCode } : null,
    project: projectId && projectName ? { id: toPublicId('project', projectId), name: projectName } : null,
    created_at: server.createdAt.toISOString(),
  }
}

/** Something that was asked for and how far it is. */
export function operationView({ id, resource, subscriptionId, action, state, problem, requestedAt, finishedAt }: ApiOperation) {
  return {
    id: toPublicId('operation', id),
    server_id: resource?.kind === 'server' ? toPublicId('resource', resource.id) : null,
    resource_id: resource && resourceId(resource),
    subscription_id: subscriptionId && toPublicId('subscription', subscriptionId),
    action,
    state,
    problem,
    requested_at: requestedAt.toISOString(),
    finished_at: finishedAt?.toISOString() ?? null,
  }
}

/** The id people and programs see of something in the cloud. */
export function resourceId({ id, kind }: { readonly id: string; readonly kind: string }): string {
  return toPublicId(kind === 'server' ? 'resource' : (kind as PublicKind), id)
}

type InvoiceFacts = Record<
  'documentType' | 'number' | 'status' | 'issueDate' | 'dueDate' | 'periodStart' | 'periodEnd' | 'id' | 'accountId',
  string
> &
  Record<'net' | 'tax' | 'total' | 'paid', Money> & { readonly hasPdf: boolean }

/** A document without its lines. */
export function invoiceView(invoice: InvoiceFacts) {
  return {
    id: toPublicId('invoice', invoice.id),
    account_id: toPublicId('account', invoice.accountId),
    document_type: invoice.documentType,
    number: invoice.number,
    status: invoice.status,
    issue_date: invoice.issueDate,
    due_date: invoice.dueDate,
    period_start: invoice.periodStart,
    period_end: invoice.periodEnd,
    net: amount(invoice.net),
    tax: amount(invoice.tax),
    total: amount(invoice.total),
    paid: amount(invoice.paid),
    has_pdf: invoice.hasPdf,
  }
}

/** A document with its lines and taxes, product names in `language`. */
export function invoiceDetailView(invoice: InvoiceDetail, language: string) {
  return {
    ...invoiceView(invoice),
    lines: invoice.sections.flatMap((section) =>
      section.lines.map(({ kind, subject, net, periodStart, periodEnd, ...line }) => ({
        kind,
        section: section.name,
        product: subject.product?.[language] ?? subject.product?.en ?? subject.text ?? null,
        meter: subject.meter,
        resource: subject.resource,
        quantity: line.quantity,
        unit: line.unit,
        unit_price: line.unitPrice,
        net: amount(net),
        tax_rate: line.taxRate,
        period_start: periodStart.toISOString(),
        period_end: periodEnd.toISOString(),
      })),
    ),
    taxes: invoice.taxes.map(({ category, rate, base, tax }) => ({ category, rate, base: amount(base), tax: amount(tax) })),
  }
}

function usedView({ accountId, resource, meter, unit, quantity, amount: net, currency }: UsedFacts) {
  return {
    meter,
    unit,
    quantity,
    account_id: toPublicId('account', accountId),
    server_id: resource?.kind === 'server' ? toPublicId('resource', resource.id) : null,
    resource_id: resource && resourceId(resource),
    net: { amount: net, currency },
  }
}

/** What was used on a day. */
export function usageView({ day, ...used }: ApiUsageDay) {
  return { day, ...usedView(used) }
}

/** A quantity that was counted, and how it was rated. */
export function usageRecordView({
  id,
  periodStart,
  periodEnd,
  included,
  billed,
  unitPrice,
  isCorrection,
  invoiceId,
  ...used
}: ApiUsageRecord) {
  return {
    id: toPublicId('charge', id),
    period_start: periodStart.toISOString(),
    period_end: periodEnd.toISOString(),
    ...usedView(used),
    included_quantity: included,
    billed_quantity: billed,
    unit_price: unitPrice,
    is_correction: isCorrection,
    invoice_id: invoiceId && toPublicId('invoice', invoiceId),
  }
}

/** An order. */
export function orderView({ publicId, name, product, state, total, placedAt }: OwnOrder) {
  return { id: publicId, name, product, state, total: amount(total), placed_at: placedAt.toISOString() }
}

/** A page of a list. */
export function page<Row>(data: Row[], nextCursor: string | null) {
  return { data, next_cursor: nextCursor, has_more: nextCursor !== null }
}
