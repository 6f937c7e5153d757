import type { TenantContext } from '#app/db/context.server.ts'

/** What staff did with a document: an action's code, who did it (null for the system), and the reason given. */
export type InvoiceDeed = {
  readonly id: string
  readonly at: Date
  readonly action: string
  readonly by: string | null
  readonly reason: string | null
}

const shown = ['invoice.credited', 'invoice.voided', 'invoice.uncollectible']

/** What became of a document at staff's hands, newest first, at most 100 deeds. */
export async function readInvoiceDeeds(ctx: TenantContext, invoiceId: string): Promise<InvoiceDeed[]> {
  return ctx.db.$queryRaw<InvoiceDeed[]>`
    select e.id, e.at, e.action, u.name as by, e.detail ->> 'reason' as reason
    from audit_entries e left join users u on u.tenant_id = e.tenant_id and u.id::text = e.actor ->> 'userId'
    where e.tenant_id = ${ctx.tenantId}::uuid and e.subject_kind = 'invoice' and e.subject_id = ${invoiceId} and e.action = any (${shown}::text[])
    order by e.at desc, e.id desc limit 100`
}
