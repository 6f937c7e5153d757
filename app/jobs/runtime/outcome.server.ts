import { endCall, holdsLease, type LeasedCall, requestCall, retryCall } from './calls.server.ts'
import { discoveryStepId, type Operation, type Outcome, readError, type StepError } from './protocol.ts'
import { endRun, goOn, type LockedRun, lockRun, saveStep } from './runs.server.ts'
import { planWait } from './waits.server.ts'
import type { Work } from './work.server.ts'

/**
 * Writes down what a leased call came to, in one transaction: outcomes of steps, what the function wants next, the end
 * of the run. False when the lease is no longer ours; then nothing is written, for another worker makes the call.
 */
export async function applyOutcome(work: Work, call: LeasedCall, outcome: Outcome): Promise<boolean> {
  const run = await lockRun(work, call.runId)
  if (!(await holdsLease(work, call.leaseId))) return false
  if (!run) throw new Error(`The call ${call.stepId} of the ended run ${call.runId} is still leased`)

  await work.db.query('update jobs.runs set attempts = greatest(attempts, $2) where id = $1', [run.id, call.attempt + 1])
  if (outcome.kind === 'result') await endRun(work, run, { state: 'completed', output: outcome.data })
  else if (outcome.kind === 'error') await applyError(work, run, call, outcome)
  else await applyOperations(work, run, call, outcome)
  return true
}

async function applyError(work: Work, run: LockedRun, call: LeasedCall, outcome: Extract<Outcome, { kind: 'error' }>): Promise<void> {
  if (outcome.isRetriable && hasTriesLeft(call)) return retryCall(work, call, outcome.retryAt ?? nextTry(work, call))
  await endRun(work, run, { state: 'failed', error: outcome.error })
}

const hasTriesLeft = (call: LeasedCall) => call.attempt + 1 < call.config.maxAttempts
const nextTry = (work: Work, call: LeasedCall) => new Date(work.now.getTime() + work.retryDelayMs(call.attempt))

async function applyOperations(
  work: Work,
  run: LockedRun,
  call: LeasedCall,
  outcome: Extract<Outcome, { kind: 'operations' }>,
): Promise<void> {
  const failed = outcome.operations.find(({ op }) => op === 'StepError')
  if (failed && hasTriesLeft(call)) return retryCall(work, call, outcome.retryAt ?? nextTry(work, call))

  let hasEnded = false
  for (const operation of outcome.operations) {
    const isRace = outcome.isRace || operation.opts?.parallelMode === 'race'
    const effect = await applyOperation(work, run, operation, isRace)
    if (effect === 'run-ended') return
    if (effect === 'step-ended') hasEnded = true
  }
  await endCall(work, call)
  if (hasEnded) await goOn(work, run.id, call.isRace || outcome.isRace)
}

type Effect = 'planned' | 'step-ended' | 'run-ended'

async function applyOperation(work: Work, run: LockedRun, operation: Operation, isRace: boolean): Promise<Effect> {
  const step = { runId: run.id, stepId: operation.id, name: operation.displayName ?? operation.name ?? operation.id }
  switch (operation.op) {
    case 'StepRun':
    case 'Step':
      await saveStep(work, { ...step, op: operation.op, data: operation.data })
      return 'step-ended'
    case 'StepError':
    case 'StepFailed':
      await saveStep(work, { ...step, op: 'StepFailed', error: readError(operation.error) })
      return 'step-ended'
    case 'StepPlanned':
      if (!(await hasStep(work, step))) await requestCall(work, { ...step, isRace })
      return 'planned'
    case 'Sleep':
    case 'WaitForEvent':
    case 'InvokeFunction':
      if (await hasStep(work, step)) return 'planned'
      return (await planWait(work, run, { ...step, operation, isRace })) ? 'planned' : 'step-ended'
    case 'RunComplete':
      await endRun(work, run, { state: 'completed', output: operation.data })
      return 'run-ended'
    default:
      await endRun(work, run, { state: 'failed', error: unsupportedOperation(operation) })
      return 'run-ended'
  }
}

/** A function that runs while its parallel steps end reports them once more: what is memoised is not planned again. */
async function hasStep(work: Work, step: { runId: string; stepId: string }): Promise<boolean> {
  const { rowCount } = await work.db.query('select from jobs.steps where run_id = $1 and id = $2', [step.runId, step.stepId])
  return rowCount === 1
}

function unsupportedOperation({ op, displayName }: Operation): StepError {
  return { name: 'UnsupportedOperation', message: `The embedded executor does not run ${op} (step ${displayName ?? discoveryStepId})` }
}
