import { data } from '@remix-run/node'

/** What a thrown refusal carries to the error boundary: a stable code, never a sentence. */
export type Refusal = { readonly code: string }

/** A refusal to throw from a loader or action; the error boundary says it in the reader's language. */
export function refuse(status: 400 | 403 | 404 | 409 | 413 | 415 | 429 | 503, code: string, headers?: Record<string, string>) {
  return data({ code } satisfies Refusal, headers ? { status, headers } : { status })
}

/** `value`, or 404: what is not there and what belongs to somebody else answer alike. */
export function orNotFound<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw refuse(404, 'not-found')
  return value
}
