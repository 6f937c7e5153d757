import type { ThingKind } from '#app/domain/cloud/resource-specs.ts'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { readVersion } from '#app/services/clouds/version-of.server.ts'
import type { TenantContext } from '#app/wiring.server.ts'
import { healthyServers } from '../desks/balancer-health.server.ts'
import { cloudFor } from '../desks/cloud-desk.server.ts'
import { answerPrepared, methodNotAllowed, refused } from './answer.server.ts'
import { cloudEndpointAt } from './endpoint-at.ts'
import { eTagOf } from './if-match.ts'
import { problem } from './problems.server.ts'

export type AskedThings = {
  readonly kind: ThingKind | 'server'
  /** The one that the address names; null for a list. */
  readonly id: string | null
  readonly cursor?: string | undefined
  readonly limit: number
  /** Servers behind the load balancer that get connections now; null where that is not known. */
  readonly healthy: readonly string[] | null
}

/** Answers with things of the kind that the address of a request names; null for one that is not there. */
export async function answerThings(request: Request, read: (ctx: TenantContext, asked: AskedThings) => Promise<object | null>) {
  const asked = cloudEndpointAt(request)
  if (typeof asked === 'string') return methodNotAllowed(request, asked)
  const kind = asked?.endpoint.about
  if (!asked || !kind) return problem(request, 'not-found')
  const { isVersioned, capability } = asked.endpoint
  let version: string | null = null
  const id = asked.publicId ? fromPublicId(kind === 'server' ? 'resource' : kind, asked.publicId) : null
  const answer = await answerPrepared(request, asked.name as 'volumes', {
    scope: 'buyer',
    before: async ({ tenantId, inScope }) => {
      if (!capability && kind !== 'load-balancer') return null
      const cloud = await cloudFor(tenantId)
      if (capability && !cloud?.capabilities.includes(capability)) return refused('not-offered')
      return kind === 'load-balancer' && id ? healthyServers(inScope, { cloud, id }) : null
    },
    work: async (ctx, { query }, healthy) => {
      const found = id === undefined ? null : await read(ctx, { kind, id, healthy, ...query })
      if (isVersioned && id) version = await readVersion(ctx, id)
      // The kind goes with the name: the schema of that endpoint says what leaves.
      return found ? (found as never) : refused('not-found')
    },
  })
  if (answer.ok && version) answer.headers.set('ETag', eTagOf(version))
  return answer
}
