import type { Decimal } from '../../money/decimal.ts'
import { modelTerms } from '../models/registry.ts'
import { modelOf } from '../price-rule.ts'
import { type PlanFileInput, planFormat } from './plan-file.ts'
import type { PlanRule } from './plan-rules.ts'

/** What a plan is beside its prices. */
export type PlanHead = Pick<
  PlanFileInput,
  | 'kind'
  | 'code'
  | 'name'
  | 'description'
  | 'currency'
  | 'validFrom'
  | 'validTo'
  | 'proration'
  | 'creditAt'
  | 'trialDays'
  | 'termMonths'
  | 'reminderDays'
  | 'pricePolicy'
  | 'sla'
  | 'bundle'
>

/** The plan as plain JSON: what `readPlan` reads back into the same prices. Fields that say nothing are left out. */
export function writePlan(head: PlanHead, rules: readonly PlanRule[]): PlanFileInput {
  return withoutBlanks({
    format: planFormat,
    ...head,
    fees: rules.filter((rule) => rule.feeKind !== 'usage').map(feeOf),
    usage: rules.filter((rule) => rule.feeKind === 'usage').map(usageOf),
  })
}

function feeOf(rule: PlanRule): NonNullable<PlanFileInput['fees']>[number] {
  const { feeKind, unitPrice, interval, billingMode } = rule
  const kind = feeKind as Exclude<PlanRule['feeKind'], 'usage'>
  return withoutBlanks({ kind, price: unitPrice.toFixed(), every: interval ?? undefined, mode: billingMode ?? undefined })
}

function usageOf(rule: PlanRule): NonNullable<PlanFileInput['usage']>[number] {
  const model = modelOf(rule)
  return withoutBlanks({
    meter: rule.meter ?? '',
    unit: rule.unit,
    match: Object.keys(rule.match).length > 0 ? (rule.match as Record<string, string | string[]>) : undefined,
    model: { kind: model.kind, ...modelTerms(model) },
    included: rule.included.isZero() ? undefined : rule.included.toFixed(),
    includedScope: rule.includedScope === 'subscription' ? undefined : rule.includedScope,
    rollsOver: rule.rollsOver || undefined,
    quantityStep: textOf(rule.quantityStep),
    minimum: textOf(rule.minimum),
    cap: textOf(rule.cap),
  })
}

function textOf(value: Decimal | null): string | undefined {
  return value?.toFixed()
}

function withoutBlanks<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T
}
