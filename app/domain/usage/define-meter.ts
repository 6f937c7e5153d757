import { z } from 'zod'
import { languageTag } from '#app/domain/shared/language-tag.ts'
import { Decimal } from '../money/decimal.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { meters } from './meters.ts'
import { levelUnits, type MeterWords, meterKinds } from './own-meter.ts'
import { meterUnits } from './units.ts'

const positive = z
  .string('required')
  .trim()
  .regex(/^\d{1,15}([.]\d{1,12})?$/, 'not-a-number')
  .transform((text) => new Decimal(text))
  .refine((number) => number.gt(0), 'not-positive')
const words = z
  .record(z.string().regex(languageTag), z.string().trim().max(80, 'too-long'))
  .transform((texts): MeterWords => Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')))

/** What a meter is called, by language. */
export const MeterTexts = z.object({ names: words, unitWords: words })
export type MeterTexts = z.output<typeof MeterTexts>

/** A meter as staff define it. */
export const MeterDraft = MeterTexts.extend({
  code: z
    .string('required')
    .trim()
    .min(1, 'required')
    .max(40, 'too-long')
    .regex(/^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/, 'not-a-code'),
  unit: z.enum(meterUnits, 'required'),
  kind: z.enum(meterKinds, 'required'),
  roundUpTo: positive.nullable(),
  greatest: positive,
})
export type MeterDraft = z.output<typeof MeterDraft>

export type WordsProblem = 'name-missing' | 'names-the-seller'
export type MeterProblem = WordsProblem | 'code-of-product' | 'level-needs-hours'

/** Whether a seller called `sellerName` may define this. A level needs a unit that holds hours. */
export function checkMeter(draft: MeterDraft, sellerName: string): Result<MeterDraft, MeterProblem> {
  if (productCodes.has(plain(draft.code))) return err('code-of-product')
  if (draft.kind === 'level' && !levelUnits[draft.unit]) return err('level-needs-hours')
  const texts = checkMeterTexts(draft, sellerName)
  return texts.ok ? ok(draft) : texts
}

/** A meter needs a name. Its words reach the buyers of resellers below, who never read the name of a seller above theirs. */
export function checkMeterTexts(texts: MeterTexts, sellerName: string): Result<MeterTexts, WordsProblem> {
  if (Object.keys(texts.names).length === 0) return err('name-missing')
  const all = [...Object.values(texts.names), ...Object.values(texts.unitWords)]
  return all.some((text) => text.toLowerCase().includes(sellerName.toLowerCase())) ? err('names-the-seller') : ok(texts)
}

/** A code beside those in `taken`: `wanted`, or with the first number that is free. */
export function freeCode(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const code = number === 1 ? wanted : `${wanted}-${number}`
    if (!taken.has(code)) return code
  }
}

// Texts are looked up with dashes for dots.
const plain = (code: string) => code.replaceAll('.', '-')
const productCodes = new Set(Object.keys(meters).map(plain))
