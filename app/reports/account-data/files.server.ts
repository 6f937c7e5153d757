import type { TenantContext } from '#app/db/context.server.ts'
import { type Asker, dataExportsOf } from '#app/db/people/data-exports.server.ts'

export type DataFileRow = {
  readonly id: string
  readonly state: 'requested' | 'done' | 'expired' | 'failed'
  readonly requestedAt: Date
  readonly expiresAt: Date | null
}

/** The files a person asked for in an account, the newest first. Needs the office's scope. */
export async function readDataFiles(ctx: TenantContext, asker: Asker): Promise<DataFileRow[]> {
  const rows = await dataExportsOf(ctx, asker)
  return rows.map(({ id, state, requestedAt, expiresAt }) => {
    const isOver = expiresAt !== null && expiresAt <= ctx.now
    return { id, state: isOver ? 'expired' : state, requestedAt, expiresAt }
  })
}
