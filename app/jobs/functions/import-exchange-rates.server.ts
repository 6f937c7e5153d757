import { cron, NonRetriableError } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import {
  fetchExchangeRates,
  importExchangeRates,
  type PlainRate,
  sellersWithRates,
} from '#app/services/exchange-rates/import-exchange-rates.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { exchangeRateSource } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'

/** On every working day, after the central bank has published: fetches the rates once and adds them to each seller. */
export const importRates = inngest.createFunction(
  { id: 'exchange-rates.import', triggers: [cron('TZ=Europe/Berlin 30 16 * * 1-5')], retries: 8 },
  async ({ step }) => {
    const rates = await step.run('fetch', newestRates)
    if (rates.length === 0) return
    const tenantIds = await step.run('list-sellers', () => sellersWithRates())
    for (const tenantId of tenantIds) {
      await step.run(`add-${tenantId}`, () => importExchangeRates(processOf(tenantId, {}, systemActor('exchange rates')), rates))
    }
  },
)

/** Nothing where rates are entered by hand alone. A file of another kind stays one when it is asked for again. */
async function newestRates(): Promise<PlainRate[]> {
  const source = exchangeRateSource()
  if (!source) return []
  const fetched = await fetchExchangeRates(source)
  if (!fetched.ok) throw new NonRetriableError(`exchange rates: ${fetched.error}`)
  return fetched.value
}
