import { isApplicationName } from '#app/domain/apps/composition.ts'
import type { ApplicationChoice } from '../_store.checkout/application.server.ts'
import { problemsOf } from '../_store.checkout/choice.server.ts'
import type { ReaderCatalog } from '../_store.order._index/chosen.ts'
import { placesFor } from './places.ts'

/** What of an application cannot be ordered as it was chosen, by field. */
export function whyNot(catalog: ReaderCatalog, { offer, tiers, name, problems }: ApplicationChoice): Readonly<Record<string, string>> {
  const ofTiers = tiers.flatMap(({ tier: { code }, choice }) => {
    const { plan, quantity, image, location, sshKey, key } = problemsOf(catalog, choice)
    const wrong = { [`plan-${code}`]: plan ?? image, [`count-${code}`]: quantity, location, sshKey, key }
    return Object.entries(wrong).flatMap(([field, problem]) => (problem ? [[field, problem] as const] : []))
  })
  const ofLimits = problems.map(({ tier, problem }) => [problem === 'tier-plan' ? `plan-${tier}` : `count-${tier}`, problem] as const)
  const places = placesFor(catalog, { tiers, network: offer.network }).map(({ code }) => code)
  const isHere = tiers.every(({ choice: { locationCode } }) => locationCode !== undefined && places.includes(locationCode))
  return {
    ...(isApplicationName(name) ? {} : { name: name ? 'application-name' : 'required' }),
    ...(isHere ? {} : { location: 'sold-out' }),
    ...Object.fromEntries([...ofTiers, ...ofLimits]),
  }
}
