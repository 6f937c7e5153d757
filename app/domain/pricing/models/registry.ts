import type { z } from 'zod'
import type { Decimal } from '../../money/decimal.ts'
import { type FlatParams, flat } from './flat.ts'
import { type GraduatedParams, graduated } from './graduated.ts'
import { type PackageParams, packaged } from './package.ts'
import { type PerUnitParams, perUnit } from './per-unit.ts'
import { type PercentageParams, percentage } from './percentage.ts'
import type { PriceModelDefinition, PriceModelKind } from './price-model.ts'
import type { DescribedIn, PriceChange, PriceDescription, PriceSegment, PriceSlice } from './price-slice.ts'
import { type StairstepParams, stairstep } from './stairstep.ts'
import { type VolumeParams, volume } from './volume.ts'

/** A price model with its parameters. */
export type PriceModel =
  | { readonly kind: 'flat'; readonly params: FlatParams }
  | { readonly kind: 'per-unit'; readonly params: PerUnitParams }
  | { readonly kind: 'graduated'; readonly params: GraduatedParams }
  | { readonly kind: 'volume'; readonly params: VolumeParams }
  | { readonly kind: 'package'; readonly params: PackageParams }
  | { readonly kind: 'stairstep'; readonly params: StairstepParams }
  | { readonly kind: 'percentage'; readonly params: PercentageParams }

type ParamsOf<Kind extends PriceModelKind> = Extract<PriceModel, { kind: Kind }>['params']

/** Every price model of the product by its kind. */
export const priceModels: { readonly [Kind in PriceModelKind]: PriceModelDefinition<Kind, ParamsOf<Kind>> } = {
  flat,
  'per-unit': perUnit,
  graduated,
  volume,
  package: packaged,
  stairstep,
  percentage,
}

/** Cumulative cost of `quantity` of one period, in major units, unrounded; see PriceModelDefinition. */
export function costOf(model: PriceModel, quantity: Decimal): Decimal {
  return definitionOf(model.kind).cost(model.params, quantity)
}

/** What of the way from `before` to `after` fell into which tier. */
export function slicesOf(model: PriceModel, before: Decimal, after: Decimal): readonly PriceSlice[] {
  return definitionOf(model.kind).slices(model.params, before, after)
}

/** The stretch of the period's quantity that `quantity`, zero or more, lies in. */
export function segmentOf(model: PriceModel, quantity: Decimal): PriceSegment {
  return definitionOf(model.kind).segment(model.params, quantity)
}

/** The model in one sentence of namespace `pricing`. */
export function describeModel(model: PriceModel, words: DescribedIn): PriceDescription {
  return definitionOf(model.kind).describe(model.params, words)
}

/** The same model with every price changed; tiers and other quantities stay. */
export function mapModelPrices(model: PriceModel, change: PriceChange): PriceModel {
  return { kind: model.kind, params: definitionOf(model.kind).mapPrices(model.params, change) } as PriceModel
}

/** A refused parameter: where, such as `tiers.2.upTo`, and a code of `pricing:models.problem`. */
export type ModelProblem = { readonly path: string; readonly code: string }
export type ReadModel =
  | { readonly ok: true; readonly value: PriceModel }
  | { readonly ok: false; readonly error: 'bad-terms'; readonly problems: readonly ModelProblem[] }

/** A model from its kind and its parameters as plain JSON: of a plan file, a form or a stored price. */
export function readPriceModel(kind: string, terms: unknown): ReadModel {
  if (!isPriceModelKind(kind)) return { ok: false, error: 'bad-terms', problems: [{ path: 'kind', code: 'unknown-model' }] }
  const read = definitionOf(kind).params.safeParse(terms)
  if (read.success) return { ok: true, value: { kind, params: read.data } as PriceModel }
  return { ok: false, error: 'bad-terms', problems: read.error.issues.flatMap(problemsOf) }
}

/** The parameters as plain JSON with decimal texts: what `readPriceModel` reads. */
export function modelTerms(model: PriceModel): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(model.params, (_, value) => value))
}

/** Whether `kind` names a price model. */
export function isPriceModelKind(kind: string): kind is PriceModelKind {
  return Object.hasOwn(priceModels, kind)
}

/** The definition of a model whose parameters are known to belong to it. */
function definitionOf(kind: PriceModelKind): PriceModelDefinition<PriceModelKind, unknown> {
  return priceModels[kind] as PriceModelDefinition<PriceModelKind, unknown>
}

function problemsOf(issue: z.core.$ZodIssue): ModelProblem[] {
  const path = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, code: 'unknown-field' }))
  if (issue.code !== 'invalid_type' || issue.message === 'not-a-decimal') return [{ path, code: issue.message }]
  return [{ path, code: 'wrong-type' }]
}
