import { Command, CommanderError, type OptionValues } from 'commander'
import { systemActor } from '#app/domain/shared/actor.ts'
import type { Result } from '#app/domain/shared/result.ts'
import { connect } from './connect.ts'

/** Exit codes of every command: 0 done, 1 refused or failed, 2 wrong use, 3 done with row errors, 78 bad configuration. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2, rowErrors: 3 } as const

/** The author of what a command changes, on the audit trail. */
export const commandLine = systemActor('command line')

/** What a command tells: for people a few lines, for programs one JSON value. */
export type Answer = { readonly lines: readonly string[]; readonly json: unknown; readonly exitCode?: number }

/** Thrown by an option parser or a command for input it cannot use; prints the message and exits 2. */
export function wrongUse(message: string): never {
  throw new CommanderError(exitCodes.wrongUse, 'livery.wrong-use', `error: ${message}`)
}

/**
 * A command called `name` whose `work` runs with the database open, unless it needs none. It never asks anything: what is missing is
 * wrong use. One file per command; `program.ts` lists them.
 */
export function command<O extends OptionValues>(
  name: string,
  description: string,
  work: (options: O, ...operands: string[]) => Promise<Answer>,
  { needsDatabase = true } = {},
): Command {
  const made = new Command(name).description(description).option('--json', 'print one JSON value instead of text')
  return made.action(async (...parameters: unknown[]) => {
    const operands = parameters.slice(0, -2) as string[]
    const close = needsDatabase ? await connect() : undefined
    try {
      finish(made, await work(made.opts<O>(), ...operands))
    } finally {
      await close?.()
    }
  })
}

/** The answer to a refusal: its code, and exit 1. */
export function refused(error: string, hint = ''): Answer {
  return { lines: [`refused: ${error}${hint ? ` (${hint})` : ''}`], json: { ok: false, error }, exitCode: exitCodes.failed }
}

/** The answer to a result: what `tell` says of its value, or the refusal. */
export function answerOf<T, E extends string>(result: Result<T, E>, tell: (value: T) => readonly string[]): Answer {
  return result.ok ? { lines: tell(result.value), json: { ok: true, ...result.value } } : refused(result.error)
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

function finish(command: Command, answer: Answer): void {
  const asJson = command.opts<{ json?: boolean }>().json === true
  const text = asJson
    ? JSON.stringify(answer.json, (_key, value) => (typeof value === 'bigint' ? value.toString() : value))
    : answer.lines.join('\n')
  if (text !== '') command.configureOutput().writeOut?.(`${text}\n`)
  // Commander knows one way out with an exit code: an error.
  if (answer.exitCode) throw new CommanderError(answer.exitCode, 'livery.answered', '')
}
