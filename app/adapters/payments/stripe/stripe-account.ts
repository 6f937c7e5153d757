import type Stripe from 'stripe'
import { z } from 'zod'

/** Two signing secrets are valid while the one of the webhook is being replaced. */
export const StripeSecrets = z.object({
  secretKey: z.string().regex(/^(sk|rk)_(test|live)_\w{8,}$/),
  webhookSecret: z.string().regex(/^whsec_[\w+/=-]{16,}$/),
  previousWebhookSecret: z
    .string()
    .regex(/^whsec_[\w+/=-]{16,}$/)
    .optional(),
})

/** Without `methods` the payer is offered what is switched on at the gateway. */
export const StripeSettings = z.object({
  currencies: z.array(z.string()).default([]),
  methods: z.array(z.enum(['card', 'sepa-debit'])).default([]),
})

/** An opened account: what every call needs. */
export type OpenStripe = {
  readonly stripe: Stripe
  readonly secrets: z.infer<typeof StripeSecrets>
  readonly settings: z.infer<typeof StripeSettings>
  readonly mode: 'live' | 'test'
  readonly externalId: string
}
