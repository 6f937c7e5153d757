import type { Logger } from 'inngest'
import pino from 'pino'
import { environment } from '#app/config/env.server.ts'

let logger: pino.Logger | undefined

// The level is read at the first line and not at import, so that a bad environment is reported by the main function.
const log = (): pino.Logger => {
  logger ??= pino({ name: 'jobs', level: environment().LOG_LEVEL })
  return logger
}

type Write = (fields: object, message?: string) => void

/** The log of background work, one JSON line each. */
export const jobsLog: Logger = {
  debug: (...line: unknown[]) => write(log().debug.bind(log()), line),
  info: (...line: unknown[]) => write(log().info.bind(log()), line),
  warn: (...line: unknown[]) => write(log().warn.bind(log()), line),
  error: (...line: unknown[]) => write(log().error.bind(log()), line),
}

/** Inngest writes either a text, or fields and a text. */
function write(to: Write, [first, ...rest]: unknown[]): void {
  if (typeof first === 'object' && first !== null) to(first, rest.map(String).join(' '))
  else to({}, [first, ...rest].map(String).join(' '))
}
