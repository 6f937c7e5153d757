import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'

export type SettledInvoice = { readonly invoiceId: string; readonly accountId: string }

/** Lets it be known that credit or balance settles documents, in part or whole: a payment tells of itself. */
export function tellSettled(ctx: TenantContext, ...invoices: readonly SettledInvoice[]): Promise<void> {
  return enqueue(ctx, ...invoices.map((invoice) => ({ name: 'invoice/settled' as const, ...eventOf(ctx, invoice) })))
}

/** Lets it be known that balance went back from a document. */
export function tellReopened(ctx: TenantContext, invoice: SettledInvoice): Promise<void> {
  return enqueue(ctx, { name: 'invoice/reopened', ...eventOf(ctx, invoice) })
}

function eventOf({ tenantId }: TenantContext, { invoiceId, accountId }: SettledInvoice) {
  return { data: { tenantId, invoiceId, accountId }, key: `settled:${newId()}` }
}
