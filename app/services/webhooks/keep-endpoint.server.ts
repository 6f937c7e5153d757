import { randomBytes } from 'node:crypto'
import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import {
  countEndpoints,
  findEndpoint,
  insertEndpoint,
  rotateSecret,
  type SealedSecret,
  setEndpointState,
} from '#app/db/sellers/webhook-endpoints.server.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { WebhookEventType } from '#app/domain/webhook/event-types.ts'

/** Encrypts a secret for the endpoint with this id. */
export type SealSecret = (plain: string, endpointId: string) => SealedSecret

export type AddEndpointInput = {
  /** Null: of the seller itself. */
  readonly accountId: string | null
  readonly url: string
  readonly eventTypes: readonly WebhookEventType[]
}
export type AddEndpointError = 'bad-url' | 'no-events' | 'too-many'

/** At most so many endpoints has an owner. */
const mostEndpoints = 10
/** How long the old secret signs beside a new one, in milliseconds. */
const rotationMs = 24 * 3_600_000

/** Adds an endpoint and returns its secret, which is told this once. Only https and no sign-in within the address. */
export async function addEndpoint(
  ctx: TenantContext,
  input: AddEndpointInput,
  seal: SealSecret,
): Promise<Result<{ endpointId: string; secret: string }, AddEndpointError>> {
  const url = plainUrl(input.url)
  if (!url) return err('bad-url')
  if (input.eventTypes.length === 0) return err('no-events')
  if ((await countEndpoints(ctx, input.accountId)) >= mostEndpoints) return err('too-many')
  const [id, secret] = [newId(), newSecret()]
  await insertEndpoint(ctx, { ...input, id, url, secret: seal(secret, id), createdBy: actorName(ctx.actor) })
  await audit(ctx, { action: 'webhook.added', subjectKind: 'webhook', subjectId: id, detail: { url, eventTypes: [...input.eventTypes] } })
  return ok({ endpointId: id, secret })
}

export type EndpointInput = { readonly endpointId: string }

/** Gives an endpoint a new secret, told this once; the old one signs beside it for a day. */
export async function rotateEndpoint(
  ctx: TenantContext,
  { endpointId }: EndpointInput,
  seal: SealSecret,
): Promise<Result<{ secret: string }, 'endpoint-not-found'>> {
  if (!(await findEndpoint(ctx, endpointId))) return err('endpoint-not-found')
  const secret = newSecret()
  await rotateSecret(ctx, endpointId, { secret: seal(secret, endpointId), until: new Date(ctx.now.getTime() + rotationMs) })
  await audit(ctx, { action: 'webhook.rotated', subjectKind: 'webhook', subjectId: endpointId })
  return ok({ secret })
}

/** Pauses an endpoint, starts it again, or takes it off for good. What failed meanwhile can be sent again. Safe to repeat. */
export async function changeEndpoint(
  ctx: TenantContext,
  { endpointId, state }: EndpointInput & { readonly state: 'active' | 'paused' | 'removed' },
): Promise<Result<void, 'endpoint-not-found'>> {
  const endpoint = await findEndpoint(ctx, endpointId)
  if (!endpoint) return err('endpoint-not-found')
  if (endpoint.state === state) return ok(undefined)
  await setEndpointState(ctx, endpointId, state)
  await audit(ctx, { action: `webhook.${state}`, subjectKind: 'webhook', subjectId: endpointId })
  return ok(undefined)
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

function plainUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isPlain = url.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname !== ''
  url.hash = ''
  return isPlain ? url.href : undefined
}
