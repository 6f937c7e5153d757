/** How long tries are counted together, and how many of them may fail. */
export const attemptWindowMs = 900_000
export const attemptsPerWindow = 10
/** With a proof of work for each of those beyond. */
export const provenAttemptsPerWindow = 100
/** So many tries at promotion codes a solved task gives back: an order looks at its codes up to three times on its way. */
export const triesPerTask = 3
/** And so many tasks count in a window. */
export const provenTasksPerWindow = 30
/** Gift codes are money: fewer tries are free. */
export const freeGiftAttempts = 5

/** The quarter of an hour that `now` falls into: its start. */
export function attemptWindowAt(now: Date): Date {
  return new Date(Math.floor(now.getTime() / attemptWindowMs) * attemptWindowMs)
}
