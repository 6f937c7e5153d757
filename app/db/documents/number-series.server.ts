import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** Numbers that follow one another. */
export type TakenNumbers = {
  readonly seriesId: string
  readonly prefix: string
  /** As the seller set it for its own documents; null for the usual one. */
  readonly format: string | null
  /** The first of them. */
  readonly sequence: number
  /** The date asked for, or that of the document before when that one is later: dates follow the numbers. */
  readonly issueDate: LocalDate
  /** Content hash of the document before it in the series; null for the first. */
  readonly previousHash: string | null
}

/** Who numbers: the seller itself, or its parent in whose name the documents are. */
export type SeriesIssuer = 'own' | 'parent'

export type SeriesName = { readonly documentType: DocumentType; readonly issuer: SeriesIssuer; readonly year: number }
export type NumbersWanted = SeriesName & { readonly issueDate: LocalDate; readonly prefix: string; readonly count: number }

/**
 * Takes the next numbers of a series. It holds the series until the transaction ends and is given back when that rolls back,
 * so there is never a hole (B20). A series that is new begins at 1 with `prefix`, which it then keeps.
 */
export async function takeNumbers(ctx: TenantContext, wanted: NumbersWanted): Promise<TakenNumbers> {
  return (await advance(ctx, wanted)) ?? (await openSeries(ctx, wanted))
}

/** Notes the hash that the next document of the series will build on. */
export async function rememberHash(ctx: TenantContext, seriesId: string, contentHash: string): Promise<void> {
  await ctx.db.$executeRaw`
    update number_series set last_hash = ${contentHash} where tenant_id = ${ctx.tenantId}::uuid and id = ${seriesId}::uuid`
}

async function openSeries(ctx: TenantContext, wanted: NumbersWanted): Promise<TakenNumbers> {
  // Whoever loses the race waits here until the winner commits, and then finds its row.
  await ctx.db.$executeRaw`
    insert into number_series (tenant_id, id, document_type, issuer, year, prefix, last_number)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${wanted.documentType}, ${wanted.issuer}, ${wanted.year}, ${wanted.prefix}, 0)
    on conflict (tenant_id, document_type, issuer, year) do nothing`
  const taken = await advance(ctx, wanted)
  if (!taken) throw new Error(`number series ${wanted.documentType} ${wanted.year} cannot be read`)
  return taken
}

async function advance(ctx: TenantContext, wanted: NumbersWanted): Promise<TakenNumbers | undefined> {
  const [row] = await ctx.db.$queryRaw<TakenNumbers[]>`
    update number_series n set last_number = last_number + ${wanted.count}, last_issue_date = greatest(last_issue_date, ${wanted.issueDate}::date)
    where tenant_id = ${ctx.tenantId}::uuid and document_type = ${wanted.documentType} and issuer = ${wanted.issuer}
      and year = ${wanted.year}
    returning id as "seriesId", prefix, last_number - ${wanted.count} + 1 as sequence, last_issue_date::text as "issueDate", last_hash as "previousHash",
      (select f.format from number_formats f where f.tenant_id = n.tenant_id and f.document_type = n.document_type
         and n.issuer = 'own'
       order by f.created_at desc, f.id desc limit 1) as format`
  return row
}

export type SetFormat = { readonly documentType: DocumentType; readonly format: string }

/** Every format the tenant has ever set, newest first. */
export async function readNumberFormats(ctx: TenantContext): Promise<SetFormat[]> {
  return ctx.db.$queryRaw<SetFormat[]>`
    select document_type as "documentType", format from number_formats where tenant_id = ${ctx.tenantId}::uuid
    order by created_at desc, id desc limit 500`
}

/** Sets how numbers of a type look from the next one on. */
export async function insertNumberFormat(ctx: TenantContext, { documentType, format }: SetFormat): Promise<void> {
  await ctx.db.$executeRaw`
    insert into number_formats (tenant_id, id, document_type, format, created_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${documentType}, ${format}, ${ctx.now})`
}
