import { z } from 'zod'
import { serviceNoticeKinds, serviceNoticeStates } from '../service-notice/service-notice.ts'
import { hardStops } from './budget.ts'

const Amount = z
  .object({ minor: z.string().regex(/^-?\d+$/), currency: z.string().length(3) })
  .transform(({ minor, currency }) => ({ minor: BigInt(minor), currency }))

/** What each kind of notice says, as it is kept. */
export const NoticeFacts = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('budget-reached'),
    budgetId: z.string(),
    name: z.string(),
    step: z.enum(['50', '80', '100', 'forecast']),
    hardStop: z.enum(hardStops),
    amount: Amount,
    spent: Amount,
    forecast: Amount.nullable(),
    percent: z.number(),
  }),
  z.object({ code: z.literal('payment-failed'), amount: Amount }),
  z.object({ code: z.literal('account-held'), effect: z.enum(['block-orders', 'suspend-services', 'terminate']) }),
  z.object({ code: z.literal('account-freed') }),
  z.object({ code: z.literal('credit-low'), available: Amount, limit: Amount }),
  z.object({ code: z.literal('limit-ending'), increase: Amount, limit: Amount, until: z.iso.date() }),
  z.object({
    code: z.literal('server-ready'),
    resourceId: z.string(),
    server: z.string(),
    address: z.string(),
    /** Names of the plan by language. */
    plan: z.record(z.string(), z.string()),
  }),
  z.object({ code: z.literal('order-question'), orderId: z.string(), order: z.string(), question: z.string() }),
  z.object({ code: z.literal('sign-up-decided'), decision: z.enum(['pass', 'refuse']), words: z.string().nullable() }),
  z.object({ code: z.literal('webhook-paused'), endpointId: z.string(), url: z.string() }),
  z.object({
    code: z.literal('service-notice'),
    noticeId: z.string(),
    kind: z.enum(serviceNoticeKinds),
    state: z.enum(serviceNoticeStates),
    title: z.string(),
    text: z.string(),
    zone: z.string().nullable(),
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime().nullable(),
    /** In whose days the instants are written. */
    timeZone: z.string(),
  }),
])
export type NoticeFacts = z.infer<typeof NoticeFacts>
