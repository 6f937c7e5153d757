/** A broken assumption of our own: a bug, never an answer to bad input. */
export class InvariantError extends Error {
  override name = 'InvariantError'
}

/**
 * Throws when `condition` does not hold.
 * @throws InvariantError with `message`, which names the function and what it found.
 */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}
