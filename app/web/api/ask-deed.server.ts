import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { type CloudDeed, type DeedKind, deedTerms } from '#app/domain/cloud/deeds.ts'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { requestDeed } from '#app/services/clouds/request-deed.server.ts'
import { loadOfDeed, weighDeed } from '#app/services/clouds/weigh-deed.server.ts'
import type { TenantContext } from '#app/wiring.server.ts'
import { cloudFor } from '../desks/cloud-desk.server.ts'
import { type Asker, answerPrepared, methodNotAllowed, type Refused, refused } from './answer.server.ts'
import { deedOfBody } from './deed-facts.ts'
import { cloudEndpointAt } from './endpoint-at.ts'
import { versionsOf } from './if-match.ts'
import { problem } from './problems.server.ts'
import type { Operation } from './schemas.ts'

type Shown = z.input<typeof Operation>

/** Tells of what was asked for on a resource last. */
type Show = (ctx: TenantContext, resourceId: string) => Promise<Shown | null>

/** A deed that is known to make sense, whose cost the buyer and its sellers may take on. */
type ReadyDeed = {
  readonly deed: CloudDeed
  readonly subjectId: string | null
  readonly cloudRef: string
  readonly versions: readonly string[] | null
}

/** Asks the cloud for what a request names by its address, as the forms of the panel do. */
export async function askDeed(request: Request, show: Show): Promise<Response> {
  const asked = cloudEndpointAt(request)
  if (asked === null) return problem(request, 'not-found')
  if (typeof asked === 'string') return methodNotAllowed(request, asked)
  const { publicId } = asked
  const { deed: kind, isVersioned } = asked.endpoint
  const ifMatch = isVersioned ? request.headers.get('if-match') : null
  if (!kind) return problem(request, 'not-found')
  // Deeds differ in their bodies alone, which the deed's own shape judges.
  return answerPrepared(request, asked.name as 'volumeDetach', {
    scope: 'buyer',
    before: (call) => readyDeed(call, { kind, publicId, ifMatch }),
    work: async (ctx, { client }, ready) => {
      const userName = `${client.userName} (${client.keyName})`
      const done = await requestDeed(ctx, { ...ready, accountId: client.accountId, key: `api:${randomUUID()}`, userName })
      if (!done.ok) return refused(done.error === 'resource-not-found' ? 'not-found' : done.error)
      const shown = await show(ctx, done.value.resourceId)
      return shown ? withSecret(shown, done.value.secret) : refused('not-found')
    },
  })
}

/** The schema of an endpoint that tells no secret leaves it out. */
function withSecret(shown: Shown, secret: string | undefined): Shown & { secret: string | null } {
  return { ...shown, secret: secret ?? null }
}

async function readyDeed(
  { tenantId, client, body, inScope }: Asker & { readonly body: unknown },
  { kind, publicId, ifMatch }: { readonly kind: DeedKind; readonly publicId: string; readonly ifMatch: string | null },
): Promise<ReadyDeed | Refused> {
  const { about, makes, capability } = deedTerms[kind]
  const subjectId = makes ? null : subjectOf(about, publicId)
  if (subjectId === undefined) return refused('not-found')
  const versions = versionsOf(ifMatch)
  if (versions === undefined) return refused('invalid-request', [{ pointer: 'If-Match', code: 'invalid' }])
  const told = deedOfBody(kind, body)
  if ('wrong' in told) return refused('invalid-request', told.wrong)
  const { deed } = told
  const cloud = await cloudFor(tenantId)
  if (!cloud?.capabilities.includes(capability)) return refused('not-offered')
  if (makes && client.projectIds !== null) return refused('project-limited')
  const { accountId } = client
  const load = await inScope((ctx) => loadOfDeed(ctx, { deed, subjectId, accountId }))
  const weighed = load && (await weighDeed(tenantId, load))
  return weighed && !weighed.ok ? weighed : { deed, subjectId, cloudRef: cloud.cloudRef, versions }
}

/** What the address names; undefined when it is the id of nothing such. */
function subjectOf(about: (typeof deedTerms)[DeedKind]['about'], publicId: string): string | undefined {
  for (const kind of about) {
    const id = fromPublicId(kind === 'server' ? 'resource' : kind, publicId)
    if (id) return id
  }
  return undefined
}
