import { type SignUpTerms, usualSignUpTerms } from '#app/domain/subscription/sign-up-terms.ts'
import type { TenantContext } from '../context.server.ts'

type Stored = Omit<SignUpTerms, 'limits'>

/** By which terms the seller takes new customers: its own, or the usual. */
export async function readSignUpTerms(ctx: TenantContext): Promise<SignUpTerms> {
  const row = await ctx.db.signUpTerms.findUnique({ where: { tenantId: ctx.tenantId } })
  if (!row) return usualSignUpTerms
  const { cycleUnit: unit, cycleCount: count, anchor, fees, paymentDays, paymentMode: mode } = row
  const limits = Object.entries(row.creditLimits as Record<string, string>).map(([currency, minor]) => [currency, BigInt(minor)])
  return { ...({ unit, count, anchor, fees, paymentDays, mode } as Stored), limits: Object.fromEntries(limits) }
}

/** Keeps the terms in place of those before. */
export async function saveSignUpTermsRow(ctx: TenantContext, terms: SignUpTerms): Promise<void> {
  const { tenantId, now } = ctx
  const { unit: cycleUnit, count: cycleCount, anchor, fees, paymentDays, mode: paymentMode } = terms
  const row = { cycleUnit, cycleCount, anchor, fees, paymentDays, paymentMode, creditLimits: limitsAsText(terms), changedAt: now }
  await ctx.db.signUpTerms.upsert({ where: { tenantId }, create: { tenantId, ...row }, update: row })
}

/** Limits as JSON holds them. */
export function limitsAsText({ limits }: Pick<SignUpTerms, 'limits'>): Record<string, string> {
  return Object.fromEntries(Object.entries(limits).map(([currency, minor]) => [currency, minor.toString()]))
}
