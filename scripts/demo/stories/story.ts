import type { Actor } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { Result } from '#app/domain/shared/result.ts'
import type { JobsWorker } from '#app/jobs/runtime/worker.server.ts'
import { inTenant, type TenantContext } from '#app/wiring.server.ts'
import { tenantOf } from '#prisma/seed/accounts.ts'
import { atInstant } from '#prisma/seed/at-instant.ts'
import type { SeededSeller, Slug } from '#prisma/seed/sellers.ts'

/** A calendar month in UTC, `YYYY-MM`, with its first instant and the first of the next. */
export type DemoMonth = { readonly name: string; readonly start: Date; readonly end: Date }

/** Where the demo's stories play: `month` is the one its cloud serves, `earlier` the one before it. */
export type Stage = {
  readonly sellers: ReadonlyMap<Slug, SeededSeller>
  readonly month: DemoMonth
  readonly earlier: DemoMonth
}

/** Something that was done at an instant. Safe to repeat. */
export type Deed = { readonly at: Date; readonly tell: () => Promise<void> }

/**
 * Does the deeds in order of time, each as if it were its instant; whatever a deed set going has ended before a later one begins. What a
 * start that was cut short left is done first, as of today.
 */
export async function play(worker: JobsWorker, deeds: readonly Deed[]): Promise<void> {
  await worker.idle()
  const instants = [...new Set(deeds.map(({ at }) => at.getTime()))].sort((a, b) => a - b)
  for (const instant of instants)
    await atInstant(new Date(instant), async () => {
      for (const { at, tell } of deeds) if (at.getTime() === instant) await tell()
      await worker.idle()
    })
}

const hourMs = 3_600_000

/** A day of the month, counted from 1, at an hour in UTC. */
export function dayOf(month: DemoMonth, day: number, hour = 9): Date {
  return new Date(month.start.getTime() + ((day - 1) * 24 + hour) * hourMs)
}

/** So many days before `now`, at nine in the morning in UTC. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - days, 9))
}

/** The date of an instant in UTC, `YYYY-MM-DD`. */
export function dateOf(instant: Date): string {
  return instant.toISOString().slice(0, 10)
}

/** What a use case returned, which must not have refused. */
export function done<T>(result: Result<T, string>, what: string): T {
  invariant(result.ok, `${what}: ${result.ok ? '' : result.error}`)
  return result.value
}

/** Does `work` in a seller's office as the member of its staff with this address. */
export async function asStaff<T>(stage: Stage, email: string, work: (ctx: TenantContext) => Promise<T>): Promise<T> {
  const tenantId = tenantOf(stage.sellers, sellerIn(email))
  return inTenant(tenantId, work, { actor: await staffActor(stage, email) })
}

/** The member of staff with this address, whose domain is that of its seller. */
export async function staffActor(stage: Stage, email: string): Promise<Actor> {
  const tenantId = tenantOf(stage.sellers, sellerIn(email))
  const { id } = await inTenant(tenantId, ({ db }) => db.user.findFirstOrThrow({ where: { tenantId, email }, select: { id: true } }))
  return { kind: 'user', userId: id }
}

function sellerIn(email: string): Slug {
  return (email.split('@')[1] ?? '').replace('.example', '') as Slug
}
