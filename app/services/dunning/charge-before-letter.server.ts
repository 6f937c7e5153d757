import { sum } from '#app/domain/money/money.ts'
import { chargeSavedMethod } from '../gateways/charge-saved-method.server.ts'
import type { GatewayProcess } from '../gateways/gateway-ports.server.ts'
import { readDue, sellerToday } from './read-due.server.ts'

/**
 * Charges the saved way to pay of an account on the day of a step that says so, before its letter is written: what is paid by it needs no
 * letter. One try per day and currency, however often it is asked for; an account without a saved way to pay is left to its letter.
 */
export async function chargeBeforeLetter(process: GatewayProcess, accountId: string): Promise<void> {
  const { accounts, today } = await process.inTenant(async (ctx) => ({
    accounts: await readDue(ctx, [accountId]),
    today: await sellerToday(ctx),
  }))
  for (const { currency, deed, facts } of accounts) {
    if (!deed?.step.charges || !facts) continue
    const targets = facts.invoices.map(({ id, open }) => ({ kind: 'invoice' as const, id, amount: open }))
    await chargeSavedMethod(process, {
      accountId,
      purpose: 'invoices',
      targets,
      amount: sum(
        currency,
        targets.map(({ amount }) => amount),
      ),
      actor: process.actor,
      key: `dunning/${currency}/${today}`,
    })
  }
}
