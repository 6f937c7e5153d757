import type { CartLine } from '#app/domain/catalog/cart.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { whyNot } from '../_store.apps.$code/why-not.server.ts'
import { applicationIn } from '../_store.checkout/application.server.ts'
import { type Choice, choiceOfLine, optionProblems, pageOfLine, problemsOf, searchOfLine } from '../_store.checkout/choice.server.ts'
import { estimateOf } from '../_store.checkout/estimate.server.ts'
import { orderedThing } from '../_store.checkout/ordered-thing.ts'
import type { ReaderCatalog } from '../_store.order._index/chosen.ts'
import type { ShownLine } from './cart-lines.tsx'

/** A line of the cart with its price and what is wrong with it by now; nothing of what is not offered any more but that it is so. */
export async function shownLine(request: Request, line: CartLine, catalog: ReaderCatalog): Promise<ShownLine> {
  const edit = `${pageOfLine(line)}?${searchOfLine(line)}&line=${line.id}`
  const application = line.app ? await applicationIn(request, line.app.code, searchOfLine(line)) : null
  const choices = line.app ? (application?.tiers.map(({ choice }) => choice) ?? []) : [choiceOfLine(line)]
  const problems = application ? whyNot(catalog, application) : line.app ? {} : problemsOf(catalog, choiceOfLine(line))
  const quote = 'plan' in problems ? null : await quoteOf(request, choices)
  const [choice] = choices
  const beside = !quote || !choice ? { plan: 'not-offered' } : line.app ? {} : optionProblems(quote, choice)
  return {
    id: line.id,
    edit,
    quote,
    problems: { ...problems, ...beside },
    title: application ? [application.offer.name, application.name].join(', ') : null,
    // Units of a service and servers of an application are changed where they are chosen.
    quantity: line.app || line.units !== undefined ? null : line.quantity,
    things: choices.flatMap((each) => orderedThing(catalog, each)).map((thing) => (line.app ? thing : { ...thing, quantity: 1 })),
  }
}

async function quoteOf(request: Request, choices: readonly Choice[]) {
  const stated = { kind: 'personal', country: (await tenantOf(request)).country, vatId: '' } as const
  return (await estimateOf(request, { choices, stated, codes: [] }))?.quote ?? null
}
