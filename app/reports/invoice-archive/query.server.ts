import type { TenantContext } from '#app/db/context.server.ts'
import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** A document with the places of its files; null where one was not made. */
export type ArchivedDocument = {
  readonly id: string
  readonly documentType: DocumentType
  readonly number: string
  readonly finalisedAt: Date
  readonly pdf: string | null
  readonly xml: string | null
}

/** The days on which documents were issued, both included. */
export type ArchiveRange = { readonly from: LocalDate; readonly to: LocalDate }

const pageLength = 200

/** The documents of a range the scope may see, oldest first, from the one after `afterId`; at most 200. */
export function documentsIssued(ctx: TenantContext, { from, to }: ArchiveRange, afterId: string | null): Promise<ArchivedDocument[]> {
  return ctx.db.$queryRaw<ArchivedDocument[]>`
    select i.id, i.document_type as "documentType", i.number, i.finalised_at as "finalisedAt", p.file_key as pdf, x.file_key as xml
    from invoices i
    left join documents p on p.tenant_id = i.tenant_id and p.invoice_id = i.id and p.format = 'pdf'
    left join documents x on x.tenant_id = i.tenant_id and x.invoice_id = i.id and x.format = 'cii'
    where i.tenant_id = ${ctx.tenantId}::uuid and i.issue_date between ${from}::date and ${to}::date
      and (${afterId}::uuid is null or i.id > ${afterId}::uuid)
    order by i.id limit ${pageLength}`
}
