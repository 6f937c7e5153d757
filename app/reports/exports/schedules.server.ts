import type { TenantContext } from '#app/db/context.server.ts'
import { listSchedules } from '#app/db/sellers/export-schedules.server.ts'
import type { Handover, Rhythm } from '#app/domain/export-schedule/schedule.ts'
import { type Schedulable, schedulableOf } from '#app/domain/export-schedule/scheduled-wish.ts'

/** A file that is made by itself, as its owner sees it. */
export type ShownSchedule = {
  readonly id: string
  readonly what: Schedulable
  readonly rhythm: Rhythm
  readonly delivery: Handover
  readonly mails: readonly string[]
  readonly isActive: boolean
  readonly nextOn: string
  readonly lastOn: string | null
}

/** The schedules of an account in order of age; the seller's own for null. */
export async function readSchedules(ctx: TenantContext, accountId: string | null): Promise<ShownSchedule[]> {
  return (await listSchedules(ctx, accountId)).map((schedule) => {
    const { id, rhythm, delivery, mails, nextOn, lastOn, state } = schedule
    const what = accountId ? 'cost' : schedulableOf(schedule)
    return { id, what, rhythm, delivery, mails, nextOn, lastOn, isActive: state === 'active' }
  })
}
