import { fixedClock, setClock } from '#app/config/clock.server.ts'
import type { DunningAction, DunningStep } from '#app/domain/dunning/policy.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { dunAccount } from '#app/services/dunning/dun-account.server.ts'
import { activatePolicy, draftPolicy } from '#app/services/dunning/keep-policies.server.ts'
import { readDuePage } from '#app/services/dunning/read-due.server.ts'
import { asOffice } from './builders.ts'

/** A step as a test says it: day, action, fee in cents, yearly interest in percent. */
export function step(day: number, action: DunningAction, feeMinor = 0n, ratePercent = '0'): DunningStep {
  return { day, action, feeMinor, ratePercent: new Decimal(ratePercent), charges: false, texts: {} }
}

/** A tell on day 3, a block with 5.00 on day 10, a stop with 10.00 and 9 % on day 20. */
export const usualSteps = [step(3, 'notify'), step(10, 'block', 500n), step(20, 'suspend', 1000n, '9')]

type PolicyFacts = {
  readonly segment?: string
  readonly steps?: readonly DunningStep[]
  readonly minimumMinor?: bigint
  readonly capMinor?: bigint
}

/** A policy in EUR that applies from now on. */
export async function dunBy(tenantId: string, { segment, steps = usualSteps, minimumMinor = 500n, capMinor }: PolicyFacts = {}) {
  const drafted = await asOffice(tenantId, (ctx) =>
    draftPolicy(ctx, { segment: segment ?? null, currency: 'EUR', minimumMinor, capMinor: capMinor ?? null, steps }),
  )
  if (!drafted.ok) throw new Error(drafted.error)
  const { policyId } = drafted.value
  await asOffice(tenantId, (ctx) => activatePolicy(ctx, policyId))
  return policyId
}

const words = { fee: 'Mahngebühr', interest: 'Verzugszinsen', reason: 'Zahlungsverzug' }

/** What the simulation of a morning says, then what its run does. */
export async function morning(tenantId: string, at: string) {
  setClock(fixedClock(at))
  const { accounts } = await asOffice(tenantId, (ctx) => readDuePage(ctx, { afterId: null, limit: 100 }))
  let letters = 0
  for (const accountId of new Set(accounts.map((account) => account.accountId)))
    letters += await asOffice(tenantId, (ctx) => dunAccount(ctx, { accountId, wordsIn: () => words }))
  return { due: accounts.flatMap(({ deed }) => (deed ? [deed] : [])), letters }
}

/** What was done so far: day, action, fee and interest in cents, the steps its invoices took. */
export async function lettersOf(tenantId: string) {
  return asOffice(tenantId, async ({ db }) => {
    const letters = await db.dunningLetter.findMany({ orderBy: { id: 'asc' }, include: { dunningStepsAsLetter: true } })
    return letters.map(({ doneOn, action, totalMinor, feeMinor, interestMinor, dunningStepsAsLetter }) => ({
      on: doneOn.toISOString().slice(0, 10),
      action,
      total: totalMinor,
      fee: feeMinor,
      interest: interestMinor,
      invoices: dunningStepsAsLetter.length,
    }))
  })
}
