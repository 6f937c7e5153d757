import type { TenantContext } from './context.server.ts'
import type { Prisma } from './generated/client.ts'
import { newId } from './ids.server.ts'

export type AuditRecord = {
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly detail?: Prisma.InputJsonObject
}

/** Notes who did what, in the transaction that did it. */
export async function audit(ctx: TenantContext, ...records: readonly AuditRecord[]): Promise<void> {
  const common = { tenantId: ctx.tenantId, at: ctx.now, actor: { ...ctx.actor } }
  await ctx.db.auditEntry.createMany({
    data: records.map((record) => ({ ...common, id: newId(), ...record, detail: record.detail ?? {} })),
  })
}
