import { z } from 'zod'
import { languageTag } from '#app/domain/shared/language-tag.ts'
import { pricePolicies } from '../../catalog/product.ts'
import { isCurrency } from '../../money/currency.ts'
import { unitOfMeter } from '../../usage/meters.ts'
import type { OwnMeters } from '../../usage/own-meter.ts'
import { decimalText, positiveText } from '../models/decimal-text.ts'
import { readPriceModel } from '../models/registry.ts'
import { DeclaredMeter } from './declared-meters.ts'
import { pointerOf } from './json-text.ts'

/** The format of a plan as a file; a change that an older reader would misread gets a new number. */
export const planFormat = 'livery-plan/1'

const code = z.string('wrong-type').regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'not-a-code')
const texts = z.record(z.string().regex(languageTag, 'not-a-language'), z.string().min(1, 'missing'))
const count = z.int('not-a-number').min(1, 'not-positive')

const fee = z.strictObject({
  kind: z.enum(['setup', 'recurring', 'renewal', 'cancellation'], 'unknown-fee'),
  price: decimalText,
  every: z
    .strictObject({ unit: z.enum(['day', 'week', 'month', 'year'], 'unknown-interval'), count: count.max(120, 'too-many') })
    .optional(),
  mode: z.enum(['in-advance', 'in-arrears'], 'unknown-mode').optional(),
})

/** The model of a price: its kind and the parameters of that kind; each refusal names its field. */
const model = z.looseObject({ kind: z.string('missing') }).transform(({ kind, ...terms }, context) => {
  const read = readPriceModel(kind, terms)
  if (read.ok) return read.value
  for (const { path, code: message } of read.problems)
    context.addIssue({ code: 'custom', message, path: path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)) })
  return z.NEVER
})

const usage = z.strictObject({
  meter: z.string('missing'),
  unit: z.string('missing'),
  match: z.record(z.string().min(1), z.union([z.string(), z.array(z.string()).min(1, 'missing')])).optional(),
  model,
  included: decimalText.optional(),
  includedScope: z.enum(['subscription', 'resource', 'pool'], 'unknown-scope').optional(),
  rollsOver: z.boolean('wrong-type').optional(),
  quantityStep: positiveText.optional(),
  minimum: decimalText.optional(),
  cap: decimalText.optional(),
})

const member = z.strictObject({
  code,
  quantity: positiveText.optional(),
  role: z.enum(['included', 'optional', 'complimentary'], 'unknown-role'),
})

const shape = z.strictObject({
  format: z.literal(planFormat, 'unknown-format'),
  kind: z.enum(['plan', 'rate-card'], 'unknown-kind'),
  code,
  name: texts.refine((names) => Object.keys(names).length > 0, 'missing'),
  description: texts.optional(),
  currency: z.string('missing').refine(isCurrency, 'unknown-currency'),
  validFrom: z.iso.datetime({ offset: true, error: 'not-an-instant' }).optional(),
  validTo: z.iso.datetime({ offset: true, error: 'not-an-instant' }).optional(),
  proration: z.enum(['none', 'day', 'second'], 'unknown-proration').default('second'),
  creditAt: z.enum(['now', 'at-renewal'], 'unknown-credit').optional(),
  trialDays: count.max(366, 'too-many').optional(),
  termMonths: count.max(120, 'too-many').optional(),
  reminderDays: z.int('not-a-number').min(0, 'not-positive').max(90, 'too-many').optional(),
  pricePolicy: z.enum(pricePolicies, 'unknown-policy').optional(),
  sla: code.optional(),
  meters: z.array(DeclaredMeter).optional(),
  fees: z.array(fee).default([]),
  usage: z.array(usage).default([]),
  bundle: z.array(member).optional(),
})

/** A price plan, or a rate card of metered use without one, as a file. Prices before tax, in `currency`. */
export const PlanFile = planFileKnowing()
export type PlanFile = z.output<typeof PlanFile>
export type PlanFileInput = z.input<typeof shape>
export type PlanFee = PlanFile['fees'][number]
export type PlanUsagePrice = PlanFile['usage'][number]

/** The format for a seller with meters of its own. */
function planFileKnowing(own?: OwnMeters) {
  return shape.superRefine((plan, context) => checkWhole(plan, { context, own }))
}

type Whole = z.output<typeof shape>
type Check = { readonly context: z.RefinementCtx; readonly own: OwnMeters | undefined }
type Refuse = (path: (string | number)[], message: string) => void

