import { setCreditLimit } from '#app/services/credit/set-credit-limit.server.ts'
import { tenantOf } from '#prisma/seed/accounts.ts'
import { capacityPartnerOf } from '#prisma/seed/capacity-partner.ts'
import { invoiceByHand } from './invoice-by-hand.ts'
import { asStaff, type Deed, dayOf, done, type Stage } from './story.ts'

const dayMs = 86_400_000

/** A reseller took a large block of capacity and is close to its limit. */
export function partnerNearLimit(stage: Stage): Deed[] {
  return [{ at: dayOf(stage.month, 20), tell: () => takeCapacity(stage) }]
}

const accountOf = ({ sellers }: Stage) => capacityPartnerOf(tenantOf(sellers, 'meridian'))

async function takeCapacity(stage: Stage): Promise<void> {
  const capacity = { accountId: accountOf(stage), text: 'Reservierte Kapazität, 64 vCPU für sechs Monate', quantity: 6, unitPrice: 958 }
  await asStaff(stage, 'anke@meridian.example', (ctx) => invoiceByHand(ctx, capacity))
}

/** The increase the reseller's account manager asks for, until a second person has seen it. Safe to repeat. */
export async function askForIncrease(stage: Stage, now: Date): Promise<void> {
  const accountId = accountOf(stage)
  const span = { from: now, until: new Date(now.getTime() + 60 * dayMs) }
  await asStaff(stage, 'jonas@meridian.example', async (ctx) => {
    if ((await ctx.db.creditLimit.count({ where: { tenantId: ctx.tenantId, accountId, kind: 'increase' } })) > 0) return
    const reason = 'Zwei Gemeinden ziehen bis zum Jahresende um'
    done(await setCreditLimit(ctx, { accountId, amountMinor: 600_000n, reason, span }), 'the increase')
  })
}
