import { readMeters, readPricedMeters } from '#app/db/catalog/meters.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { OwnMeter } from '#app/domain/usage/own-meter.ts'

export type NamedMeter = Pick<OwnMeter, 'code' | 'unit'> & {
  readonly name: string
  /** What one unit is called; empty: as the unit. */
  readonly unitWord: string
  readonly isRetired: boolean
}

export type NamedMetersInput = { readonly language: string; readonly isVisitor: boolean }

/**
 * The meters that the tenant defined or was handed down, in words of `language`, else in English, else in any. A visitor reads of those
 * that have a published price only.
 */
export async function namedMeters(ctx: TenantContext, { language, isVisitor }: NamedMetersInput): Promise<NamedMeter[]> {
  const word = (words: OwnMeter['names']) => words[language] ?? words.en ?? Object.values(words)[0]
  const meters = isVisitor ? await readPricedMeters(ctx) : await readMeters(ctx)
  return meters.map(({ code, unit, names, unitWords, retiredAt }) => {
    return { code, unit, name: word(names) ?? code, unitWord: word(unitWords) ?? '', isRetired: retiredAt !== null }
  })
}
