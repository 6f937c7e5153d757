import { enqueue } from '#app/db/outbox.server.ts'
import { addDays } from '#app/domain/time/local-date.ts'
import { agreeWithAccount } from '#app/services/dunning/agree-with-account.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { demoId, tenantOf } from '#prisma/seed/accounts.ts'
import { invoiceByHand } from './invoice-by-hand.ts'
import { asStaff, type Deed, dateOf, dayOf, daysBefore, done, type Stage } from './story.ts'

const anke = 'anke@meridian.example'
/** A minute ago the simulated cloud knows the servers that it stops. */
const minuteMs = 60_000

/** Who does not pay: one is reminded, one is held back and promised to pay, the services of one stand still. */
export function overdueCustomers(stage: Stage, now: Date): Deed[] {
  const { month } = stage
  const [reminded, promised, stopped] = ['harz', 'elster', 'saale'] as const
  return [
    ...[dayOf(month, 8), dayOf(month, 15)].map((at) => ({ at, tell: () => dun(stage, [promised, stopped]) })),
    { at: daysBefore(now, 19), tell: () => charge(stage, reminded) },
    { at: daysBefore(now, 1), tell: () => leaveAlone(stage, now) },
    { at: daysBefore(now, 1), tell: () => dun(stage, [reminded]) },
    { at: new Date(now.getTime() - minuteMs), tell: () => dun(stage, [stopped]) },
  ]
}

/** What a morning wakes for overdue accounts. */
async function dun({ sellers }: Stage, keys: readonly string[]): Promise<void> {
  const tenantId = tenantOf(sellers, 'meridian')
  const due = keys.map((key) => ({ name: 'dunning/due' as const, data: { tenantId, accountId: demoId('account', key) } }))
  await inTenant(tenantId, (ctx) => enqueue(ctx, ...due))
}

/** One promised to pay; another's invoice is open only because its bank looks into the payment. */
async function leaveAlone(stage: Stage, now: Date): Promise<void> {
  const agreements = [
    { key: 'elster', kind: 'promise', days: 6, reason: 'Zahlt, sobald die Kursgebühren eingehen' },
    { key: 'weser', kind: 'pause', days: 30, reason: 'Die Kartenzahlung wird bei der Bank geprüft' },
  ] as const
  await asStaff(stage, anke, async (ctx) => {
    for (const { key, days, ...agreed } of agreements) {
      const until = { accountId: demoId('account', key), untilOn: addDays(dateOf(now), days) }
      done(await agreeWithAccount(ctx, { ...agreed, ...until }), agreed.reason)
    }
  })
}

async function charge(stage: Stage, key: string): Promise<void> {
  const work = { accountId: demoId('account', key), text: 'Umzug der Filialseiten', quantity: 3, unitPrice: 85 }
  await asStaff(stage, anke, (ctx) => invoiceByHand(ctx, work))
}
