import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type DataExportRow = {
  readonly id: string
  readonly accountId: string
  readonly userId: string
  readonly state: 'requested' | 'done' | 'failed'
  readonly fileKey: string | null
  readonly sizeBytes: bigint | null
  readonly requestedAt: Date
  readonly expiresAt: Date | null
}

const columns = {
  id: true,
  accountId: true,
  userId: true,
  state: true,
  fileKey: true,
  sizeBytes: true,
  requestedAt: true,
  expiresAt: true,
} as const

/** A file of account data; null when there is none of that id. */
export async function findDataExport(ctx: TenantContext, id: string): Promise<DataExportRow | null> {
  return (await ctx.db.dataExport.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    select: columns,
  })) as DataExportRow | null
}

export type Asker = { readonly accountId: string; readonly userId: string }

/** The files a person asked for in an account, the newest first; at most 20. */
export async function dataExportsOf(ctx: TenantContext, { accountId, userId }: Asker): Promise<DataExportRow[]> {
  const rows = await ctx.db.dataExport.findMany({
    where: { tenantId: ctx.tenantId, accountId, userId },
    select: columns,
    orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
    take: 20,
  })
  return rows as DataExportRow[]
}

/** Notes that a person asked for the data of an account. Returns its id. */
export async function insertDataExport(ctx: TenantContext, { accountId, userId }: Asker): Promise<string> {
  const id = newId()
  await ctx.db.dataExport.createMany({
    data: [{ tenantId: ctx.tenantId, id, accountId, userId, state: 'requested', requestedAt: ctx.now }],
  })
  return id
}

export type DataFile = { readonly fileKey: string; readonly sha256: string; readonly sizeBytes: number }

/** Notes the file; false when it was noted before. */
export async function markDataExportDone(ctx: TenantContext, id: string, file: DataFile & { readonly expiresAt: Date }): Promise<boolean> {
  const { count } = await ctx.db.dataExport.updateMany({
    where: { tenantId: ctx.tenantId, id, state: { not: 'done' } },
    data: { ...file, sizeBytes: BigInt(file.sizeBytes), state: 'done', finishedAt: ctx.now },
  })
  return count === 1
}

/** Notes that no file could be made. */
export async function markDataExportFailed(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.dataExport.updateMany({
    where: { tenantId: ctx.tenantId, id, state: 'requested' },
    data: { state: 'failed', finishedAt: ctx.now },
  })
}
