import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '#app/ports/clock.ts'
import { CloudError } from '../cloud-error.ts'
import type { ExactJson } from '../exact-json.ts'
import { openAnswer } from './api-answer.ts'
import { type Parameters, signedForm } from './sign-request.ts'

export type CloudStackConnection = {
  /** Names the cloud in content keys; it stays the same when the address or the credentials change. */
  readonly cloud: string
  /** The full address of the API, e.g. `https://cloud.example.net/client/api`. */
  readonly endpoint: string
  readonly apiKey: string
  readonly secretKey: string
}

export type CallLimits = {
  readonly timeoutMs: number
  readonly maxAnswerBytes: number
  /** Calls per request, the first one included. */
  readonly attempts: number
  /** The wait before the second call; it doubles with each further one. */
  readonly retryDelayMs: number
  readonly maxRetryDelayMs: number
}

/** A page of 500 records is about 400 kB; the size limit leaves room for long descriptions and many tags. */
export const usualLimits: CallLimits = {
  timeoutMs: 60_000,
  maxAnswerBytes: 32 * 1024 * 1024,
  attempts: 5,
  retryDelayMs: 500,
  maxRetryDelayMs: 20_000,
}

/**
 * Calls one CloudStack API command and opens its answer. Repeats what may pass (no answer, 429, 5xx, malformed or truncated
 * JSON) within the limits; never repeats a refusal such as 401. For reading commands only: repeating them changes nothing.
 * @throws CloudError
 */
export type CloudStackCall = (parameters: Parameters & { readonly command: string }) => Promise<ExactJson>

/** Binds a connection to the calls over it. @throws CloudError `refused` when the endpoint is not an http(s) address. */
export function cloudStackCaller(connection: CloudStackConnection, clock: Clock, limits: CallLimits): CloudStackCall {
  const endpoint = readEndpoint(connection.endpoint)
  return async (parameters) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await callOnce({ endpoint, connection, parameters, limits, now: clock.now() })
      } catch (error) {
        const failure = withoutSecrets(error, connection)
        if (!failure.isTransient || attempt >= limits.attempts) throw failure
        const delay = failure.retryAfterMs ?? limits.retryDelayMs * 2 ** (attempt - 1)
        await pause(Math.min(delay, limits.maxRetryDelayMs))
      }
    }
  }
}

type Call = {
  endpoint: URL
  connection: CloudStackConnection
  parameters: Parameters & { readonly command: string }
  limits: CallLimits
  now: Date
}

async function callOnce({ endpoint, connection, parameters, limits, now }: Call): Promise<ExactJson> {
  const { command } = parameters
  const signal = AbortSignal.timeout(limits.timeoutMs)
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: signedForm({ parameters, apiKey: connection.apiKey, secretKey: connection.secretKey, now }),
      // A signed body goes to the configured address and nowhere else.
      redirect: 'error',
      signal,
    })
    const body = await readBody(response, limits.maxAnswerBytes, command)
    return openAnswer({ command, status: response.status, retryAfter: response.headers.get('retry-after'), body })
  } catch (error) {
    if (error instanceof CloudError) throw error
    if (signal.aborted) {
      throw new CloudError('timed-out', `cloudstack ${command}: no answer within ${limits.timeoutMs} ms`, {
        isTransient: true,
        cause: error,
      })
    }
    throw new CloudError('unavailable', `cloudstack ${command}: the connection failed`, { isTransient: true, cause: error })
  }
}

async function readBody(response: Response, maxBytes: number, command: string): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength
    if (size > maxBytes) {
      await reader?.cancel()
      throw new CloudError('answer-too-large', `cloudstack ${command}: the answer exceeds ${maxBytes} bytes`)
    }
    parts.push(part.value)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
  } catch {
    throw new CloudError('malformed-answer', `cloudstack ${command}: the answer is not UTF-8`, { isTransient: true })
  }
}

function readEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new CloudError('refused', 'cloudstack: the endpoint is not an http or https address')
  }
  return url
}

/** A cloud may echo what it was sent; its words are passed on without the keys. */
function withoutSecrets(error: unknown, { apiKey, secretKey }: CloudStackConnection): CloudError {
  if (!(error instanceof CloudError)) throw error
  const message = [secretKey, apiKey].filter(Boolean).reduce((text, secret) => text.replaceAll(secret, '[key]'), error.message)
  if (message === error.message) return error
  const { code, status, isTransient, retryAfterMs } = error
  return new CloudError(code, message, {
    isTransient,
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
}
