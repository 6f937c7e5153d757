import { pino } from 'pino'
import { environment } from '#app/config/env.server.ts'
import { requestIdOf } from '../request/request-id.ts'

let log: ReturnType<typeof pino> | undefined

/** The web process's log: one JSON object a line, with secrets and personal data left out. */
export function webLog() {
  log ??= pino({ name: 'web', level: environment().LOG_LEVEL, redact: ['*.password', '*.cookie', '*.authorization', '*.token'] })
  return log
}

/** Notes a failure under the id the reader can quote. The query is left out: it may carry a one-time link. */
export function logFailure(request: Request, failure: unknown): void {
  webLog().error(
    { requestId: requestIdOf(request), method: request.method, path: new URL(request.url).pathname, err: failure },
    'request failed',
  )
}
