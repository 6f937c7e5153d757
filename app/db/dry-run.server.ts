import type { TenantContext } from './context.server.ts'

/** Does `work` and takes back whatever it wrote; what it returns stays. Locks are held until the transaction ends. */
export async function dryRun<T>(ctx: TenantContext, work: () => Promise<T>): Promise<T> {
  await ctx.db.$executeRaw`savepoint dry_run`
  const result = await work()
  await ctx.db.$executeRaw`rollback to savepoint dry_run`
  return result
}
