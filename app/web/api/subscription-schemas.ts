import { z } from 'zod'
import { Instant, id, Money } from './schemas.ts'

export const subscriptionStates = ['active', 'paused', 'pending', 'ended'] as const
const state = z.enum(subscriptionStates)
const Change = z.object({
  id: id('op'),
  change: z.string(),
  state: z.enum(['proposed', 'scheduled', 'applied', 'cancelled', 'refused', 'failed']),
  product: z.string().nullable(),
  quantity: z.string().nullable(),
  effective_at: Instant,
  applied_at: Instant.nullable(),
  total: Money.nullable().meta({ description: 'What was said when it was asked for, with tax.' }),
})

export const Subscription = z.object({
  id: id('sub'),
  account_id: id('cus'),
  name: z.string(),
  product: z.string(),
  quantity: z.string(),
  state,
  started_at: Instant,
  ended_at: Instant.nullable(),
  ends_at: Instant.nullable().meta({ description: 'The end of a fixed term.' }),
  renews: z.boolean(),
  trial_ends_at: Instant.nullable(),
})

const Choice = z.object({ product_id: id('prd'), name: z.string(), price: Money.nullable() })

export const SubscriptionDetail = Subscription.extend({
  paused_at: Instant.nullable(),
  next_period_at: Instant.nullable(),
  recurring: Money.meta({ description: 'Fees of a full period as it runs now, before tax.' }),
  server_ids: z.array(id('srv')),
  parts: z.array(
    z.object({
      product_id: id('prd'),
      product: z.string(),
      role: z.enum(['main', 'add-on', 'included']),
      quantity: z.string(),
      starts_at: Instant,
      ends_at: Instant.nullable(),
    }),
  ),
  changes: z.array(Change),
  may_change_to: z.array(Choice),
  may_add: z.array(Choice),
})

/** A change that is wished for. */
export const ChangeWish = z.strictObject({
  change: z.enum(['pause', 'resume', 'plan', 'quantity', 'add-on', 'remove-add-on', 'cancel'], 'invalid'),
  product_id: id('prd').optional().meta({ description: 'Of a plan or an add-on.' }),
  quantity: z
    .string('invalid')
    .regex(/^\d{1,6}$/, 'invalid')
    .optional(),
  when: z.enum(['now', 'period-end', 'date'], 'invalid').default('now'),
  date: z.iso.date('invalid').optional().meta({ description: 'A day of the seller’s zone, where when is date.' }),
})

const Line = z.object({
  kind: z.string(),
  product: z.string(),
  period_start: Instant,
  period_end: Instant,
  net: Money,
})

/** The money effect of a change. Amounts below zero come back. */
export const Preview = z.object({
  effective_at: Instant,
  lines: z.array(Line),
  net: Money,
  tax: Money,
  total: Money,
  next_before: Money.meta({ description: 'The next period as it is, before tax.' }),
  next_after: Money.meta({ description: 'The next period after the change, before tax.' }),
})
