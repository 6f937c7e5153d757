import type { TenantContext } from '#app/db/context.server.ts'
import { readNumberFormats } from '#app/db/documents/number-series.server.ts'
import { formatDocumentNumber } from '#app/domain/invoice/document-number.ts'
import { type DocumentType, documentTypes } from '#app/domain/invoice/document-type.ts'
import { defaultNumberFormat } from '#app/domain/invoice/number-format.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { localDateOf, yearOf } from '#app/domain/time/local-date.ts'

/** How one type of document is numbered, and the number its next one takes if nobody takes it first. */
export type NumberSeriesView = {
  readonly documentType: DocumentType
  readonly format: string
  readonly nextNumber: string
  /** How many were numbered this year. */
  readonly taken: number
}

/** The seller's own series of every document type in the present year of the seller. */
export async function listNumberSeries(ctx: TenantContext): Promise<NumberSeriesView[]> {
  const tenant = await ctx.db.tenant.findUnique({ where: { tenantId: ctx.tenantId }, select: { numberPrefix: true, timeZone: true } })
  invariant(tenant, `tenant ${ctx.tenantId} is not there`)
  const year = yearOf(localDateOf(ctx.now, tenant.timeZone))
  const rows = await ctx.db.numberSeries.findMany({
    where: { tenantId: ctx.tenantId, issuer: 'own', year },
    select: { documentType: true, prefix: true, lastNumber: true },
    take: documentTypes.length,
  })
  const formats = await readNumberFormats(ctx)
  return documentTypes.map((documentType) => {
    const series = rows.find((row) => row.documentType === documentType)
    const format = formats.find((row) => row.documentType === documentType)?.format ?? defaultNumberFormat(documentType)
    const taken = series?.lastNumber ?? 0
    const prefix = series?.prefix ?? tenant.numberPrefix
    return { documentType, format, taken, nextNumber: formatDocumentNumber({ documentType, prefix, format, year, sequence: taken + 1 }) }
  })
}
