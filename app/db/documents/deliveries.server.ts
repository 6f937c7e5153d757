import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** `pdf` is the page with the electronic document inside, `cii` that document alone. */
export type InvoiceFileFormat = 'pdf' | 'cii'

export type InvoiceFile = {
  readonly accountId: string
  readonly invoiceId: string
  readonly format: InvoiceFileFormat
  readonly fileKey: string
  readonly sha256: string
  readonly sizeBytes: number
}

/** Notes where a file of an invoice lies, sealed by its store; a repeat with the same bytes changes nothing. */
export async function recordFile(ctx: TenantContext, file: InvoiceFile): Promise<void> {
  await ctx.db.$executeRaw`
    insert into documents (tenant_id, id, account_id, invoice_id, format, file_key, sha256, size_bytes, created_at, is_sealed)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${file.accountId}::uuid, ${file.invoiceId}::uuid, ${file.format}, ${file.fileKey},
      ${file.sha256}, ${file.sizeBytes}, ${ctx.now}, true)
    on conflict (tenant_id, invoice_id, format) do nothing`
}

/** Where the electronic document of an invoice lies; undefined where there is none. */
export async function findXml(ctx: TenantContext, invoiceId: string): Promise<{ fileKey: string } | undefined> {
  const [row] = await ctx.db.$queryRaw<{ fileKey: string }[]>`
    select file_key as "fileKey" from documents
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid and format = 'cii'`
  return row
}

/** Where the PDF of an invoice lies; undefined while it is not made. */
export async function findPdf(ctx: TenantContext, invoiceId: string): Promise<{ fileKey: string; sha256: string } | undefined> {
  const [row] = await ctx.db.$queryRaw<{ fileKey: string; sha256: string }[]>`
    select file_key as "fileKey", sha256 from documents
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid and format = 'pdf'`
  return row
}

/** Files from before there was sealing, at most `limit`. */
export async function unsealedFiles(ctx: TenantContext, limit: number): Promise<{ id: string; fileKey: string }[]> {
  return ctx.db.$queryRaw<{ id: string; fileKey: string }[]>`
    select id, file_key as "fileKey" from documents where tenant_id = ${ctx.tenantId}::uuid and not is_sealed order by id limit ${limit}`
}

/** How many files from before there was sealing are left. */
export async function countUnsealedFiles(ctx: TenantContext): Promise<number> {
  return ctx.db.document.count({ where: { tenantId: ctx.tenantId, isSealed: false } })
}

export async function noteFilesSealed(ctx: TenantContext, ids: readonly string[]): Promise<void> {
  await ctx.db.document.updateMany({ where: { tenantId: ctx.tenantId, id: { in: [...ids] } }, data: { isSealed: true } })
}

/** What keeps a file from being as it should be: `problem` in a word, `detail` for who mends it. `isParked`: it is not made at all. */
export type DocumentProblem = { readonly problem: string; readonly detail: string; readonly isParked: boolean }

/** Notes the problems of an invoice's files as they stand now; those of before that are gone are resolved. */
export async function noteDocumentProblems(
  ctx: TenantContext,
  { accountId, invoiceId }: { readonly accountId: string; readonly invoiceId: string },
  problems: readonly DocumentProblem[],
): Promise<void> {
  await ctx.db.$executeRaw`
    update document_problems set resolved_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid and resolved_at is null
      and problem <> all (${problems.map(({ problem }) => problem)}::text[])`
  for (const { problem, detail, isParked } of problems)
    await ctx.db.$executeRaw`
      insert into document_problems (tenant_id, id, account_id, invoice_id, problem, detail, is_parked, noticed_at)
      values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${accountId}::uuid, ${invoiceId}::uuid, ${problem}, ${detail}, ${isParked}, ${ctx.now})
      on conflict (tenant_id, invoice_id, problem)
      do update set detail = excluded.detail, is_parked = excluded.is_parked, noticed_at = excluded.noticed_at, resolved_at = null`
}
