import { type VelocityCount, type VelocityLimit, windowAt } from '#app/domain/fraud/velocity.ts'
import type { TenantContext } from './context.server.ts'

/**
 * Counts one more deed of `subject` when it fits below the limit that slides; otherwise what stands, and nothing is counted. One
 * conditional statement, so that any number of processes count together.
 */
export async function takeVelocity(ctx: TenantContext, subject: string, { most, windowMs }: VelocityLimit): Promise<VelocityCount | null> {
  const { tenantId, now } = ctx
  const start = windowAt(now, windowMs)
  const before = new Date(start.getTime() - windowMs)
  const share = 1 - (now.getTime() - start.getTime()) / windowMs
  const taken = await ctx.db.$executeRaw`
    insert into velocity_counters as c (tenant_id, subject, window_start, taken, taken_before)
    values (${tenantId}::uuid, ${subject}, ${start}, 1, 0)
    on conflict (tenant_id, subject) do update set
      taken = case when c.window_start = ${start} then c.taken + 1 else 1 end,
      taken_before = case c.window_start when ${start} then c.taken_before when ${before} then c.taken else 0 end,
      window_start = ${start}
    where case c.window_start when ${start} then c.taken + c.taken_before * ${share}::numeric
      when ${before} then c.taken * ${share}::numeric else 0 end + 1 <= ${most}`
  if (taken === 1) return null
  const standing = await ctx.db.velocityCounter.findUniqueOrThrow({
    where: { tenantId_subject: { tenantId, subject } },
    select: { windowStart: true, taken: true, takenBefore: true },
  })
  return standing
}
