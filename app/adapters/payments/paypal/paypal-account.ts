import { z } from 'zod'
import type { Clock } from '#app/ports/clock.ts'
import type { PaypalClient } from './paypal-client.ts'

export const PaypalSecrets = z.object({ clientId: z.string().min(10).max(200), clientSecret: z.string().min(10).max(200) })

/** `webhookId` is the gateway's name of the webhook that this account's events are signed for. */
export const PaypalSettings = z.object({
  currencies: z.array(z.string()).default([]),
  webhookId: z.string().regex(/^[\w-]{8,60}$/),
})

/** An opened account: what every call needs. */
export type OpenPaypal = {
  readonly client: PaypalClient
  readonly clock: Clock
  readonly settings: z.infer<typeof PaypalSettings>
  readonly mode: 'live' | 'test'
  readonly externalId: string
  /** Host names that the gateway's signing certificates come from. */
  readonly certificateHosts: readonly string[]
}
