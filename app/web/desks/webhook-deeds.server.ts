import { data } from '@remix-run/node'
import { z } from 'zod'
import { addDays, startOfDay } from '#app/domain/time/local-date.ts'
import { webhookEventTypes } from '#app/domain/webhook/event-types.ts'
import { addEndpoint, changeEndpoint, rotateEndpoint } from '#app/services/webhooks/keep-endpoint.server.ts'
import { sendWebhookAgain, sendWebhooksAgain } from '#app/services/webhooks/send-webhook-again.server.ts'
import { sealWebhookSecret, type TenantContext } from '#app/wiring.server.ts'
import { dayOf } from '../request/filters.ts'
import { uuid } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'
import { redirectWithToast } from '../request/redirects.server.ts'
import { orNotFound, refuse } from '../request/refuse.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

/** Runs work with the rights of who asks. */
type Run = <T>(work: (ctx: TenantContext) => Promise<T>) => Promise<T>

const ticks = Object.fromEntries(webhookEventTypes.map((type) => [type, z.literal('on').optional()]))
const NewEndpoint = z.object({ url: z.string('required').trim().max(2_000, 'too-long'), ...ticks })

/** Adds an endpoint of the account, or of the seller for null, and answers with its secret, which is told this once. */
export async function addWebhook(request: Request, { accountId, run }: { readonly accountId: string | null; readonly run: Run }) {
  const form = await parseForm(request, NewEndpoint)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const values = form.value as Readonly<Record<string, string>>
  const eventTypes = webhookEventTypes.filter((type) => values[type] === 'on')
  const { url } = form.value
  const added = await run((ctx) => addEndpoint(ctx, { accountId, url, eventTypes }, sealWebhookSecret))
  return added.ok ? { secret: added.value.secret } : data({ problem: added.error, values }, { status: 422 })
}

const EndpointDeed = z.object({
  deed: z.enum(['rotate', 'pause', 'start', 'remove', 'again', 'range']),
  deliveryId: uuid.optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  all: z.literal('on').optional(),
})
type EndpointDeed = z.output<typeof EndpointDeed>

type EndpointPage = { readonly endpointId: string; readonly run: Run; readonly listPath: string }

/** Does what the page of an endpoint asks for. @throws 404 for an endpoint outside of the scope. */
export async function changeWebhook(request: Request, { endpointId, run, listPath }: EndpointPage) {
  const form = await parseForm(request, EndpointDeed)
  if (!form.ok) throw refuse(400, 'invalid')
  const { deed, deliveryId } = form.value
  const path = `${listPath}/${endpointId}`
  if (deed === 'rotate') {
    const rotated = await run((ctx) => rotateEndpoint(ctx, { endpointId }, sealWebhookSecret))
    return { secret: orNotFound(rotated.ok ? rotated.value.secret : null) }
  }
  if (deed === 'again') {
    const sent = await run((ctx) => sendWebhookAgain(ctx, { deliveryId: orNotFound(deliveryId) }))
    orNotFound(sent.ok || null)
    return redirectWithToast(request, path, 'saved')
  }
  if (deed === 'range') {
    const range = orRefused(await rangeOf(request, form.value))
    const sent = await run((ctx) => sendWebhooksAgain(ctx, { endpointId, ...range }))
    return { count: orNotFound(sent.ok ? sent.value.count : null) }
  }
  const state = ({ pause: 'paused', start: 'active', remove: 'removed' } as const)[deed]
  const changed = await run((ctx) => changeEndpoint(ctx, { endpointId, state }))
  orNotFound(changed.ok || null)
  return redirectWithToast(request, deed === 'remove' ? listPath : path, 'saved')
}

/** The days asked for, both included, in the seller's zone. */
async function rangeOf(request: Request, { from, to, all }: EndpointDeed) {
  const { timeZone } = await tenantOf(request)
  const [first, last] = [dayOf(from ?? null), dayOf(to ?? null)]
  if (!first || !last) return null
  return { from: startOfDay(first, timeZone), before: startOfDay(addDays(last, 1), timeZone), isFailedOnly: all !== 'on' }
}

function orRefused<T>(value: T | null): T {
  if (value === null) throw refuse(400, 'invalid')
  return value
}
