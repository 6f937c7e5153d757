import { createHash } from 'node:crypto'
import { systemActor } from '#app/domain/shared/actor.ts'
import type { TableLine } from '#app/domain/usage/usage-lines.ts'
import { createBillingRun } from '#app/services/billing/create-billing-run.server.ts'
import { setDeferral } from '#app/services/ledger/set-deferral.server.ts'
import { uploadUsage } from '#app/services/usage/upload-usage.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { tenantOf } from '#prisma/seed/accounts.ts'
import { cloudStackConnectionId } from '#prisma/seed/cloud.ts'
import { offerings, servers, type WorldServer } from '#tests/support/cloudstack-emulator/world.ts'
import { asStaff, type Deed, type DemoMonth, dateOf, dayOf, done, type Stage } from './story.ts'

const dayMs = 86_400_000

/** A month before the one that the cloud serves: used by the day, and billed by everybody when it was over. */
export function earlierMonth(stage: Stage): Deed[] {
  return [
    { at: dayOf(stage.month, 1, 4), tell: () => useTheEarlierMonth(stage) },
    { at: dayOf(stage.month, 1, 6), tell: () => billTheEarlierMonth(stage) },
  ]
}

async function useTheEarlierMonth({ sellers, earlier }: Stage): Promise<void> {
  const table = tableOf(earlier)
  const uploaded = await uploadUsage({
    tenantId: tenantOf(sellers, 'meridian'),
    actor: systemActor('demo'),
    cloudConnectionId: cloudStackConnectionId,
    contentHash: createHash('sha256').update(JSON.stringify(table)).digest('hex'),
    table,
  })
  done(uploaded.ok ? uploaded : { ok: false, error: JSON.stringify(uploaded.problems[0]) }, `usage of ${earlier.name}`)
}

async function billTheEarlierMonth(stage: Stage): Promise<void> {
  const { sellers, month, earlier } = stage
  await asStaff(stage, 'anke@meridian.example', (ctx) => setDeferral(ctx, { from: dateOf(month.start) }))
  for (const [slug, { tenantId }] of sellers)
    done(await inTenant(tenantId, (ctx) => createBillingRun(ctx, { month: earlier.name })), `billing run of ${slug} for ${earlier.name}`)
}

/** What every server that was there used, day by day: running hours, what it sent, and its disks. */
function tableOf(month: DemoMonth): TableLine[] {
  const rows = servers.filter(wasThere).flatMap((server) => daysOf(month).flatMap((day) => rowsOf(server, day)))
  return [['meter', 'quantity', 'from', 'to', 'resource'], ...rows].map((cells, place) => ({ line: place + 1, cells }))
}

function wasThere({ account, createdHour }: WorldServer): boolean {
  return account !== 'unmapped' && createdHour === undefined
}

function daysOf({ start, end }: DemoMonth): Date[] {
  return Array.from({ length: (end.getTime() - start.getTime()) / dayMs }, (_, place) => new Date(start.getTime() + place * dayMs))
}

/** Week-ends are quieter; an office server stands still then. */
function rowsOf({ id, schedule, dailyGb, offering, dataGib = 0 }: WorldServer, day: Date): string[][] {
  const isWeekend = day.getUTCDay() % 6 === 0
  const hours = schedule === 'always' ? 24 : isWeekend ? 0 : 12
  const sentMb = Math.round(dailyGb * (isWeekend ? 400 : 1000) * (0.9 + (day.getUTCDate() % 5) * 0.05))
  const gibHours = (offerings[offering].rootGib + dataGib) * 24
  const readings = [
    ['server.running', String(hours)],
    ['traffic.sent', `${Math.floor(sentMb / 1000)}.${String(sentMb % 1000).padStart(3, '0')}`],
    ['volume', String(gibHours)],
  ]
  const span = [day, new Date(day.getTime() + dayMs)].map((instant) => instant.toISOString())
  return readings.filter(([, quantity]) => quantity !== '0').map((reading) => [...reading, ...span, id])
}
