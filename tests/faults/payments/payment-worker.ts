import { clock } from '#app/config/clock.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { money } from '#app/domain/money/money.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { applyEvent } from '#app/services/gateways/apply-event.server.ts'
import { chargeSavedMethod } from '#app/services/gateways/charge-saved-method.server.ts'
import { receiveEvent } from '#app/services/gateways/receive-event.server.ts'
import { listDueAttempts, reconcileAttempt, settleAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { startCheckout } from '#app/services/gateways/start-checkout.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { gatewayPorts } from '#app/wiring.server.ts'

/** One thing to do; whoever is killed over it leaves it to be done again, as a buyer, a gateway or a job does. */
export type Task =
  | { readonly kind: 'checkout' | 'charge'; readonly accountId: string; readonly targetId: string; readonly minor: number }
  | { readonly kind: 'settle'; readonly attemptId: string }
  | { readonly kind: 'webhook'; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | { readonly kind: 'apply'; readonly eventIds: readonly string[] }
  | { readonly kind: 'reconcile' }
export type Answer = { readonly isDone: boolean; readonly url?: string; readonly attemptId?: string; readonly count?: number }
export type ToWorker =
  | { readonly kind: 'start'; readonly tenantId: string }
  | { readonly kind: 'task'; readonly id: number; readonly task: Task }

const actor = systemActor('buyer')
let tenantId = ''

async function perform(task: Task): Promise<Answer> {
  const process = processOf(tenantId, gatewayPorts(), actor)
  switch (task.kind) {
    case 'checkout': {
      const started = await startCheckout(process, { ...wishOf(task), saves: false, returnPath: '/panel/pay/:attemptId' })
      return started.ok ? { isDone: true, ...started.value } : { isDone: false }
    }
    case 'charge': {
      const charged = await chargeSavedMethod(process, { ...wishOf(task), key: task.targetId })
      return { isDone: charged.ok }
    }
    case 'settle':
      return { isDone: (await settleAttempt(process, task.attemptId)).ok }
    case 'webhook': {
      const webhook = { headers: task.headers, body: task.body, receivedAt: clock.now() }
      return { isDone: (await receiveEvent(process, { gateway: 'stripe', webhook })).ok }
    }
    case 'apply':
      for (const id of task.eventIds) await applyEvent(process, id)
      return { isDone: true }
    case 'reconcile': {
      const due = await listDueAttempts(process)
      for (const id of due) await reconcileAttempt(process, id)
      return { isDone: true, count: due.length }
    }
  }
}

function wishOf({ accountId, targetId, minor }: Task & { readonly kind: 'checkout' | 'charge' }) {
  const amount = money(BigInt(minor), 'EUR')
  return { accountId, purpose: 'top-up', targets: [{ kind: 'wallet', id: targetId, amount }], amount, actor } as const
}

process.on('message', async (message: ToWorker) => {
  if (message.kind === 'start') tenantId = message.tenantId
  // A task that breaks is done again, as a job is.
  else
    process.send?.({
      id: message.id,
      ...(await perform(message.task).catch((cause: Error) => ({ isDone: false, trouble: `${message.task.kind}: ${cause.stack}` }))),
    })
})
process.on('disconnect', () => void closeDatabase().finally(() => process.exit(0)))
process.send?.({ isDone: true })
