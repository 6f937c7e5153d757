import { Decimal } from '../money/decimal.ts'
import type { CatalogFile, CatalogPlan } from './catalog-file.ts'

/** Kinds of fee that a catalog file states. */
export type CatalogFeeKind = 'setup' | 'recurring' | 'usage'

/** A price on its way into a version. `plan` names the product by its code; null is the rate card. */
export type CatalogRule = {
  readonly feeKind: CatalogFeeKind
  readonly plan: string | null
  readonly meter: string | null
  readonly unit: string
  readonly unitPrice: Decimal
  readonly included: Decimal
  readonly cap: Decimal | null
  readonly match: Readonly<Record<string, string>>
}

/** Share of the list price that is charged, by kind of fee: 0.8 is 20 % off. */
export type PriceShare = Readonly<Record<CatalogFeeKind, Decimal>>

const none = new Decimal(0)
const whole = new Decimal(1)

/** The list itself. */
export const listPrice: PriceShare = { setup: whole, recurring: whole, usage: whole }

/** What runs with a plan's server and costs nothing extra: stated as a price of zero, since no price at all is refused. */
const withServer = ['server.running', 'server.allocated', 'address', 'volume', 'traffic.received'] as const
const units: Readonly<Record<string, string>> = { volume: 'GiB-hour', 'traffic.received': 'GB' }

/** The rules of a price version made from a catalog at `share` of its prices. Prices keep 12 decimals; nothing is rounded to cents. */
export function catalogRules(catalog: CatalogFile, share: PriceShare = listPrice): CatalogRule[] {
  const { plans, apps, services, rates } = catalog
  const priced = [...plans.flatMap(planRules), ...apps.map(appRule), ...services.flatMap(serviceRules), ...rates.map(rateRule)]
  return priced.map((rule) => ({
    ...rule,
    unitPrice: rule.unitPrice.times(share[rule.feeKind]).toDecimalPlaces(12),
    cap: rule.cap?.times(share[rule.feeKind]).toDecimalPlaces(12) ?? null,
  }))
}

function planRules(plan: CatalogPlan): CatalogRule[] {
  const base = { plan: plan.code, meter: null, included: none, cap: null, match: {} }
  const rules: CatalogRule[] = []
  if (plan.setup) rules.push({ ...base, feeKind: 'setup', unit: 'once', unitPrice: plan.setup })
  if (plan.month) rules.push({ ...base, feeKind: 'recurring', unit: 'month', unitPrice: plan.month })
  if (plan.hour)
    rules.push({ ...base, feeKind: 'usage', meter: 'server.running', unit: 'hour', unitPrice: plan.hour.price, cap: plan.hour.cap })
  if (plan.traffic) {
    rules.push({
      ...base,
      feeKind: 'usage',
      meter: 'traffic.sent',
      unit: 'GB',
      unitPrice: plan.traffic.pricePerGb,
      included: plan.traffic.includedGb,
    })
  } else {
    rules.push({ ...base, feeKind: 'usage', meter: 'traffic.sent', unit: 'GB', unitPrice: none })
  }
  const priced = new Set(rules.map((rule) => rule.meter))
  for (const meter of withServer) {
    if (!priced.has(meter)) rules.push({ ...base, feeKind: 'usage', meter, unit: units[meter] ?? 'hour', unitPrice: none })
  }
  return rules
}

function appRule({ code, month }: CatalogFile['apps'][number]): CatalogRule {
  return { feeKind: 'recurring', plan: code, meter: null, unit: 'month', unitPrice: month, included: none, cap: null, match: {} }
}

function serviceRules({ code, once, month }: CatalogFile['services'][number]): CatalogRule[] {
  const base = { plan: code, meter: null, included: none, cap: null, match: {} }
  return [
    ...(once ? [{ ...base, feeKind: 'setup' as const, unit: 'once', unitPrice: once }] : []),
    ...(month ? [{ ...base, feeKind: 'recurring' as const, unit: 'month', unitPrice: month }] : []),
  ]
}

function rateRule(rate: CatalogFile['rates'][number]): CatalogRule {
  return {
    feeKind: 'usage',
    plan: null,
    meter: rate.meter,
    unit: rate.unit,
    unitPrice: rate.price,
    included: rate.included ?? none,
    cap: null,
    match: rate.match ?? {},
  }
}
