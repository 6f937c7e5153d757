import type { LeasedCall } from './calls.server.ts'
import type { HandlerClient } from './handler.server.ts'
import { applyOutcome } from './outcome.server.ts'
import { type Outcome, readError } from './protocol.ts'
import { type Runtime, transact } from './work.server.ts'

const maxTakeovers = 10
const applyTries = 5

/**
 * Makes one leased call and writes its outcome down. Between the two the process may die: the step then runs again, in
 * this worker or another, and its effect stays single because the effect's own transaction has a natural key.
 */
export async function makeCall(runtime: Runtime, handler: HandlerClient, call: LeasedCall): Promise<void> {
  try {
    await runtime.atPoint('leased')
    const outcome = call.takeovers > maxTakeovers ? workersLost(call) : await askHandler(runtime, handler, call)
    await runtime.atPoint('answered')
    const isOurs = await applyWithRetries(runtime, call, outcome)
    await runtime.atPoint(isOurs ? 'committed' : 'lease-refused')
    if (!isOurs) runtime.log.warn({ runId: call.runId, stepId: call.stepId }, 'a stale lease was refused')
  } catch (error) {
    // The lease runs out and another pass makes the call again.
    runtime.log.error({ err: error, runId: call.runId, stepId: call.stepId }, 'a call could not be finished')
  }
}

async function askHandler(runtime: Runtime, handler: HandlerClient, call: LeasedCall): Promise<Outcome> {
  const { runId, event, steps, attempt, hasPendingSteps, config } = call
  try {
    return await handler.call(
      config,
      call.stepId,
      { runId, event, steps, attempt, hasPendingSteps, maxAttempts: config.maxAttempts },
      runtime.now,
    )
  } catch (error) {
    return {
      kind: 'error',
      error: readError({ name: 'HandlerUnreachable', message: (error as Error).message }),
      isRetriable: true,
      retryAt: undefined,
    }
  }
}

/** A call that takes its worker down each time counts as failed, or it would take down every worker forever. */
function workersLost(call: LeasedCall): Outcome {
  const error = { name: 'WorkersLost', message: `${call.takeovers} workers ended while they made this call` }
  return { kind: 'error', error, isRetriable: true, retryAt: undefined }
}

/** After a lost connection nobody knows whether the transaction stands: the lease tells, so trying again is harmless. */
async function applyWithRetries(runtime: Runtime, call: LeasedCall, outcome: Outcome): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transact(runtime, async (work) => {
        const isOurs = await applyOutcome(work, call, outcome)
        await runtime.atPoint('before-commit')
        return isOurs
      })
    } catch (error) {
      if (tries >= applyTries) throw error
      runtime.log.warn({ err: error, runId: call.runId }, 'an outcome is written again')
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** tries))
    }
  }
}
