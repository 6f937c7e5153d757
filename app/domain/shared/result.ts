/** The outcome of something that may be refused for a reason the caller must handle. */
export type Result<T, E extends string> = Ok<T> | Err<E>
export type Ok<T> = { readonly ok: true; readonly value: T }
export type Err<E> = { readonly ok: false; readonly error: E }

/** A success carrying `value`. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value }
}

/** A refusal named by a stable kebab-case code, never by a sentence. */
export function err<E extends string>(error: E): Err<E> {
  return { ok: false, error }
}
