import { enqueue } from '#app/db/outbox.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { JobsWorker } from '#app/jobs/runtime/worker.server.ts'
import { createBillingRun } from '#app/services/billing/create-billing-run.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { cloudStackConnectionId } from '#prisma/seed/cloud.ts'
import type { SeededSeller, Slug } from '#prisma/seed/sellers.ts'
import { makeDemoPayments } from './payments.ts'
import { openWork } from './stories/open-work.ts'
import { tellThePast } from './stories/past.ts'
import { smallThings } from './stories/small-things.ts'
import type { DemoMonth } from './stories/story.ts'

export type MainJobInput = {
  readonly worker: JobsWorker
  readonly sellers: ReadonlyMap<Slug, SeededSeller>
  readonly month: DemoMonth
  readonly note: (text: string) => void
}

/** The calendar month before `now`: what the demo's cloud serves, and what its sellers bill. */
export function monthBefore(now: Date): DemoMonth {
  const end = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
  const start = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1))
  return { name: start.toISOString().slice(0, 7), start, end }
}

/**
 * Usage in, money out: after the stories of the month before, asks for last month's usage of the cloud, which jobs fetch, judge, rate and
 * hand down level by level; then has every seller bill the month, which jobs finalise, render and deliver. A repeat finds everything done.
 */
export async function runMainJob({ worker, sellers, month, note }: MainJobInput): Promise<void> {
  const provider = sellers.get('meridian')
  invariant(provider, 'the provider is not seeded')
  const stage = { sellers, month, earlier: monthBefore(month.start) }
  note(`telling what happened since ${stage.earlier.name}`)
  await tellThePast(worker, stage, new Date())
  note(`fetching the usage of ${month.name} and rating it at every level`)
  await inTenant(provider.tenantId, (ctx) =>
    enqueue(ctx, {
      name: 'usage/sync.requested',
      data: {
        tenantId: provider.tenantId,
        cloudConnectionId: cloudStackConnectionId,
        from: month.start.toISOString(),
        to: month.end.toISOString(),
      },
    }),
  )
  await worker.idle()

  note(`billing ${month.name} for ${sellers.size} sellers`)
  for (const [slug, { tenantId }] of sellers) {
    const run = await inTenant(tenantId, (ctx) => createBillingRun(ctx, { month: month.name }))
    invariant(run.ok, `billing run of ${slug}: ${run.ok ? '' : run.error}`)
  }
  await worker.idle()

  note('paying in test mode')
  await makeDemoPayments(sellers)
  await worker.idle()
  await openWork(stage, new Date())
  await smallThings(stage, new Date())
  await worker.idle()
}
