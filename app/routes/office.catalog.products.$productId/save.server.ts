import { PlanPlaces } from '#app/domain/catalog/plan-offering.ts'
import type { ProductState } from '#app/domain/catalog/product.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { composeBundle } from '#app/services/products/compose-bundle.server.ts'
import { changeProduct, moveProduct, placePlan, translateProduct } from '#app/services/products/save-product.server.ts'
import { setStock } from '#app/services/products/set-stock.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { BundleForm, Intent, membersOf, StateForm, StockForm, stocksOf, TermsForm, TextForm } from './product-forms.ts'

type Saved = { readonly ok: true } | { readonly ok: false; readonly error: string }
type Refused = { readonly fields: Readonly<Record<string, string>>; readonly values: Readonly<Record<string, string>> }
export type Answer = { readonly intent: Intent } & ({ readonly saved: true } | { readonly problem: string } | Refused)

/** Saves what the form named by `intent` in the address says. */
export async function saveProduct(request: Request, productId: string): Promise<{ status: number; answer: Answer }> {
  const intent = Intent.catch('terms').parse(new URL(request.url).searchParams.get('intent'))
  const form = await parseForm(request, formOf[intent])
  if (!form.ok) return { status: 422, answer: { intent, fields: form.error, values: form.values } }
  const result = await savers[intent](request, productId, form.value as never)
  return result.ok ? { status: 200, answer: { intent, saved: true } } : { status: 409, answer: { intent, problem: result.error } }
}

const formOf = { terms: TermsForm, text: TextForm, state: StateForm, bundle: BundleForm, stock: StockForm, places: PlanPlaces } as const

/** Each takes the form that its intent was read with. */
const savers: Readonly<Record<Intent, (request: Request, productId: string, form: never) => Promise<Saved>>> = {
  terms: (request, productId, draft: TermsForm) => asStaff(request, 'catalog:write', (ctx) => changeProduct(ctx, { productId, draft })),
  text: (request, productId, { language, ...text }: TextForm) =>
    asStaff(request, 'catalog:write', (ctx, { tenant }) =>
      translateProduct(ctx, { productId, language, ownLanguage: tenant.language, text }),
    ),
  state: (request, productId, { state }: { state: ProductState }) =>
    asStaff(request, 'catalog:write', (ctx) => moveProduct(ctx, { productId, state })),
  bundle: (request, productId, form: Readonly<Record<string, unknown>>) => {
    const members = membersOf(form).map(({ quantity, ...member }) => ({ ...member, quantity: quantity ?? new Decimal(1) }))
    return asStaff(request, 'catalog:write', (ctx) => composeBundle(ctx, { bundleId: productId, members }))
  },
  stock: (request, productId, form: Readonly<Record<string, unknown>>) => {
    const limitPerCustomer = (form.limitPerCustomer as number | undefined) ?? null
    return asStaff(request, 'catalog:write', (ctx) => setStock(ctx, { productId, limitPerCustomer, stocks: stocksOf(form) }))
  },
  places: (request, productId, places: PlanPlaces) => asStaff(request, 'catalog:write', (ctx) => placePlan(ctx, { productId, places })),
}
