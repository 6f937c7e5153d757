import { badConfigurationExitCode, ConfigurationError } from './configuration-error.server.ts'

/**
 * Runs the main function of a script. A number it returns is the exit code, without one the process lives on; a bad configuration prints one line per
 * problem and exits 78; anything else prints its stack and exits 1.
 */
export function runMain(main: () => Promise<unknown>): void {
  main().then(
    (code) => {
      if (typeof code === 'number') exitAfterOutput('', code)
    },
    (error: unknown) => {
      if (error instanceof ConfigurationError) exitAfterOutput(`${describeProblems(error)}\n`, badConfigurationExitCode)
      else exitAfterOutput(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`, 1)
    },
  )
}

/** One readable line per problem, each naming its setting. */
export function describeProblems(error: ConfigurationError): string {
  return error.problems.map(({ setting, problem }) => `Bad configuration: ${setting} ${problem}`).join('\n')
}

// Output to a pipe is written asynchronously: exiting before the callbacks would cut it off.
function exitAfterOutput(text: string, code: number): void {
  process.stdout.write('', () => process.stderr.write(text, () => process.exit(code)))
}
