/** How long tries are counted together, and how many of them may fail. */
export const attemptWindowMs = 900_000
export const attemptsPerWindow = 10

/** The quarter of an hour that `now` falls into: its start. */
export function attemptWindowAt(now: Date): Date {
  return new Date(Math.floor(now.getTime() / attemptWindowMs) * attemptWindowMs)
}
