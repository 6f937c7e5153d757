import type { z } from 'zod'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import type { ChangeInput } from '#app/services/subscriptions/plan-change.server.ts'
import { chosenChange } from '../desks/subscription-form.ts'
import type { FieldProblem, WrongFields } from './problems.server.ts'
import type { ChangeWish } from './subscription-schemas.ts'

/** The change of a subscription that a body wishes for; what is missing is told at its field. */
export function wishedChange(subscriptionId: string, wish: z.output<typeof ChangeWish>): { readonly input: ChangeInput } | WrongFields {
  const productId = fromPublicId('product', wish.product_id ?? '')
  const needsProduct = wish.change === 'plan' || wish.change === 'add-on' || wish.change === 'remove-add-on'
  const problems: FieldProblem[] = []
  if (needsProduct && !productId) problems.push({ pointer: '/product_id', code: 'required' })
  if (wish.change === 'quantity' && !wish.quantity) problems.push({ pointer: '/quantity', code: 'required' })
  if (wish.when === 'date' && !wish.date) problems.push({ pointer: '/date', code: 'required' })
  const change = needsProduct ? `${wish.change}:${productId}` : wish.change
  const chosen = problems.length === 0 ? chosenChange({ ...wish, change }) : undefined
  if (chosen) return { input: { subscriptionId, ...chosen, chosenBy: 'buyer' } }
  return { wrong: problems.length > 0 ? problems : [{ pointer: '/change', code: 'invalid' }] }
}
