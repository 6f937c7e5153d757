import { createHash } from 'node:crypto'
import { type CloudResource, findResource } from '#app/db/cloud/cloud-deeds.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'

/** What writers replace as a whole of a resource, by its kind. */
const replaced: Readonly<Record<string, string>> = { server: 'firewall', 'dns-zone': 'records' }

/** A mark of what deeds replace as a whole of a resource: the rules of a server, the records of a zone. It is another one once they are. */
export function versionOf({ kind, spec }: Pick<CloudResource, 'kind' | 'spec'>): string {
  return createHash('sha256')
    .update(JSON.stringify(spec[replaced[kind] ?? ''] ?? []))
    .digest('base64url')
}

/** The same of a resource in scope; null when there is none such. */
export async function readVersion(ctx: TenantContext, resourceId: string): Promise<string | null> {
  const resource = await findResource(ctx, resourceId)
  return resource && versionOf(resource)
}
