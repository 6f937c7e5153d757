import type { TenantContext } from '#app/db/context.server.ts'
import { ensureFileConnection } from '#app/db/usage/usage-upload.server.ts'

/** The connection of the tenant that tables of usage come in by when they name no cloud. */
export function fileConnection(ctx: TenantContext): Promise<string> {
  return ensureFileConnection(ctx)
}
