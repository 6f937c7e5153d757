import { z } from 'zod'
import { parseExpression } from './expression.ts'
import { nextTick } from './time.ts'

const Concurrency = z.object({ limit: z.number().int().min(0), key: z.string().optional(), scope: z.string().optional() })

/** What the handler tells about a function when it is registered, as far as the executor uses it. */
const RegisteredFunction = z.looseObject({
  id: z.string(),
  triggers: z.array(z.union([z.object({ event: z.string(), expression: z.string().optional() }), z.object({ cron: z.string() })])),
  steps: z.object({
    step: z.object({ runtime: z.object({ url: z.string() }), retries: z.object({ attempts: z.number().optional() }).optional() }),
  }),
  idempotency: z.string().optional(),
  concurrency: z.union([z.number(), Concurrency, z.array(Concurrency)]).optional(),
  cancel: z.array(z.object({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() })).optional(),
})

const unsupported = ['batchEvents', 'rateLimit', 'throttle', 'debounce', 'singleton', 'timeouts', 'priority']
const defaultRetries = 3

type ConcurrencyLimit = { readonly limit: number; readonly key: string | undefined; readonly isShared: boolean }
export type Cancellation = { readonly event: string; readonly condition: string | undefined; readonly timeout: string | undefined }

/** A function as the executor runs it. `path` is where its calls go; `maxAttempts` counts the first try. */
export type FunctionConfig = {
  readonly id: string
  readonly path: string
  readonly maxAttempts: number
  readonly events: readonly { readonly name: string; readonly condition: string | undefined }[]
  readonly crons: readonly string[]
  readonly idempotency: string | undefined
  readonly concurrency: readonly ConcurrencyLimit[]
  readonly cancelOn: readonly Cancellation[]
}

/**
 * Reads the `functions` of a registration, by id.
 * @throws Error naming the function whose settings the embedded executor does not run.
 */
export function readFunctions(registered: unknown): ReadonlyMap<string, FunctionConfig> {
  const configs = z.array(RegisteredFunction).parse(registered).map(readFunction)
  return new Map(configs.map((config) => [config.id, config]))
}

function readFunction(given: z.infer<typeof RegisteredFunction>): FunctionConfig {
  const refused = unsupported.filter((name) => given[name] !== undefined)
  if (refused.length > 0) throw new Error(`${given.id}: the embedded executor does not run ${refused.join(', ')}`)

  const url = new URL(given.steps.step.runtime.url)
  const config: FunctionConfig = {
    id: given.id,
    path: `${url.pathname}${url.search}`,
    maxAttempts: (given.steps.step.retries?.attempts ?? defaultRetries) + 1,
    events: given.triggers.flatMap((trigger) => ('event' in trigger ? [{ name: trigger.event, condition: trigger.expression }] : [])),
    crons: given.triggers.flatMap((trigger) => ('cron' in trigger ? [trigger.cron] : [])),
    idempotency: given.idempotency,
    concurrency: limitsOf(given.concurrency),
    cancelOn: (given.cancel ?? []).map((cancel) => ({ event: cancel.event, condition: cancel.if, timeout: cancel.timeout })),
  }
  refuseUnreadable(config)
  return config
}

function limitsOf(given: z.infer<typeof RegisteredFunction>['concurrency']): ConcurrencyLimit[] {
  if (given === undefined) return []
  if (typeof given === 'number') return given > 0 ? [{ limit: given, key: undefined, isShared: false }] : []
  const limits = (Array.isArray(given) ? given : [given]).filter(({ limit }) => limit > 0)
  return limits.map(({ limit, key, scope }) => ({ limit, key, isShared: scope === 'env' || scope === 'account' }))
}

/** A bad expression or schedule stops the start, not the first run. */
function refuseUnreadable(config: FunctionConfig): void {
  const expressions = [
    config.idempotency,
    ...config.events.map(({ condition }) => condition),
    ...config.concurrency.map(({ key }) => key),
    ...config.cancelOn.map(({ condition }) => condition),
  ]
  try {
    for (const expression of expressions) if (expression !== undefined) parseExpression(expression)
    for (const cron of config.crons) nextTick(cron, new Date(0))
  } catch (error) {
    throw new Error(`${config.id}: ${(error as Error).message}`, { cause: error })
  }
}
