import { z } from 'zod'
import { languageTag } from '#app/domain/shared/language-tag.ts'
import { Decimal } from '../../money/decimal.ts'
import type { OwnMeter, OwnMeters } from '../../usage/own-meter.ts'
import { meterUnits } from '../../usage/units.ts'

/** A meter of the seller's own as a plan file declares it, for readers that do not know the seller. */
export const DeclaredMeter = z.strictObject({
  code: z.string('missing').regex(/^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/, 'not-a-code'),
  unit: z.enum(meterUnits, 'unknown-unit'),
  name: z.record(z.string().regex(languageTag, 'not-a-language'), z.string().min(1, 'missing')).optional(),
})
type DeclaredMeter = z.output<typeof DeclaredMeter>

const Declaring = z.object({ meters: z.array(z.unknown()).optional() })

/**
 * The meters that a plan declares, by code; those of `known` count before. Quantities are taken as the usage says them. What is malformed
 * is left out: reading the plan names it.
 */
export function metersOfPlan(plan: unknown, known: OwnMeters = new Map()): OwnMeters {
  const declaring = Declaring.safeParse(plan)
  const declared = (declaring.data?.meters ?? []).flatMap((each) => DeclaredMeter.safeParse(each).data ?? [])
  return new Map([...declared.map((meter) => [meter.code, ownMeter(meter)] as const), ...known])
}

function ownMeter({ code, unit, name = {} }: DeclaredMeter): OwnMeter {
  const greatest = new Decimal('999999999999999')
  return { code, unit, kind: 'delta', roundUpTo: null, greatest, names: name, unitWords: {}, retiredAt: null }
}
