import type { TenantContext } from './context.server.ts'

/**
 * Runs a query of a page whose order an index gives. Row-level security makes the planner expect few rows: it would read and sort all that
 * there are instead of the page.
 */
export async function inIndexOrder<T>(ctx: TenantContext, query: () => Promise<T>): Promise<T> {
  await ctx.db.$executeRaw`select set_config('enable_sort', 'off', true)`
  const rows = await query()
  await ctx.db.$executeRaw`select set_config('enable_sort', 'on', true)`
  return rows
}
