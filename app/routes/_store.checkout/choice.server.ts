import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import type { StoreCatalog } from '#app/reports/store/shape.ts'
import { textProblem } from '#app/services/orders/accept-order.server.ts'
import { chosenOf } from '../_store.order._index/chosen.ts'

/** What an address asks to be ordered. */
export type Choice = {
  readonly planCode: string
  readonly locationCode: string | undefined
  readonly imageCode: string | undefined
  readonly name: string | undefined
  readonly sshKey: string | undefined
  readonly optionCodes: readonly string[]
}

/** The choice in an address; nothing in it is judged, and what is too long to be any choice is cut. */
export function choiceIn(search: URLSearchParams): Choice {
  const text = (name: string, longest: number) => search.get(name)?.trim().slice(0, longest) || undefined
  return {
    planCode: text('plan', 60) ?? '',
    locationCode: text('location', 60),
    imageCode: text('image', 60),
    name: text('name', 64)?.toLowerCase(),
    sshKey: text('sshKey', 2_000),
    optionCodes: [...new Set(search.getAll('option'))].slice(0, 50),
  }
}

/** What of a choice cannot be ordered, by its field. Options are judged by the price that holds them. */
export function problemsOf(catalog: StoreCatalog, choice: Choice): Readonly<Record<string, string>> {
  const { planCode: plan, locationCode: location, imageCode: image } = choice
  const chosen = chosenOf(catalog, { plan, location, image })
  if (chosen?.plan.code !== plan) return { plan: 'not-offered' }
  if (!chosen.plan.hasServer) return {}
  const malformed = choice.name ? textProblem(choice) : 'malformed-name'
  return {
    ...(chosen.location?.code === location && chosen.plan.left[location ?? ''] !== 0 ? {} : { location: 'sold-out' }),
    ...(chosen.imageCode === image ? {} : { image: 'not-offered' }),
    ...(malformed === 'malformed-name' ? { name: choice.name ? 'server-name' : 'required' } : {}),
    ...(malformed === 'malformed-ssh-key' ? { sshKey: 'ssh-key' } : {}),
  }
}

/** Whether something that was ticked is not offered with the plan. */
export function optionProblems({ options }: OrderQuote, { optionCodes }: Choice): Readonly<Record<string, string>> {
  return optionCodes.every((code) => options.some((option) => option.code === code)) ? {} : { options: 'not-offered' }
}
