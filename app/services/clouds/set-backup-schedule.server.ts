import { audit } from '#app/db/audit.server.ts'
import { findResource } from '#app/db/cloud/cloud-deeds.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type BackupSchedule, firstBackup } from '#app/domain/cloud/backup-schedule.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type SetBackupScheduleInput = { readonly serverId: string; readonly schedule: BackupSchedule | null; readonly zone: string }

/** Has a server in scope backed up by itself from the next such hour of `zone` on; null ends it. What was taken stays. */
export async function setBackupSchedule(
  ctx: TenantContext,
  { serverId, schedule, zone }: SetBackupScheduleInput,
): Promise<Result<null, 'server-not-found' | 'account-not-active'>> {
  const server = await findResource(ctx, serverId)
  if (server?.kind !== 'server' || server.state === 'deleted' || !server.isManaged) return err('server-not-found')
  const { tenantId, now } = ctx
  const of = { tenantId, resourceId: serverId }
  await ctx.db.backupSchedule.deleteMany({ where: of })
  if (schedule) {
    const account = await ctx.db.account.findUniqueOrThrow({
      where: { tenantId_id: { tenantId, id: server.accountId } },
      select: { status: true },
    })
    if (account.status !== 'active') return err('account-not-active')
    const nextAt = firstBackup(schedule, now, zone)
    await ctx.db.backupSchedule.createMany({
      data: [{ ...of, ...schedule, accountId: server.accountId, nextAt, setBy: actorName(ctx.actor), setAt: now }],
    })
  }
  await audit(ctx, { action: 'backup-schedule.set', subjectKind: 'resource', subjectId: serverId, detail: { schedule } })
  return ok(null)
}
