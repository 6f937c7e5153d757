import { z } from 'zod'

// What the API takes and gives. Requests are checked against these, answers are cut to them, and the reference is made of them.

export const Money = z
  .object({ minor: z.string(), currency: z.string() })
  .meta({ description: 'Whole minor units as text, and the currency (ISO 4217).' })
export const Instant = z.iso.datetime().meta({ description: 'An instant, UTC.' })
const Day = z.iso.date().meta({ description: 'A day of the seller’s zone.' })
export const id = (prefix: string) => z.string().meta({ description: `An id that begins with ${prefix}_.` })

export const Account = z.object({
  id: id('cus'),
  name: z.string(),
  kind: z.enum(['personal', 'business', 'enterprise', 'department']),
  email: z.string(),
  country: z.string(),
  currency: z.string().nullable(),
  departments: z.array(z.object({ id: id('cus'), name: z.string() })),
  key: z
    .object({ name: z.string(), permissions: z.array(z.string()) })
    .meta({ description: 'The key of this request, and what it may do now.' }),
})

export const Server = z.object({
  id: id('srv'),
  account_id: id('cus'),
  name: z.string(),
  state: z.enum(['building', 'running', 'stopped', 'failed', 'deleted']),
  pending_action: z.string().nullable(),
  address: z.string().nullable(),
  location: z.string(),
  plan: z.object({ code: z.string(), name: z.string() }).nullable(),
  project: z.object({ id: id('prj'), name: z.string() }).nullable(),
  created_at: Instant,
})

export const Operation = z.object({
  id: id('op'),
  server_id: id('srv').nullable(),
  resource_id: z.string().nullable().meta({ description: 'The server, volume, address, … that it is about.' }),
  subscription_id: id('sub').nullable(),
  action: z.string(),
  state: z.enum(['pending', 'done', 'failed']),
  problem: z.string().nullable().meta({ description: 'Why it failed, as a code, where that is known.' }),
  requested_at: Instant,
  finished_at: Instant.nullable(),
})

export const Invoice = z.object({
  id: id('inv'),
  account_id: id('cus'),
  document_type: z.string(),
  number: z.string(),
  status: z.string(),
  issue_date: Day,
  due_date: Day,
  period_start: Day,
  period_end: Day.meta({ description: 'The first day after the period.' }),
  net: Money,
  tax: Money,
  total: Money,
  paid: Money,
  has_pdf: z.boolean(),
})

const InvoiceLine = z.object({
  kind: z.string(),
  section: z.string().meta({ description: 'Who used it: the payer or one of its departments.' }),
  product: z.string().nullable(),
  meter: z.string().nullable(),
  resource: z.string().nullable(),
  quantity: z.string(),
  unit: z.string(),
  unit_price: z.string(),
  net: Money,
  tax_rate: z.string(),
  period_start: Instant,
  period_end: Instant,
})

export const InvoiceDetail = Invoice.extend({
  lines: z.array(InvoiceLine),
  taxes: z.array(z.object({ category: z.string(), rate: z.string(), base: Money, tax: Money })),
})

const Used = {
  account_id: id('cus'),
  server_id: id('srv').nullable(),
  resource_id: z.string().nullable().meta({ description: 'The server, volume, address, … that it is of.' }),
  meter: z.string().meta({ description: 'The code of a meter, or the kind of a fee.' }),
  unit: z.string(),
  quantity: z.string(),
  net: z
    .object({ amount: z.string(), currency: z.string() })
    .meta({ description: 'Major units, not rounded: an invoice rounds once, a line at a time.' }),
}

export const UsageDay = z.object({
  day: Day,
  ...Used,
})

export const UsageRecord = z.object({
  id: id('chg'),
  period_start: Instant,
  period_end: Instant,
  ...Used,
  included_quantity: z.string().meta({ description: 'What the plan includes of it.' }),
  billed_quantity: z.string(),
  unit_price: z.string(),
  is_correction: z.boolean(),
  invoice_id: id('inv').nullable().meta({ description: 'The document it stands on; null while its period is open.' }),
})

export const Balance = z.object({
  as_of: Instant,
  month_start: Day,
  spend_so_far: Money,
  forecast: Money,
  due: Money,
  accrued: Money,
  credit: Money,
  available: Money.nullable().meta({ description: 'What is left of the credit limit for new orders; null without one.' }),
})

export const Budget = z.object({
  id: id('bud'),
  account_id: id('cus'),
  name: z.string(),
  amount: Money,
  spent: Money.nullable(),
  forecast: Money.nullable(),
})

export const Order = z.object({
  id: id('ord'),
  name: z.string(),
  product: z.string(),
  state: z.enum(['placed', 'provisioning', 'active', 'failed', 'refused']),
  total: Money,
  placed_at: Instant,
})

/** A page of `item`s. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ data: z.array(item), next_cursor: z.string().nullable(), has_more: z.boolean() })
}

/** RFC 9457. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string().meta({ description: 'Stable; programs decide by it.' }),
  errors: z.array(z.object({ pointer: z.string(), code: z.string() })).optional(),
  request_id: z.string(),
})

export const Paging = {
  limit: z.coerce.number('invalid').int('invalid').min(1, 'invalid').max(200, 'invalid').default(50),
  cursor: z.string().max(300, 'invalid').optional(),
}
