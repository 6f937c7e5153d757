import { z } from 'zod'
import { Decimal } from '../../money/decimal.ts'
import { invariant } from '../../shared/invariant.ts'
import { modelTerms, readPriceModel } from '../models/registry.ts'
import { isInForce, type PriceRule, type RuleModel } from '../price-rule.ts'

/** One buy price as a parent offers it, in the currency of the offer; in force over `[validFrom, validTo)`. */
export type OfferedFee = Omit<PriceRule, 'id' | 'priceVersionId' | 'productId' | 'layer' | 'exchange'>

/** What tells the fees of one product apart. */
export type FeeIdentity = Pick<PriceRule, 'feeKind' | 'meter' | 'match'>

/** Kind of fee, meter and dimensions as one text, the same whatever the order of the dimensions. */
export function feeKeyOf({ feeKind, meter, match }: FeeIdentity): string {
  const dimensions = Object.entries(match)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : [...value].sort().join(',')}`)
    .sort()
  return [feeKind, meter ?? '', ...dimensions].join('|')
}

/** The fees in force at `instant`, one for each key. */
export function feesAt(fees: readonly OfferedFee[], instant: Date): OfferedFee[] {
  return fees.filter((fee) => isInForce(fee, instant.getTime()))
}

/** Whether two fees cost the same; since when does not count. */
export function isSameFee(a: OfferedFee, b: OfferedFee): boolean {
  return priceText(a) === priceText(b)
}

function priceText(fee: OfferedFee): string {
  const { validFrom: _from, validTo: _to, ...price } = feeToJson(fee)
  return JSON.stringify(price)
}

const decimal = z.string().transform((text) => new Decimal(text))
const FeeJson = z.object({
  feeKind: z.enum(['setup', 'recurring', 'renewal', 'cancellation', 'usage']),
  meter: z.string().nullable(),
  unit: z.string(),
  unitPrice: decimal,
  model: z.string(),
  terms: z.unknown(),
  included: decimal,
  includedScope: z.enum(['subscription', 'resource', 'pool']),
  rollsOver: z.boolean(),
  cap: decimal.nullable(),
  minimum: decimal.nullable(),
  quantityStep: decimal.nullable(),
  interval: z.object({ unit: z.enum(['day', 'week', 'month', 'year']), count: z.number().int() }).nullable(),
  billingMode: z.enum(['in-advance', 'in-arrears']).nullable(),
  match: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  validFrom: z.iso.datetime().transform((text) => new Date(text)),
  validTo: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .nullable(),
})
type FeeJson = z.input<typeof FeeJson>

/** The fee as plain JSON with decimal texts: what `readFees` reads. */
export function feeToJson(fee: OfferedFee): FeeJson {
  return {
    feeKind: fee.feeKind,
    meter: fee.meter,
    unit: fee.unit,
    unitPrice: fee.unitPrice.toFixed(),
    model: fee.model.kind,
    terms: fee.model.kind === 'per-unit' ? {} : modelTerms(fee.model),
    included: fee.included.toFixed(),
    includedScope: fee.includedScope,
    rollsOver: fee.rollsOver,
    cap: fee.cap?.toFixed() ?? null,
    minimum: fee.minimum?.toFixed() ?? null,
    quantityStep: fee.quantityStep?.toFixed() ?? null,
    interval: fee.interval,
    billingMode: fee.billingMode,
    match: Object.fromEntries(
      Object.entries(fee.match)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    ),
    validFrom: fee.validFrom.toISOString(),
    validTo: fee.validTo?.toISOString() ?? null,
  }
}

/** Fees out of stored JSON. @throws InvariantError or ZodError when it is not what `feeToJson` writes. */
export function readFees(json: unknown): OfferedFee[] {
  return z
    .array(FeeJson)
    .parse(json)
    .map(({ model, terms, ...fee }) => ({ ...fee, model: modelFrom(model, terms) }))
}

function modelFrom(kind: string, terms: unknown): RuleModel {
  if (kind === 'per-unit') return { kind: 'per-unit' }
  const read = readPriceModel(kind, terms)
  invariant(read.ok && read.value.kind !== 'per-unit', `readFees: terms are not those of ${kind}`)
  return read.value
}
