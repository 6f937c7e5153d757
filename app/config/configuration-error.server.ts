/** One thing wrong with the installation: the setting to change, and what is wrong with it. */
export type ConfigurationProblem = { setting: string; problem: string }

/** The exit code of a process that was started with a bad configuration (EX_CONFIG of sysexits). */
export const badConfigurationExitCode = 78

/** A start that cannot succeed until a person changes a setting. Carries every problem found, not only the first. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError'
  readonly problems: readonly ConfigurationProblem[]

  constructor(problems: readonly ConfigurationProblem[], options?: ErrorOptions) {
    super(problems.map(({ setting, problem }) => `${setting}: ${problem}`).join('\n'), options)
    this.problems = problems
  }
}

/** A `ConfigurationError` about one setting. */
export function badSetting(setting: string, problem: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError([{ setting, problem }], { cause })
}
