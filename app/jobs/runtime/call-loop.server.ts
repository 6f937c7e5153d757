import { extendLeases, leaseCalls } from './calls.server.ts'
import { forgetOldWork } from './cleanup.server.ts'
import { doDueWork } from './due-work.server.ts'
import type { HandlerClient } from './handler.server.ts'
import { makeCall } from './make-call.server.ts'
import { type Runtime, transact } from './work.server.ts'

const cleanupMs = 3_600_000

/** Goes over what is due again and again, and keeps up to `slots` calls in work. */
export function startLoop(runtime: Runtime, handler: HandlerClient, { slots, pollMs }: { slots: number; pollMs: number }) {
  const inWork = new Map<string, Promise<void>>()
  const alarm = createAlarm()
  let isStopping = false

  async function pass(): Promise<boolean> {
    const { moved, hasQueuedCalls } = await doDueWork(runtime)
    const free = slots - inWork.size
    if (!hasQueuedCalls || free <= 0 || isStopping) return moved > 0
    const calls = await transact(runtime, (work) => leaseCalls(runtime, work, free))
    for (const call of calls) {
      const done = makeCall(runtime, handler, call).finally(() => {
        inWork.delete(call.leaseId)
        alarm.ring()
      })
      inWork.set(call.leaseId, done)
    }
    return moved > 0 || calls.length > 0
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      const hasMoved = await pass().catch((error: unknown) => {
        runtime.log.error({ err: error }, 'a pass over the jobs failed')
        return false
      })
      if (!hasMoved) await alarm.wait(pollMs)
    }
  }

  const heartbeat = setInterval(() => {
    extendLeases(runtime, [...inWork.keys()]).catch((error: unknown) => runtime.log.warn({ err: error }, 'a heartbeat failed'))
  }, runtime.leaseMs / 4)
  const cleanup = setInterval(() => {
    forgetOldWork(runtime.pool, runtime.now()).catch((error: unknown) => runtime.log.warn({ err: error }, 'the cleanup failed'))
  }, cleanupMs)
  const running = run()

  return {
    async stop(graceMs: number): Promise<void> {
      isStopping = true
      alarm.ring()
      await running
      await Promise.race([Promise.all(inWork.values()), new Promise((resolve) => setTimeout(resolve, graceMs).unref())])
      clearInterval(heartbeat)
      clearInterval(cleanup)
    },
  }
}

/** A wait that can be ended early. A ring while nobody waits ends the next wait at once. */
function createAlarm() {
  let wake: () => void = () => undefined
  let hasRung = false
  return {
    ring(): void {
      hasRung = true
      wake()
    },
    async wait(milliseconds: number): Promise<void> {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      hasRung = false
    },
  }
}
