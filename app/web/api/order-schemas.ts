import { z } from 'zod'
import { mostPieces } from '#app/domain/catalog/order-pieces.ts'
import { longestNote, mostUnitsOfAll } from '#app/domain/catalog/service-sale.ts'
import { Instant, id, Money, Order } from './schemas.ts'

export const OrderQuestion = z.object({
  id: id('qst'),
  question: z.string(),
  asked_at: Instant,
  answer: z.string().nullable(),
  answered_at: Instant.nullable(),
  is_open: z.boolean().meta({ description: 'Whether it waits for an answer: until then the order does not go on.' }),
})

export const OrderDetail = Order.extend({
  problem: z.string().nullable().meta({ description: 'Why it ended, as a code, where that is known.' }),
  pay_url: z.string().nullable().meta({ description: 'Where a person pays it; null when nothing is to be paid before it goes on.' }),
  pieces: z.array(
    z.object({
      id: id('ord'),
      name: z.string(),
      product: z.string(),
      state: Order.shape.state,
      server_id: id('srv').nullable(),
      subscription_id: id('sub').nullable(),
    }),
  ),
  questions: z.array(OrderQuestion),
})

const text = (longest: number) => z.string('invalid').trim().min(1, 'required').max(longest, 'too-long')
const count = (most: number) => z.int('invalid').min(1, 'invalid').max(most, 'invalid')

/** Where servers stand and who gets into them. */
const Access = {
  location: text(60).optional().meta({ description: 'The code of a place of the store; servers need one.' }),
  name: text(64).optional().meta({ description: 'Of servers: the host name; several are numbered.' }),
  ssh_key: text(2_000).optional().meta({ description: 'A public key of OpenSSH.' }),
  ssh_key_id: text(40).optional().meta({ description: 'Of a kept key, in its place.' }),
  project_id: text(40).optional(),
}

const Product = z.strictObject({
  type: z.literal('product'),
  product: text(60).meta({ description: 'The code of a plan, a bundle or a service.' }),
  quantity: count(mostPieces).default(1),
  image: text(60).optional().meta({ description: 'The code of an image, or the id of a private one.' }),
  options: z.array(text(60)).max(50, 'invalid').default([]).meta({ description: 'Codes of what is taken beside it.' }),
  network_id: text(40).optional(),
  units: count(mostUnitsOfAll).optional().meta({ description: 'Of a service that is ordered by itself: hours or pieces.' }),
  note: text(longestNote).optional(),
  ...Access,
})

const Application = z.strictObject({
  type: z.literal('application'),
  application: text(60).meta({ description: 'The code of an application of several tiers, or the id of a design of the account (dsg_…).' }),
  tiers: z
    .array(z.strictObject({ tier: text(24), product: text(60).optional(), count: count(mostPieces).optional() }))
    .max(mostPieces, 'invalid')
    .default([])
    .meta({ description: 'What is left out is the first size of the tier, and its least number of servers.' }),
  ...Access,
})

export const Items = z
  .array(z.discriminatedUnion('type', [Product, Application], 'invalid'))
  .min(1, 'required')
  .max(mostPieces, 'invalid')
export type Items = z.output<typeof Items>

export const Basket = {
  items: Items,
  promo_codes: z.array(text(40)).max(10, 'invalid').default([]),
}

const Way = z.discriminatedUnion(
  'way',
  [
    z
      .strictObject({ way: z.literal('account') })
      .meta({ description: 'From the balance, or within the credit limit: as the estimate’s pay_later.' }),
    z.strictObject({ way: z.literal('saved'), method_id: text(40) }),
    z.strictObject({ way: z.literal('link') }).meta({ description: 'A person pays at pay_url before anything is built.' }),
  ],
  'invalid',
)

export const OrderWish = z.strictObject({
  ...Basket,
  payment: Way.default({ way: 'account' }),
  agreed_total: z
    .strictObject({ minor: z.string('invalid').regex(/^\d{1,18}$/, 'invalid'), currency: z.string('invalid').length(3, 'invalid') })
    .optional()
    .meta({ description: 'The estimate’s first.total: at another price nothing is ordered.' }),
  terms_version: z
    .int('invalid')
    .optional()
    .meta({ description: 'The version of the seller’s terms that is accepted, as the estimate names it.' }),
  waives_withdrawal: z
    .boolean('invalid')
    .default(false)
    .meta({ description: 'A consumer in the European Union asks for the service to begin at once, and knows what that ends.' }),
})
export type OrderWish = z.output<typeof OrderWish>

const Sums = z.object({ net: Money, tax: Money, total: Money })

export const Estimate = z.object({
  lines: z.array(
    z.object({
      kind: z.enum(['setup', 'recurring', 'usage']),
      role: z.enum(['main', 'add-on', 'included']),
      name: z.string(),
      count: z.int(),
      hourly_rate: z.string().nullable(),
      amount: Money,
    }),
  ),
  discounts: z.array(z.object({ name: z.string(), amount: Money })),
  tax_percent: z.string().nullable().meta({ description: 'Null where lines have several.' }),
  first: Sums.meta({ description: 'The first invoice: setup and the first period.' }),
  monthly: Sums.meta({ description: 'The most a month costs.' }),
  applied_codes: z.array(z.string()),
  code_problem: z.string().nullable(),
  terms_version: z.int().nullable(),
  needs_waiver: z.boolean(),
  pay_later: z
    .object({ kind: z.enum(['balance', 'invoice']), available: Money, has_room: z.boolean() })
    .nullable()
    .meta({ description: 'What it can be charged to without paying now.' }),
  saved_methods: z
    .array(z.object({ id: id('pm'), kind: z.string(), label: z.string(), last_digits: z.string().nullable(), is_default: z.boolean() }))
    .meta({ description: 'Only for keys that may pay.' }),
})

export const Payment = z.object({
  id: id('pmt'),
  account_id: id('cus'),
  received_on: z.iso.date(),
  method: z.string(),
  reference: z.string().nullable(),
  state: z.string(),
  amount: Money,
  unapplied: Money,
  refunded: Money,
})
export const PaymentDetail = Payment.extend({
  allocations: z.array(z.object({ invoice_id: id('inv'), number: z.string(), amount: Money })),
})

export const Member = z.object({
  id: id('mem'),
  account_id: id('cus').nullable(),
  name: z.string(),
  email: z.string(),
  profile: z.string(),
  is_owner: z.boolean(),
  projects: z.array(id('prj')).nullable().meta({ description: 'The projects it is limited to; null for who sees all.' }),
})
