import { type CloudStackOptions, cloudStackUsage } from '#app/adapters/clouds/cloudstack/usage-source.ts'
import type { UsageQuery, UsageSource } from '#app/ports/cloud-driver.ts'
import { type CloudStackEmulator, type EmulatorOptions, startCloudStackEmulator } from '#tests/support/cloudstack-emulator/server.ts'
import { apiAccounts } from '#tests/support/cloudstack-emulator/world.ts'

/** The cloud's clock in these tests. */
export const now = new Date('2026-11-20T12:00:00Z')
export const october: UsageQuery = { from: new Date('2026-10-01T00:00:00Z'), to: new Date('2026-11-01T00:00:00Z') }

export type OpenCloud = { readonly emulator: CloudStackEmulator; readonly source: UsageSource; readonly close: () => Promise<void> }
export type OpenCloudOptions = Partial<EmulatorOptions> & {
  readonly secretKey?: string
  readonly limits?: CloudStackOptions['limits']
  readonly senderNow?: Date
}

/** An emulated CloudStack with October 2026 and the adapter speaking to it; repeats come at once. */
export async function openCloudStack({ secretKey, limits, senderNow, ...emulated }: OpenCloudOptions = {}): Promise<OpenCloud> {
  const emulator = await startCloudStackEmulator({ month: '2026-10', seed: 7, clock: () => now, ...emulated })
  const account = emulated.accounts?.[0] ?? apiAccounts.root
  const source = cloudStackUsage(
    { cloud: 'test', endpoint: emulator.endpoint, apiKey: account.apiKey, secretKey: secretKey ?? account.secretKey },
    { clock: { now: () => senderNow ?? now }, limits: { retryDelayMs: 1, maxRetryDelayMs: 2, attempts: 3, ...limits } },
  )
  return { emulator, source, close: () => emulator.stop() }
}
