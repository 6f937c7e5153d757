import { systemActor } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { readPayable } from '#app/reports/paying/query.server.ts'
import { findSandboxAccount } from '#app/services/gateways/find-sandbox-account.server.ts'
import type { GatewayProcess } from '#app/services/gateways/gateway-ports.server.ts'
import { setAutoPay } from '#app/services/gateways/keep-methods.server.ts'
import { settleAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { startCheckout, startSetup } from '#app/services/gateways/start-checkout.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { gatewayPorts, type PageDeed, sandboxDeskOf } from '#app/wiring.server.ts'
import { demoId, tenantOf } from '#prisma/seed/accounts.ts'
import type { SeededSeller, Slug } from '#prisma/seed/sellers.ts'

const actor = systemActor('demo')
const returnPath = '/panel/pay/:attemptId'
const card = { deed: 'pay', card: 'approve', code: 'declined', later: 'approve', expires: 'in-a-month' } as const

/** One customer has saved a card that expires soon and has its invoices paid by itself; another one's payment was declined. Safe to repeat. */
export async function makeDemoPayments(sellers: ReadonlyMap<Slug, SeededSeller>): Promise<void> {
  const process = processOf(tenantOf(sellers, 'ahorn'), gatewayPorts(), actor)
  const [saver, debtor] = [demoId('account', 'huber'), demoId('account', 'linde')]
  const known = await process.inTenant(({ db, tenantId }) =>
    db.paymentAttempt.count({ where: { tenantId, accountId: { in: [saver, debtor] } } }),
  )
  if (known > 0) return

  const setup = await startSetup(process, { accountId: saver, currency: 'EUR', returnPath, actor })
  invariant(setup.ok, 'the demo cannot save a card')
  await choose(process, setup.value, card)
  await process.inTenant((ctx) => setAutoPay(ctx, { accountId: saver, isOn: true }))

  const payable = await process.inTenant((ctx) => readPayable(ctx, debtor, []))
  const [document] = payable?.documents ?? []
  if (!document) return
  const targets = [{ kind: 'invoice', id: document.id, amount: document.open }] as const
  const wish = { accountId: debtor, purpose: 'invoices', targets, amount: document.open, saves: false } as const
  const started = await startCheckout(process, { ...wish, returnPath, actor })
  invariant(started.ok, 'the demo cannot open a pay page')
  await choose(process, started.value, { ...card, card: 'decline', code: 'insufficient-funds' })
}

async function choose(process: GatewayProcess, page: { readonly attemptId: string; readonly url: string }, deed: PageDeed): Promise<void> {
  const account = await process.inTenant(findSandboxAccount)
  invariant(account, 'the demo has no sandbox account')
  await sandboxDeskOf(account).act(page.url.split('/').at(-1) ?? '', deed)
  await settleAttempt(process, page.attemptId)
}
