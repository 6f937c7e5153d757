import { z } from 'zod'
import { Decimal } from '#app/domain/money/decimal.ts'
import { LineRule, lineRuleKinds, type PayoutRule, storedRule } from '#app/domain/settlement/payout-rule.ts'
import type { SettlementSettings } from '#app/domain/settlement/settings.ts'
import { plainNumber } from '#app/domain/shared/plain-number.ts'

/** A number in the digits and with the decimal sign of whoever types it. */
const typedNumber = z.string().transform((text) => plainNumber(text) ?? text)
const percent = typedNumber
  .pipe(
    z
      .string()
      .regex(/^\d{1,3}(\.\d{1,6})?$/, 'percent')
      .refine((text) => Number(text) <= 100, 'percent'),
  )
  .default('0')
const amount = typedNumber.pipe(z.string().regex(/^\d{1,12}(\.\d{1,3})?$/, 'amount')).default('0')
const days = typedNumber
  .pipe(z.string().regex(/^\d{1,3}$/, 'days'))
  .transform(Number)
  .refine((count) => count <= 365, 'days')
  .default(0)
const isOn = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on')

/** What the page of settlement terms sends. */
export const TermsForm = z.object({
  intent: z.enum(['preview', 'propose']).default('preview'),
  pricing: z.enum(['discount-off-list', 'buy-price-book', 'revenue-share']),
  chargeTrigger: z.enum(['on-usage', 'on-customer-payment']),
  collectsPayments: z.enum(['child', 'parent']),
  issuer: z.enum(['child', 'parent']),
  isSelfBilled: isOn,
  dueDays: days,
  graceDays: days,
  entitlementScope: z.enum(['subscription', 'pool']),
  hardCap: isOn,
  discountSetup: percent,
  discountRecurring: percent,
  discountUsage: percent,
  discountOverage: percent,
  financialChargeRate: percent,
  partnerFee: amount,
  payoutRule: z.enum([...lineRuleKinds] as [LineRule['kind'], ...LineRule['kind'][]]).optional(),
  rulePercent: percent,
  ruleFixed: amount,
  productRules: z
    .string()
    .max(10_000)
    .default('')
    .refine((text) => rulesOf(text) !== undefined, 'rules'),
  holdDays: days,
  reservePercent: percent,
  reserveDays: days,
  isOperatingUnit: isOn,
  validFrom: z.iso.date('invalid').optional(),
  reason: z.string().trim().min(3, 'too-short').max(300, 'too-long').optional(),
  examplePaid: amount,
  examplePurchases: amount,
})
export type TypedTerms = z.output<typeof TermsForm>

/** Settings that the form does not ask for. */
export type Standing = Pick<SettlementSettings, 'currency'>

/** The settings that were typed; what the form does not ask for stays as it stands. */
export function settingsOf(typed: TypedTerms, standing: Standing): SettlementSettings {
  const d = (text: string) => new Decimal(text)
  const { pricing, chargeTrigger, collectsPayments, issuer, isSelfBilled, entitlementScope, hardCap } = typed
  return {
    ...standing,
    pricing,
    chargeTrigger,
    collectsPayments,
    issuer,
    isSelfBilled,
    entitlementScope,
    hardCap,
    creditTerms: { dueDays: typed.dueDays, graceDays: typed.graceDays },
    discounts: {
      setup: d(typed.discountSetup),
      recurring: d(typed.discountRecurring),
      usage: d(typed.discountUsage),
      overage: d(typed.discountOverage),
    },
    financialChargeRate: d(typed.financialChargeRate),
    partnerFee: d(typed.partnerFee),
    payoutRule: ruleOf(typed),
    holdDays: typed.holdDays,
    reservePercent: d(typed.reservePercent),
    reserveDays: typed.reserveDays,
    isOperatingUnit: typed.isOperatingUnit,
  }
}

function ruleOf({ payoutRule: kind, rulePercent, ruleFixed, productRules }: TypedTerms): PayoutRule | null {
  if (!kind) return null
  const otherwise = LineRule.parse({ kind, percent: rulePercent, fixed: ruleFixed })
  const byProduct = rulesOf(productRules) ?? {}
  return Object.keys(byProduct).length === 0 ? otherwise : { kind: 'per-product', byProduct, otherwise }
}

/** Rules by plan, one a line: code, rule, percent, fixed amount; undefined when a line is none. */
function rulesOf(text: string): Record<string, LineRule> | undefined {
  const rules: Record<string, LineRule> = {}
  for (const line of text.split(/\r?\n/).filter((each) => each.trim() !== '')) {
    const [code = '', kind, first = '0', second = '0'] = line.trim().split(/\s+/)
    const rule = LineRule.safeParse({ kind, percent: first, fixed: kind === 'fixed' ? first : second })
    if (!rule.success) return undefined
    rules[code] = rule.data
  }
  return rules
}

/** What of the settings the form does not ask for. */
export function standingOf({ currency }: SettlementSettings): Standing {
  return { currency }
}

/** Settings as the fields of the form hold them. */
export function fieldsOf(settings: SettlementSettings): Record<string, string> {
  const { discounts, creditTerms, payoutRule } = settings
  const rule = payoutRule?.kind === 'per-product' ? payoutRule.otherwise : payoutRule
  const stored = rule && storedRule(rule)
  return {
    pricing: settings.pricing,
    chargeTrigger: settings.chargeTrigger,
    collectsPayments: settings.collectsPayments,
    issuer: settings.issuer,
    entitlementScope: settings.entitlementScope,
    ...(settings.hardCap ? { hardCap: 'on' } : {}),
    ...(settings.isSelfBilled ? { isSelfBilled: 'on' } : {}),
    ...(settings.isOperatingUnit ? { isOperatingUnit: 'on' } : {}),
    dueDays: String(creditTerms.dueDays),
    graceDays: String(creditTerms.graceDays),
    discountSetup: discounts.setup.toFixed(),
    discountRecurring: discounts.recurring.toFixed(),
    discountUsage: discounts.usage.toFixed(),
    discountOverage: discounts.overage.toFixed(),
    financialChargeRate: settings.financialChargeRate.toFixed(),
    partnerFee: settings.partnerFee.toFixed(),
    payoutRule: rule?.kind ?? '',
    rulePercent: stored && 'percent' in stored ? stored.percent : '0',
    ruleFixed: stored && 'fixed' in stored ? stored.fixed : '0',
    productRules: payoutRule?.kind === 'per-product' ? Object.entries(payoutRule.byProduct).map(lineOfRule).join('\n') : '',
    holdDays: String(settings.holdDays),
    reservePercent: settings.reservePercent.toFixed(),
    reserveDays: String(settings.reserveDays),
  }
}

function lineOfRule([code, rule]: [string, LineRule]): string {
  const stored = storedRule(rule)
  const figures = [...('percent' in stored ? [stored.percent] : []), ...('fixed' in stored ? [stored.fixed] : [])]
  return [code, rule.kind, ...figures].join(' ')
}
