import { Inngest, type Logger, Middleware } from 'inngest'
import { getAsyncCtx } from 'inngest/experimental'
import { environment } from '#app/config/env.server.ts'
import { jobsLog } from './log.server.ts'

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Gives the events of a `step.sendEvent` ids made of run, step and position. A step that runs again after a crash sends
 * the same events again, and whoever receives them knows them already.
 */
class StableEventIds extends Middleware.BaseMiddleware {
  readonly id = 'livery:stable-event-ids'

  override async transformSendEvent(sent: Middleware.TransformSendEventArgs): Promise<Middleware.TransformSendEventArgs> {
    const execution = (await getAsyncCtx())?.execution
    const step = execution?.executingStep
    if (!execution || !step) return sent
    const prefix = `${execution.ctx.runId}:${step.hashedId ?? step.id}`
    return { ...sent, events: sent.events.map((event, index) => ({ ...event, id: event.id ?? `${prefix}:${index}` })) }
  }
}

/** Without an Inngest server configured, nothing leaves this machine: a call elsewhere is a mistake, not a fallback. */
const guardedFetch: typeof fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input)
  if (!environment().INNGEST_EVENT_KEY && !loopback.has(url.hostname)) {
    throw new Error(`Jobs run on the embedded executor; a request to ${url.hostname} is refused`)
  }
  return fetch(input, init)
}

/** A client of the app `id`. Always in cloud mode, in which the handler takes signed requests only. */
export function createClient(id: string, logger: Logger) {
  return new Inngest({ id, isDev: false, aiMetadata: false, middleware: [StableEventIds], fetch: guardedFetch, logger })
}

/** The product's client: `inngest.createFunction(…)` defines a function. */
export const inngest = createClient('livery', jobsLog)
