import { findResource } from '#app/db/cloud/cloud-deeds.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { BackupSchedule, nextBackup } from '#app/domain/cloud/backup-schedule.ts'
import type { CloudDeed } from '#app/domain/cloud/deeds.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { cloudAbove } from './cloud-above.server.ts'
import type { CloudPorts } from './cloud-ports.ts'
import { requestDeed } from './request-deed.server.ts'
import { loadOfDeed, weighDeed } from './weigh-deed.server.ts'

const atOnce = 200
const longestMinutes = 60

/**
 * Takes the backups of a tenant's servers that are due, and lets the oldest go of which more are kept than wanted. One that cannot be
 * taken, for want of credit or because the server is at work, is left out until its next hour. Returns how many were asked for.
 */
export async function takeScheduledBackups(ports: CloudPorts, tenantId: string): Promise<number> {
  const due = await inTenant(tenantId, (ctx) => readDue(ctx))
  const cloud = due.length > 0 ? await cloudAbove(ports, tenantId) : null
  if (!cloud?.capabilities.includes('backups')) return 0
  let taken = 0
  for (const schedule of due) {
    const load = await inTenant(tenantId, (ctx) =>
      loadOfDeed(ctx, { deed: deedOf(schedule), subjectId: null, accountId: schedule.accountId }),
    )
    const isAffordable = load !== null && (await weighDeed(tenantId, load)).ok
    const asked = await inTenant(tenantId, (ctx) => takeOne(ctx, { schedule, isAffordable, cloudRef: cloud.cloudRef }), {
      actor: systemActor('backups'),
    })
    if (asked) taken += 1
  }
  return taken
}

type Due = Awaited<ReturnType<typeof readDue>>[number]

function readDue({ db, tenantId, now }: TenantContext) {
  return db.backupSchedule.findMany({
    where: { tenantId, nextAt: { lte: now } },
    orderBy: [{ nextAt: 'asc' }, { resourceId: 'asc' }],
    take: atOnce,
  })
}

function deedOf({ resourceId, nextAt }: Due): CloudDeed {
  const name = nextAt.toISOString().slice(0, 16).replace('T', ' ')
  return { kind: 'take-backup', serverId: resourceId, name, isScheduled: true }
}

type Taking = { readonly schedule: Due; readonly isAffordable: boolean; readonly cloudRef: string }

/** A server that is busy is tried again for an hour; one that is gone has its schedule no more. */
async function takeOne(ctx: TenantContext, { schedule, isAffordable, cloudRef }: Taking): Promise<boolean> {
  const { resourceId, accountId, nextAt, keep } = schedule
  const { db, tenantId, now } = ctx
  const key = `schedule:${resourceId}:${nextAt.toISOString()}`
  const wish = { deed: deedOf(schedule), subjectId: null, accountId, cloudRef, key, userName: null }
  const server = await findResource(ctx, resourceId)
  const isLate = now.getTime() - nextAt.getTime() > longestMinutes * 60_000
  if (server?.pendingAction && !isLate) return false
  const asked = isAffordable && (await requestDeed(ctx, wish)).ok
  const { timeZone } = await db.tenant.findUniqueOrThrow({ where: { tenantId }, select: { timeZone: true } })
  const next = nextBackup(BackupSchedule.parse({ every: schedule.every, hour: schedule.hour, keep }), { due: nextAt, now, zone: timeZone })
  await db.backupSchedule.updateMany({ where: { tenantId, resourceId }, data: { nextAt: next } })
  if (asked) await dropOldest(ctx, schedule, cloudRef)
  return asked
}

/** The newest `keep` of a server's scheduled backups stay, the one on its way among them. */
async function dropOldest(ctx: TenantContext, { resourceId, accountId, keep }: Due, cloudRef: string): Promise<void> {
  const backups = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from resources
    where tenant_id = ${ctx.tenantId}::uuid and kind = 'backup' and state in ('ready', 'building') and spec ->> 'serverId' = ${resourceId}
      and (spec ->> 'isScheduled')::boolean
    order by id desc offset ${keep} limit 100`
  for (const { id } of backups) {
    const deed: CloudDeed = { kind: 'delete-backup' }
    await requestDeed(ctx, { deed, subjectId: id, accountId, cloudRef, key: `expired:${id}`, userName: null })
  }
}
