import { z } from 'zod'
import { retryAfter } from './time.ts'

/** The step id of a call that runs the function until it finds something to do. */
export const discoveryStepId = 'step'

/** An error as it travels: a name, a message and a stack, never a class. */
export const StepError = z.looseObject({ name: z.string().default('Error'), message: z.string().default('Unknown error') })
export type StepError = z.infer<typeof StepError>

const Operation = z.object({
  op: z.string(),
  id: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.record(z.string(), z.unknown()).nullish(),
  data: z.unknown(),
  error: z.unknown().optional(),
})

/** One operation of a 206 answer: something the function did, or wants done. */
export type Operation = z.infer<typeof Operation>

/** What a call came to. `isRace` says that the function wants to run again after each step of a parallel group. */
export type Outcome =
  | { readonly kind: 'operations'; readonly operations: readonly Operation[]; readonly isRace: boolean; readonly retryAt: Date | undefined }
  | { readonly kind: 'result'; readonly data: unknown }
  | { readonly kind: 'error'; readonly error: StepError; readonly isRetriable: boolean; readonly retryAt: Date | undefined }

/** The event a run sees. `ts` is in milliseconds. */
export type RunEvent = { readonly id: string; readonly name: string; readonly data: unknown; readonly ts: number }

export type MemoisedStep = { readonly id: string; readonly data: unknown; readonly error: unknown }

export type CallRequest = {
  readonly runId: string
  readonly event: RunEvent
  readonly steps: readonly MemoisedStep[]
  readonly attempt: number
  readonly maxAttempts: number
  readonly hasPendingSteps: boolean
}

/**
 * The body of a call. `steps` come in the order they ended. No `fn_id` is sent: with it the SDK would try to report
 * steps to an Inngest API while they run.
 */
export function callBody(request: CallRequest): Record<string, unknown> {
  const stack = request.steps.map(({ id }) => id)
  return {
    version: 2,
    event: request.event,
    events: [request.event],
    steps: Object.fromEntries(request.steps.map((step) => [step.id, memoised(step)])),
    ctx: {
      run_id: request.runId,
      attempt: request.attempt,
      max_attempts: request.maxAttempts,
      // With steps under way, a newly found step is planned and not run at once: it could be one of those.
      disable_immediate_execution: request.hasPendingSteps,
      use_api: false,
      stack: { stack, current: stack.length },
    },
  }
}

function memoised({ data, error }: MemoisedStep): Record<string, unknown> {
  return error === null || error === undefined ? { type: 'data', data: data ?? null } : { type: 'error', error }
}

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** Reads the handler's answer; anything that is not the protocol is a retriable error. */
export function readAnswer(answer: Answer, now: Date): Outcome {
  const header = (name: string) => [answer.headers[name]].flat()[0]
  const retryAt = retryAfter(header('retry-after'), now)
  const body = parseJson(answer.body)
  if (body === undefined) return { kind: 'error', error: unreadable(answer), isRetriable: true, retryAt }
  if (answer.status === 200) return { kind: 'result', data: body }
  if (answer.status !== 206) {
    return { kind: 'error', error: readError(body), isRetriable: header('x-inngest-no-retry') !== 'true', retryAt }
  }
  const operations = z.array(Operation).safeParse(body)
  if (!operations.success) return { kind: 'error', error: unreadable(answer), isRetriable: true, retryAt }
  return { kind: 'operations', operations: operations.data, isRace: header('x-inngest-req-version') === '1', retryAt }
}

/** Whatever was thrown, as an error that can be stored. */
export function readError(value: unknown): StepError {
  const text = typeof value === 'string' ? parseJson(value) : value
  const parsed = StepError.safeParse(text)
  if (!parsed.success) return { name: 'Error', message: String(value) }
  const { error } = parsed.data
  return parsed.data.message === 'Unknown error' && typeof error === 'string' ? { ...parsed.data, message: error } : parsed.data
}

function unreadable(answer: Answer): StepError {
  return { name: 'ProtocolError', message: `The handler answered ${answer.status}: ${answer.body.slice(0, 200)}` }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
