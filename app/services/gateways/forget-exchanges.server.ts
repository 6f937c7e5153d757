import { deleteExchangesBefore } from '#app/db/payments/gateway-exchanges.server.ts'
import { readPaymentSettings } from '#app/db/payments/payment-settings.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

const atOnce = 5_000

/** Takes away what was said to gateways before the months that the seller keeps it for. Returns how many exchanges that were. */
export async function forgetExchanges(process: TenantProcess<unknown>): Promise<number> {
  let gone = 0
  let last: number
  do {
    last = await process.inTenant(async (ctx) => {
      const { exchangeMonths } = await readPaymentSettings(ctx)
      return deleteExchangesBefore(ctx, monthsBefore(ctx.now, exchangeMonths), atOnce)
    })
    gone += last
  } while (last === atOnce)
  return gone
}

function monthsBefore(now: Date, months: number): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, now.getUTCDate()))
}
