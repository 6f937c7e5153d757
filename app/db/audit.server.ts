import type { TenantContext } from './context.server.ts'
import type { Prisma } from './generated/client.ts'
import { newId } from './ids.server.ts'
import { sqlArray } from './sql-array.server.ts'

export type AuditRecord = {
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly detail?: Prisma.InputJsonObject
}

/** Notes who did what, in the transaction that did it. */
export async function audit(ctx: TenantContext, ...records: readonly AuditRecord[]): Promise<void> {
  const text = (pick: (record: AuditRecord) => string) => sqlArray(records, pick)
  await ctx.db.$executeRaw`
    insert into audit_entries (tenant_id, at, actor, id, action, subject_kind, subject_id, detail)
    select ${ctx.tenantId}::uuid, ${ctx.now}, ${JSON.stringify(ctx.actor)}::jsonb, r.*
    from unnest(${text(() => newId())}::uuid[], ${text((record) => record.action)}::text[], ${text((record) => record.subjectKind)}::text[],
      ${text((record) => record.subjectId)}::text[], ${text((record) => JSON.stringify(record.detail ?? {}))}::jsonb[]) as r`
}
