import { masked } from '#app/domain/payment-log/masked.ts'
import type { Clock } from '#app/ports/clock.ts'
import type { GatewayExchange } from '#app/ports/payment-gateway.ts'

const longestBody = 10_000

export type ExchangeLog = {
  readonly clock: Clock
  readonly log: (exchange: GatewayExchange) => void
  /** What must not stand in the log under any name. */
  readonly secrets: readonly string[]
}

type Asked = { readonly method: string; readonly path: string; readonly body: unknown }
type Answered = { readonly status: number | null; readonly problem: string | null; readonly body: unknown }

/** Begins to note one exchange; what is returned ends it. */
export function noteExchange({ clock, log, secrets }: ExchangeLog, { method, path, body }: Asked): (answer: Answered) => void {
  const at = clock.now()
  const began = performance.now()
  const safe = (value: unknown) => withoutSecrets(textOf(value), secrets).slice(0, longestBody)
  return (answer) =>
    log({
      operation: operationOf(path),
      method,
      path: withoutSecrets(path, secrets),
      status: answer.status,
      problem: answer.problem,
      request: safe(body),
      answer: safe(answer.body),
      durationMs: Math.round(performance.now() - began),
      at,
    })
}

/** What is asked for, without the ids: `payment_intents/capture`. */
function operationOf(path: string): string {
  const words = (path.split('?')[0] ?? '').split('/').filter((part) => part && !/\d/.test(part))
  return words.join('/')
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  return value instanceof Uint8Array ? `(${value.byteLength} bytes)` : JSON.stringify(value)
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  // A zero byte has no place in the column that keeps this.
  return masked(secrets.reduce((rest, secret) => (secret ? rest.replaceAll(secret, '***') : rest), text.replaceAll('\u0000', '')))
}
