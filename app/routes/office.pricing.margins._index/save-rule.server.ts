import { Decimal } from '#app/domain/money/decimal.ts'
import { buyCurrencyOf } from '#app/reports/margins/query.server.ts'
import { removeMarkup, type SaveMarkupInput, saveMarkup } from '#app/services/offers/save-markup.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { marginForms } from './forms.ts'

type RuleAnswer =
  | { readonly fields: Readonly<Record<string, string>>; readonly values: Readonly<Record<string, string>> }
  | { readonly problem: string; readonly faults: readonly [] }
  | { readonly saved: true }

/** Keeps a mark-up of the book. A percentage is typed as a percentage; the three facts of an exchange rate come together. */
export async function saveRule(request: Request, priceBookId: string): Promise<RuleAnswer> {
  const form = await parseForm(request, marginForms.rule)
  if (!form.ok) return { fields: form.error, values: form.values }
  const { scope, feeKind, method, value, rounding, floor, exchangeRate, exchangeSource, exchangeDate } = form.value
  if ((exchangeRate || exchangeSource || exchangeDate) && !(exchangeRate && exchangeSource && exchangeDate)) {
    const missing = exchangeRate ? (exchangeSource ? 'exchangeDate' : 'exchangeSource') : 'exchangeRate'
    return { fields: { [missing]: 'required' }, values: textsOf(form.value) }
  }
  const amount = new Decimal(value)
  const result = await asStaff(request, 'catalog:write', async (ctx) => {
    const buyCurrency = await buyCurrencyOf(ctx)
    const rule: SaveMarkupInput['rules'][number] = {
      productId: isUuid(scope) ? scope : null,
      productGroup: scope !== '' && !isUuid(scope) ? scope : null,
      feeKind: feeKind ?? null,
      method,
      rate: method === 'percent' ? amount.div(100) : null,
      amount: method === 'percent' ? null : amount,
      rounding,
      floor: floor ? new Decimal(floor) : null,
      exchange:
        exchangeRate && exchangeSource && exchangeDate && buyCurrency
          ? { from: buyCurrency, rate: new Decimal(exchangeRate), source: exchangeSource, date: exchangeDate }
          : null,
    }
    return saveMarkup(ctx, { priceBookId, rules: [rule] })
  })
  return result.ok ? { saved: true } : { problem: result.error, faults: [] }
}

/** Takes a mark-up away; prices made with it stay. */
export async function removeRule(request: Request): Promise<RuleAnswer> {
  const form = await parseForm(request, marginForms['remove-rule'])
  if (!form.ok) return { fields: form.error, values: form.values }
  const result = await asStaff(request, 'catalog:write', (ctx) => removeMarkup(ctx, form.value.markupRuleId))
  return result.ok ? { saved: true } : { problem: result.error, faults: [] }
}

function textsOf(form: object): Record<string, string> {
  return Object.fromEntries(Object.entries(form).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])))
}
