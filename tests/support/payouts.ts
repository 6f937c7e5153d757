import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { listPayouts, type PayoutRow } from '#app/db/settlement/payouts.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { markPayoutPaid } from '#app/services/payouts/mark-payout-paid.server.ts'
import { mirrorPayout } from '#app/services/payouts/mirror-payout.server.ts'
import { approvePayoutRun, openPayoutRun, runPayouts } from '#app/services/payouts/run-payouts.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { asOffice } from './builders.ts'
import { mirror } from './edges.ts'
import type { SettledEdge } from './settled-edge.ts'

/** Pays out what is due by `through`, on that day; returns the payouts of the run. None when there is nothing to pay. */
export async function payOut(edge: SettledEdge, through: string): Promise<PayoutRow[]> {
  const { tenantId } = edge.provider
  setClock(fixedClock(`${through}T12:00:00Z`))
  const run = await asOffice(tenantId, (ctx) => openPayoutRun(ctx, { through }))
  if (!run.ok) return []
  const approved = await asOffice(tenantId, (ctx) => approvePayoutRun(ctx, { runId: run.value.id }))
  if (!approved.ok) throw new Error(approved.error)
  await runPayouts(processOf(tenantId, {}), { runId: run.value.id })
  const payouts = await asOffice(tenantId, (ctx) => listPayouts(ctx, { runId: run.value.id }))
  await followed(edge, payouts)
  return payouts
}

/** The bank pays a payout on 20 August, or on the day that is noted then. */
export async function bankPays(edge: SettledEdge, payout: PayoutRow | undefined, paidOn = '2026-08-20'): Promise<void> {
  if (!payout) throw new Error('there is no payout')
  setClock(fixedClock('2026-08-20T12:00:00Z'))
  const paid = { payoutId: payout.id, paidOn, bankReference: 'SEPA 4711' }
  const noted = await asOffice(edge.provider.tenantId, (ctx) => markPayoutPaid(ctx, paid))
  if (!noted.ok) throw new Error(noted.error)
  await followed(edge, [payout])
}

/** The reseller's own books follow, as the jobs make them. */
async function followed({ provider }: SettledEdge, payouts: readonly PayoutRow[]): Promise<void> {
  await mirror(provider)
  for (const { id } of payouts) await mirrorPayout({ tenantId: provider.tenantId, payoutId: id, actor: systemActor('payouts') })
}