/** What can only be seen of all fields together. */
function checkWhole(plan: Whole, { context, own }: Check): void {
  const refuse: Refuse = (path, message) => context.addIssue({ code: 'custom', path, message })
  if (plan.validFrom && plan.validTo && Date.parse(plan.validTo) <= Date.parse(plan.validFrom)) refuse(['validTo'], 'ends-before-start')
  if (plan.kind === 'rate-card' && plan.fees.length > 0) refuse(['fees'], 'rate-card-has-fees')
  if (plan.kind === 'rate-card' && plan.bundle) refuse(['bundle'], 'rate-card-has-bundle')
  if (plan.fees.length === 0 && plan.usage.length === 0) refuse(['fees'], 'nothing-is-priced')
  checkFees(plan, refuse)
  checkDeclared(plan, own, refuse)
  checkMeters(plan, own, refuse)
  checkUsage(plan, refuse)
  checkBundle(plan, refuse)
}

function checkFees({ fees }: Whole, refuse: Refuse): void {
  const seen = new Set<string>()
  for (const [index, { kind, every, mode }] of fees.entries()) {
    if (seen.has(kind)) refuse(['fees', index, 'kind'], 'fee-twice')
    seen.add(kind)
    if (kind !== 'recurring' && every) refuse(['fees', index, 'every'], 'only-recurring')
    if (kind !== 'recurring' && mode) refuse(['fees', index, 'mode'], 'only-recurring')
  }
}

/** Of a meter that the product or the seller has, a plan may say nothing else. */
function checkDeclared({ meters = [] }: Whole, own: OwnMeters | undefined, refuse: Refuse): void {
  const seen = new Set<string>()
  for (const [index, { code: declared, unit }] of meters.entries()) {
    if (seen.has(declared)) refuse(['meters', index, 'code'], 'meter-twice')
    seen.add(declared)
    const known = unitOfMeter(declared, own)
    if (known !== undefined && known !== unit) refuse(['meters', index, 'unit'], 'unit-mismatch')
  }
}

function checkMeters({ usage: prices }: Whole, own: OwnMeters | undefined, refuse: Refuse): void {
  for (const [index, { meter, unit }] of prices.entries()) {
    const known = unitOfMeter(meter, own)
    if (known === undefined) refuse(['usage', index, 'meter'], 'unknown-meter')
    else if (unit !== known) refuse(['usage', index, 'unit'], 'unit-mismatch')
  }
}

/** One meter under the same dimensions has one price: of two, nobody could say which counts. */
function checkUsage({ usage: prices }: Whole, refuse: Refuse): void {
  const seen = new Set<string>()
  for (const [index, price] of prices.entries()) {
    const key = JSON.stringify([price.meter, Object.entries(price.match ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))])
    if (seen.has(key)) refuse(['usage', index, 'match'], 'price-twice')
    seen.add(key)
    checkLimits(price, (field, message) => refuse(['usage', index, field], message))
  }
}

function checkLimits(price: Whole['usage'][number], refuse: (field: string, message: string) => void): void {
  if (price.cap && price.minimum?.gt(price.cap)) refuse('minimum', 'minimum-above-cap')
  if (!price.included && price.includedScope === 'pool') refuse('includedScope', 'nothing-included')
  if (!price.included && price.rollsOver) refuse('rollsOver', 'nothing-included')
}

function checkBundle({ code: own, bundle = [] }: Whole, refuse: Refuse): void {
  const seen = new Set<string>()
  for (const [index, { code: part }] of bundle.entries()) {
    if (part === own) refuse(['bundle', index, 'code'], 'contains-itself')
    if (seen.has(part)) refuse(['bundle', index, 'code'], 'member-twice')
    seen.add(part)
  }
}

/** A refused field of a plan: its JSON pointer and a code of `pricing:plan.problem`. */
export type PlanProblem = { readonly pointer: string; readonly code: string }

export type ReadPlan =
  | { readonly ok: true; readonly value: PlanFile }
  | { readonly ok: false; readonly error: 'bad-plan'; readonly problems: readonly PlanProblem[] }

/** A plan out of plain JSON; everything that is wrong with it is named at its field. `own` are meters that the seller defined: a plan may declare more only where they count as defined, see `metersOfPlan`. */
export function readPlan(value: unknown, own?: OwnMeters): ReadPlan {
  const read = (own ? planFileKnowing(own) : PlanFile).safeParse(value)
  if (read.success) return { ok: true, value: read.data }
  return { ok: false, error: 'bad-plan', problems: read.error.issues.flatMap(problemsOf) }
}

function problemsOf(issue: z.core.$ZodIssue): PlanProblem[] {
  const pointer = pointerOf(issue.path)
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ pointer: `${pointer}/${key}`, code: 'unknown-field' }))
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) {
    return [{ pointer, code: issue.message.includes('received undefined') ? 'missing' : 'wrong-type' }]
  }
  return [{ pointer, code: /^[a-z-]+$/.test(issue.message) ? issue.message : 'wrong-type' }]
}
