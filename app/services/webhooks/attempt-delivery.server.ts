import { createHash } from 'node:crypto'
import type { TenantContext } from '#app/db/context.server.ts'
import { findWebhookDelivery, recordAttempt, type WebhookDeliveryRow } from '#app/db/sellers/webhook-deliveries.server.ts'
import { type EndpointRow, findEndpoint, noteHealth, pauseEndpoint } from '#app/db/sellers/webhook-endpoints.server.ts'
import { pauseAfterMs, waitAfter } from '#app/domain/webhook/retries.ts'
import type { WebhookAnswer, WebhookSender } from '#app/ports/webhook-sender.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { tellOfPause } from './tell-of-pause.server.ts'

export type WebhookPorts = {
  readonly sender: WebhookSender
  openSecret(ciphertext: Uint8Array, endpointId: string): string
  /** Signs by Standard Webhooks; `timestamp` in seconds. */
  sign(message: { readonly id: string; readonly timestamp: number; readonly body: string }, secret: string): string
}

export type AttemptInput = { readonly deliveryId: string; readonly round: number }

/** `waitMs`: how long until the next attempt; null when there is none. */
export type AttemptOutcome = { readonly waitMs: number | null }

const over: AttemptOutcome = { waitMs: null }

type Ready = { readonly delivery: WebhookDeliveryRow; readonly endpoint: EndpointRow; readonly at: Date }

/**
 * Tries a delivery once and notes request, answer and time. Nothing happens when it is over, or was asked for anew since. It is tried for
 * 72 hours; an endpoint that has taken nothing for five days is paused, its owner is told, and what it is due fails at once, to be sent again later.
 */
export async function attemptWebhook(process: TenantProcess<WebhookPorts>, input: AttemptInput): Promise<AttemptOutcome> {
  const ready = await process.inTenant((ctx) => prepare(ctx, input))
  if (!ready) return over
  const answer = await process.ports.sender.send(callFor(ready, process.ports))
  return process.inTenant((ctx) => note(ctx, ready, answer))
}

async function prepare(ctx: TenantContext, { deliveryId, round }: AttemptInput): Promise<Ready | undefined> {
  const delivery = await findWebhookDelivery(ctx, deliveryId)
  if (delivery?.state !== 'waiting' || delivery.round !== round) return undefined
  const endpoint = await findEndpoint(ctx, delivery.endpointId)
  if (endpoint?.state === 'active') return { delivery, endpoint, at: ctx.now }
  const attempt = { delivery, at: ctx.now, durationMs: 0, status: null, answer: '', problem: 'endpoint-paused' }
  await recordAttempt(ctx, { ...attempt, state: 'failed', nextAttemptAt: null })
  return undefined
}

function callFor({ delivery, endpoint, at }: Ready, ports: WebhookPorts) {
  const message = { id: `msg_${delivery.id.replaceAll('-', '')}`, timestamp: Math.floor(at.getTime() / 1000), body: delivery.body }
  const isRotating = endpoint.previousSecretUntil !== null && endpoint.previousSecretUntil > at
  const sealed = [
    endpoint.secretCiphertext,
    ...(isRotating && endpoint.previousSecretCiphertext ? [endpoint.previousSecretCiphertext] : []),
  ]
  const signatures = sealed.map((ciphertext) => ports.sign(message, ports.openSecret(ciphertext, endpoint.id)))
  const headers = {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': signatures.join(' '),
  }
  return { url: endpoint.url, headers, body: delivery.body }
}

async function note(ctx: TenantContext, { delivery, endpoint, at }: Ready, answer: WebhookAnswer): Promise<AttemptOutcome> {
  const isTaken = answer.status !== null && answer.status >= 200 && answer.status < 300
  const attempt = delivery.attempts + 1
  const elapsedMs = ctx.now.getTime() - (delivery.firstAttemptAt ?? at).getTime()
  const tries = await ctx.db.webhookAttempt.count({
    where: { tenantId: ctx.tenantId, deliveryId: delivery.id, at: { gte: delivery.firstAttemptAt ?? at } },
  })
  const waitMs = isTaken ? null : waitAfter({ attempt: tries + 1, elapsedMs, jitter: jitterOf(delivery.id, attempt) })
  const state = isTaken ? 'delivered' : waitMs === null ? 'failed' : 'waiting'
  const nextAttemptAt = waitMs === null ? null : new Date(ctx.now.getTime() + waitMs)
  await recordAttempt(ctx, { delivery, at, ...answer, state, nextAttemptAt })
  await noteHealth(ctx, endpoint.id, isTaken)
  const isIllForDays = endpoint.failingSince !== null && ctx.now.getTime() - endpoint.failingSince.getTime() >= pauseAfterMs
  if (!isTaken && isIllForDays && (await pauseEndpoint(ctx, endpoint.id))) await tellOfPause(ctx, endpoint)
  return { waitMs }
}

/** From 0 to 1, the same for the same attempt: what failed together is spread, and a step that runs again waits the same. */
function jitterOf(deliveryId: string, attempt: number): number {
  return createHash('sha256').update(`${deliveryId}/${attempt}`).digest().readUInt16BE(0) / 65_535
}
