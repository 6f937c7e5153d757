import { z } from 'zod'
import { decimalText, positiveText } from '../pricing/models/decimal-text.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { rateKinds } from '../tax/tax-rate.ts'
import { unitOfMeter } from '../usage/meters.ts'
import type { OwnMeters } from '../usage/own-meter.ts'
import { mostUnitsOfAll, saleUnits } from './service-sale.ts'
import { trialUses } from './trial-terms.ts'

/**
 * What is sold: a plan with a size, metered use, something recurring, something once, a service outside any cloud, an app that is
 * installed with a server, a bundle of other products, a service level.
 */
export const productKinds = ['plan', 'usage', 'recurring', 'one-time', 'service', 'app', 'bundle', 'sla'] as const
export type ProductKind = (typeof productKinds)[number]

/** `published` is offered, `hidden` only staff sell, `retired` nobody orders any more; running subscriptions go on in all of them. */
export const productStates = ['published', 'hidden', 'retired'] as const
export type ProductState = (typeof productStates)[number]

/** How an app is paid for: never, always with its server, or when the buyer takes it. */
export const appTerms = ['free', 'paid', 'optional'] as const

/** What a new subscription pays later on: the newest prices at each renewal, or those of its order for good. */
export const pricePolicies = ['newest', 'pinned'] as const

/** What becomes of a subscription when its fixed term is over, unless its buyer says otherwise. */
export const termEnds = ['renews', 'ends'] as const

const code = z
  .string('required')
  .trim()
  .min(1, 'required')
  .max(60, 'too-long')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'code')
const limit = (most: number) => z.coerce.number().int('invalid').min(1, 'invalid').max(most, 'invalid').optional()
const words = z.string().trim().max(200, 'too-long')

/** What only some kinds have. Months of a fixed term; days a buyer is reminded before it ends, 0 for never; hours and percent as a service level promises them. */
export const ProductTerms = z.object({
  meter: z.string().max(60, 'not-offered').optional(),
  quantityStep: positiveText.optional(),
  termMonths: z.coerce.number().int('invalid').min(1, 'invalid').max(120, 'invalid').optional(),
  reminderDays: z.coerce.number().int('invalid').min(0, 'invalid').max(90, 'invalid').optional(),
  atTermEnd: z.enum(termEnds, 'not-offered').optional(),
  pricePolicy: z.enum(pricePolicies, 'not-offered').optional(),
  /** Of a service that is ordered by itself: what it is counted in, and how many one order may have. */
  saleUnit: z.enum(saleUnits, 'not-offered').optional(),
  mostUnits: z.coerce.number().int('invalid').min(1, 'invalid').max(mostUnitsOfAll, 'invalid').optional(),
  app: z.enum(appTerms, 'not-offered').optional(),
  /** How long it may be tried for nothing, how much of it one buyer has in trial at most, and whether again after that. */
  trialDays: limit(366),
  trialServers: limit(1_000),
  trialVcpus: limit(10_000),
  trialDiskGib: limit(1_000_000),
  trialTrafficGb: limit(1_000_000),
  trialUse: z.enum(trialUses, 'not-offered').optional(),
  availabilityPercent: decimalText.refine((value) => value.lte(100), 'invalid').optional(),
  responseHours: z.coerce.number().int('invalid').min(1, 'invalid').max(720, 'invalid').optional(),
  /** Of a month's fee: what a buyer is credited when the level was missed in it. */
  missCreditPercent: decimalText.refine((value) => value.gt(0) && value.lte(100), 'invalid').optional(),
})
export type ProductTerms = z.infer<typeof ProductTerms>

/** A product as staff write it. The group is what discounts and price changes pick products by. */
export const ProductDraft = z.object({
  code,
  kind: z.enum(productKinds, 'not-offered'),
  productGroup: code.optional(),
  /** Which of a country's tax rates applies to it. */
  taxKind: z.enum(rateKinds, 'not-offered').default('standard'),
  proration: z.enum(['none', 'day', 'second'], 'not-offered').default('day'),
  ...ProductTerms.shape,
})
export type ProductDraft = z.infer<typeof ProductDraft>

export type ProductProblem = {
  readonly field: 'meter' | 'termMonths' | 'app' | 'availabilityPercent' | 'saleUnit' | 'proration' | 'trialDays'
  readonly code: 'required' | 'unexpected' | 'not-offered'
}

