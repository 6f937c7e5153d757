import { randomUUID } from 'node:crypto'
import { data, redirect } from '@remix-run/node'
import { z } from 'zod'
import { type Cart, type CartLine, withLine, withoutLine, withQuantity } from '#app/domain/catalog/cart.ts'
import { typedQuantity } from '#app/domain/catalog/order-pieces.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import { changeCart } from '#app/services/orders/change-cart.server.ts'
import { uuid } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { cartHolderOf } from '#app/web/store/cart.server.ts'
import { whyNot } from '../_store.apps.$code/why-not.server.ts'
import { choiceAlone } from '../_store.checkout/answer.server.ts'
import { applicationIn } from '../_store.checkout/application.server.ts'
import { choiceIn, pageOfChoice, problemsOf, searchOf } from '../_store.checkout/choice.server.ts'
import { readerCatalog } from '../_store.order._index/reader-catalog.server.ts'

/** What a form asks of the cart: the configurator's names no deed. */
const CartForm = z.object({
  deed: z.enum(['count', 'remove']).optional(),
  line: uuid.optional(),
})

/** What is wrong with the number typed for a line. */
export type CartAnswer = { readonly line: string; readonly problem: 'quantity' | 'too-many-pieces' }

/** Puts a choice of the configurator in the cart, changes how many are wanted of a line, or takes it out. */
export async function changeByForm(request: Request) {
  const form = await parseForm(request.clone(), CartForm)
  if (!form.ok) return redirect('/cart')
  const { deed, line = '' } = form.value
  if (!deed) return putIn(request, form.value.line)
  if (deed === 'remove') return keep(request, (cart) => ok(withoutLine(cart, line)), line)
  const typed = (await request.formData()).get(`quantity-${line}`)
  const count = typeof typed === 'string' && typed !== '' ? typedQuantity(typed) : null
  if (count === null) return data({ line, problem: 'quantity' } satisfies CartAnswer, { status: 422 })
  return keep(request, (cart) => withQuantity(cart, { id: line, quantity: count }), line)
}

/** The choice of the form, as far as the store offers it; else back to where it was made, which says what is wrong. */
async function putIn(request: Request, known: string | undefined) {
  const fields = [...(await request.formData())].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
  const search = new URLSearchParams(fields)
  if (search.has('app')) return putApplicationIn(request, search, known)
  const choice = choiceIn(search)
  const catalog = await readerCatalog(request)
  const { quantity, optionCodes, units, ...texts } = choice
  if (!catalog || quantity === null || units === null || Object.keys(problemsOf(catalog, choice)).length > 0)
    return redirect(`${pageOfChoice(choice)}?${searchOf(choice)}${known ? `&line=${known}` : ''}&check=on`)
  const id = known ?? randomUUID()
  const line: CartLine = { ...texts, ...(units === undefined ? {} : { units }), id, quantity, optionCodes: [...optionCodes] }
  return keep(request, (cart) => withLine(cart, line), id)
}

/** All tiers of an application as one line; else back to where they were chosen, which says what is wrong. */
async function putApplicationIn(request: Request, search: URLSearchParams, known: string | undefined) {
  const code = search.get('app') ?? ''
  const [catalog, application] = [await readerCatalog(request), await applicationIn(request, code, search)]
  const [first] = application?.tiers ?? []
  if (!catalog || !application || !first || Object.keys(whyNot(catalog, application)).length > 0)
    return redirect(`/apps/${encodeURIComponent(code)}?${choiceAlone(search)}${known ? `&line=${known}` : ''}&check=on`)
  const { locationCode, sshKey, sshKeyId, projectId, keepsKey } = first.choice
  const tiers = application.tiers.map(({ tier, planCode, count }) => ({ code: tier.code, planCode, count }))
  const id = known ?? randomUUID()
  const line: CartLine = {
    id,
    planCode: '',
    optionCodes: [],
    quantity: 1,
    app: { code: application.offer.code, tiers },
    name: application.name,
    locationCode,
    sshKey,
    sshKeyId,
    projectId,
    keepsKey,
  }
  return keep(request, (cart) => withLine(cart, line), id)
}

async function keep(request: Request, change: (cart: Cart) => Result<Cart, 'too-many-pieces'>, line: string) {
  const { holder, headers } = await cartHolderOf(request)
  const kept = await changeCart(holder, change)
  if (!kept.ok) return data({ line, problem: kept.error } satisfies CartAnswer, { status: 422, headers })
  return redirect('/cart', { headers })
}
