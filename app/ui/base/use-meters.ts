import { meters } from '#app/domain/usage/meters.ts'
import { usePage } from './page-context.tsx'
import { keyPart, useLabel } from './use-label.ts'

type ShownMeter = { readonly code: string; readonly name: string; readonly unit: string }

/** The meters that can be priced, those of the product and the seller's own, with the units that they count in. */
export function useMeters() {
  const { ownMeters } = usePage()
  const label = useLabel()
  const product = Object.values(meters).map(
    ({ code, unit }): ShownMeter => ({ code, unit, name: label(`document:meter.${keyPart(code)}`, code) }),
  )
  const own = ownMeters.map(({ code, name, unit, unitWord }): ShownMeter => ({ code, name, unit: unitWord || unit }))
  const all = new Map([...product, ...own].map((meter) => [meter.code, meter]))
  const retired = new Set(ownMeters.flatMap(({ code, isRetired }) => (isRetired ? code : [])))
  return {
    /** Those of a select that stands on `chosen`, a retired one only when it is chosen. */
    choices: (chosen?: string): readonly ShownMeter[] => [...all.values()].filter(({ code }) => code === chosen || !retired.has(code)),
    unitOf: (code: string): string => all.get(code)?.unit ?? '',
  }
}