const trialLimits = ['trialServers', 'trialVcpus', 'trialDiskGib', 'trialTrafficGb'] as const

/** What a kind needs and does not have, field by field; nothing when the draft is complete. `own` are meters that the seller defined. */
export function problemsOf(
  draft: Pick<ProductDraft, 'kind'> & Partial<Pick<ProductDraft, 'proration'>> & ProductTerms,
  own?: OwnMeters,
): ProductProblem[] {
  const required = (field: ProductProblem['field'], isNeeded: boolean): ProductProblem[] =>
    isNeeded && draft[field] === undefined ? [{ field, code: 'required' }] : []
  const unexpected = (field: ProductProblem['field'], isThere: boolean): ProductProblem[] =>
    isThere ? [{ field, code: 'unexpected' }] : []
  return [
    ...required('meter', draft.kind === 'usage'),
    ...(draft.meter && !unitOfMeter(draft.meter, own) ? [{ field: 'meter', code: 'not-offered' } as const] : []),
    ...required('app', draft.kind === 'app'),
    ...required('availabilityPercent', draft.kind === 'sla'),
    ...required('trialDays', trialLimits.some((name) => draft[name] !== undefined) || draft.trialUse === 'once'),
    ...unexpected('termMonths', draft.kind === 'one-time' && draft.termMonths !== undefined),
    ...unexpected('saleUnit', draft.kind !== 'service' && draft.saleUnit !== undefined),
    // A term ends at an hour of its last day: only by days does nothing of that day belong to two terms.
    ...unexpected('proration', draft.saleUnit !== undefined && draft.termMonths !== undefined && (draft.proration ?? 'day') !== 'day'),
    ...required('saleUnit', draft.kind === 'service' && draft.mostUnits !== undefined),
  ]
}

/** The draft's part of `products.spec`: plain JSON, decimals as texts. Sizes of a plan are kept beside it. */
export function specOf(draft: ProductDraft, own?: OwnMeters) {
  const {
    proration,
    meter,
    quantityStep,
    termMonths,
    reminderDays,
    atTermEnd,
    pricePolicy,
    saleUnit,
    mostUnits,
    app,
    availabilityPercent,
    responseHours,
    missCreditPercent,
  } = draft
  const unit = meter ? unitOfMeter(meter, own) : undefined
  return {
    proration,
    ...(meter ? { meter, unit } : {}),
    ...(quantityStep ? { quantityStep: quantityStep.toFixed() } : {}),
    ...(termMonths ? { termMonths } : {}),
    ...(reminderDays !== undefined ? { reminderDays } : {}),
    ...(termMonths && atTermEnd === 'ends' ? { atTermEnd } : {}),
    ...(pricePolicy === 'pinned' ? { pricePolicy } : {}),
    ...(saleUnit ? { saleUnit, mostUnits: mostUnits ?? 1 } : {}),
    ...(app ? { app } : {}),
    ...trialSpecOf(draft),
    ...(availabilityPercent ? { availabilityPercent: availabilityPercent.toFixed() } : {}),
    ...(responseHours ? { responseHours } : {}),
    ...(missCreditPercent ? { missCreditPercent: missCreditPercent.toFixed() } : {}),
  }
}

function trialSpecOf({ trialDays, trialUse, ...draft }: ProductTerms) {
  if (!trialDays) return {}
  const limits = trialLimits.flatMap((name) => (draft[name] ? [[name, draft[name]] as const] : []))
  return { trialDays, ...Object.fromEntries(limits), ...(trialUse === 'once' ? { trialUse } : {}) }
}

/** Name and description in one language; a name is needed in the seller's own. */
export const ProductText = z.object({ name: words, description: z.string().trim().max(2_000, 'too-long').default('') })
export type ProductText = z.infer<typeof ProductText>

const moves: Readonly<Record<ProductState, readonly ProductState[]>> = {
  published: ['hidden', 'retired'],
  hidden: ['published', 'retired'],
  retired: ['hidden'],
}

/** Whether a product may change from one state to another. What is retired comes back hidden first, so that somebody looks at it. */
export function changeState(from: ProductState, to: ProductState): Result<ProductState, 'state-not-reachable'> {
  return moves[from].includes(to) ? ok(to) : err('state-not-reachable')
}

/** The states a product can be brought into. */
export function nextStates(from: ProductState): readonly ProductState[] {
  return moves[from]
}
