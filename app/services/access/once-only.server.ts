import type { TenantContext } from '#app/db/context.server.ts'
import { keepAnswer, keptAnswer, type RepeatableRequest, takeRequest } from '#app/db/people/api-keys.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** A request that may come again, and the status it is answered with. */
export type RepeatedRequest = RepeatableRequest & {
  readonly status: number
  /** What is kept of an answer that is not to be said again as it is. */
  readonly keptAs?: (answer: string) => string
}

/**
 * Does `work` once for requests with the same key: in one transaction with the answer that is kept for 24 hours, so that a deed and its
 * answer are both there or neither is. The same request again gets that answer; one with another body, or while the first runs, is refused.
 */
export async function onceOnly<T, E extends string>(
  ctx: TenantContext,
  request: RepeatedRequest | null,
  work: () => Promise<Result<T | string, E>>,
): Promise<Result<{ answer: T | string; isReplayed: boolean }, E | 'request-running' | 'idempotency-key-reused'>> {
  if (request) {
    if (!(await takeRequest(ctx, request))) return err('request-running')
    const kept = await keptAnswer(ctx, request)
    if (kept && kept.requestHash !== request.requestHash) return err('idempotency-key-reused')
    if (kept) return ok({ answer: kept.body, isReplayed: true })
  }
  const done = await work()
  if (!done.ok) return done
  if (request && typeof done.value === 'string') {
    const { status, keptAs = (text: string) => text, ...named } = request
    await keepAnswer(ctx, named, { status, body: keptAs(done.value) })
  }
  return ok({ answer: done.value, isReplayed: false })
}
