import { z } from 'zod'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { PlanProblem } from '#app/domain/pricing/plan-file/plan-file.ts'
import { groupBy } from '#app/domain/shared/group-by.ts'
import type { SimulatedLine } from '#app/domain/simulation/simulate-prices.ts'
import type { SheetProblem } from '#app/domain/simulation/usage-sheet.ts'
import { monthOf } from '#app/domain/time/billing-month.ts'
import { chargeReason } from '#app/i18n/charge-reason.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import { localeOf } from '#app/i18n/languages.ts'
import type { PriceTexts } from '#app/i18n/price-sentence.ts'
import { readUsageOf } from '#app/reports/price-simulation/query.server.ts'
import { readUsageText } from '#app/reports/price-simulation/usage-table.server.ts'
import { type SimulatedPlan, type SimulatePricesError, simulateUsage } from '#app/services/pricing/simulate-prices.server.ts'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { asStaff, type StaffContext } from '#app/web/request/as-staff.server.ts'
import { uuid } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

const SimulateForm = z.object({
  plan: z.string().max(80, 'invalid').optional(),
  productId: uuid.optional(),
  json: z.string().max(400_000, 'too-long').optional(),
  usage: z.string().max(4_000_000, 'too-long').optional(),
  accountId: uuid.optional(),
  month: z
    .string()
    .regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'invalid')
    .optional(),
})
type Wanted = z.output<typeof SimulateForm>

export type ShownLine = {
  readonly row: number | null
  readonly what: string
  readonly quantity: string
  readonly unit: string
  readonly amount: string
  readonly reason: string
}
/** All lines of one meter, or of one kind of fee. */
export type ShownSum = { readonly what: string; readonly unit: string; readonly quantity: string; readonly amount: string }
export type SimulateAnswer =
  | {
      readonly sums: readonly ShownSum[]
      readonly lines: readonly ShownLine[]
      readonly more: number
      readonly refused: readonly SheetProblem[]
      readonly currency: string
      readonly totalMinor: string
    }
  | {
      readonly problem: SimulatePricesError | 'invalid' | 'no-usage' | 'bad-rows'
      readonly fields?: readonly PlanProblem[]
      readonly rows?: readonly SheetProblem[]
    }

const shown = 100

/** Simulates what the form asks for; nothing is kept. `file` is an uploaded usage file, which counts before a pasted one. */
export async function simulate(request: Request): Promise<SimulateAnswer & { readonly values: Wanted }> {
  const copy = request.clone()
  const form = await parseForm(request, SimulateForm)
  if (!form.ok) return { problem: 'invalid', values: form.values as Wanted }
  const file = (await copy.formData()).get('file')
  const uploaded = file instanceof File && file.size > 0 && file.size < 8_000_000 ? await file.text() : undefined
  const wanted = { ...form.value, ...(uploaded ? { usage: uploaded } : {}) }
  const texts = await textsOf(request)
  const answer = await asStaff(request, 'catalog:read', async (ctx, { tenant }): Promise<SimulateAnswer> => {
    const usage = await usageOf(ctx, wanted, tenant.timeZone)
    if (!usage.ok) return { problem: 'bad-rows', rows: usage.problems.slice(0, 50) }
    if (usage.value.length === 0) return { problem: 'no-usage' }
    const result = await simulateUsage(ctx, { plan: planOf(wanted), usage: usage.value, zone: tenant.timeZone })
    if (!result.ok) return { problem: result.error, ...(result.problems ? { fields: result.problems } : {}) }
    const { prices, currency } = result.value
    const rules = new Map(result.value.rules.map((rule) => [rule.id, rule]))
    const lines = prices.lines.slice(0, shown).map(({ row, charge }): ShownLine => {
      const rule = rules.get(charge.priceRuleId)
      const reason = rule ? chargeReason({ charge, rule, texts }) : ''
      const { quantity, unit, amount } = charge
      return { row, what: charge.meter ?? charge.feeKind, quantity: quantity.toFixed(), unit, amount: amount.toFixed(), reason }
    })
    const refused = prices.refused.slice(0, 50).map(({ row, reason }) => ({ row, column: '', code: reason }))
    const sums = sumsOf(prices.lines)
    return { sums, lines, more: Math.max(0, prices.lines.length - shown), refused, currency, totalMinor: prices.total.minor.toString() }
  })
  return { ...answer, values: { ...form.value } }
}

/** What each meter and kind of fee comes to, the dearest first. */
function sumsOf(lines: readonly SimulatedLine[]): ShownSum[] {
  const groups = groupBy(lines, ({ charge }) => `${charge.meter ?? charge.feeKind}|${charge.unit}`)
  const sums = [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { meter, feeKind, unit } = first.charge
    const sum = (pick: (line: SimulatedLine) => Decimal) => group.reduce((total, line) => total.plus(pick(line)), new Decimal(0))
    return [{ what: meter ?? feeKind, unit, quantity: sum(({ charge }) => charge.quantity), amount: sum(({ charge }) => charge.amount) }]
  })
  return sums
    .sort((a, b) => b.amount.comparedTo(a.amount) || (a.what < b.what ? -1 : 1))
    .map(({ quantity, amount, ...sum }) => ({ ...sum, quantity: quantity.toFixed(), amount: amount.toFixed() }))
}

/** How the reader's language writes reasons. Isolates keep figures in order inside a sentence of the other direction. */
async function textsOf(request: Request): Promise<PriceTexts> {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const locale = localeOf(language, brandOf(tenant).pack.seller.address.country)
  return { t: translatorFor(language, 'pricing'), locale, isolate: (text) => `\u2068${text}\u2069` }
}

async function usageOf(ctx: StaffContext, { usage, accountId, month }: Wanted, zone: string): ReturnType<typeof readUsageText> {
  if (usage) return readUsageText(ctx, usage)
  if (!accountId || !month) return { ok: true, value: [] }
  const [year, number] = month.split('-').map(Number)
  return { ok: true, value: await readUsageOf(ctx, accountId, monthOf(zone, year ?? 2026, number ?? 1)) }
}

/** `draft:<id>` and `book:<id>` as the list has them; a pasted plan counts before both. */
function planOf({ plan = '', productId, json }: Wanted): SimulatedPlan {
  if (json) return { kind: 'file', text: json }
  const [kind, id = ''] = plan.split(':')
  const known = uuid.safeParse(id).success ? id : '00000000-0000-0000-0000-000000000000'
  return kind === 'draft' ? { kind: 'draft', draftId: known } : { kind: 'book', priceBookId: known, productId: productId ?? null }
}
