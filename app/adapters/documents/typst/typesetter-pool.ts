import { startTypesetter, type Typeset, type TypesetJob, type Typesetter, type TypesetterOptions } from './typesetter.ts'

type Place = { readonly typesetter: Typesetter; waiting: number }

/**
 * Up to `size` typesetting processes. A document goes to the one with the least before it, so a second process starts only when there
 * is more than one document at a time.
 */
export function startTypesetterPool(options: TypesetterOptions, size: number): Typesetter {
  const places: Place[] = Array.from({ length: Math.max(size, 1) }, () => ({ typesetter: startTypesetter(options), waiting: 0 }))

  async function typeset(job: TypesetJob): Promise<Typeset> {
    const place = places.reduce((least, next) => (next.waiting < least.waiting ? next : least))
    place.waiting += 1
    try {
      return await place.typesetter.typeset(job)
    } finally {
      place.waiting -= 1
    }
  }

  return {
    typeset,
    async close() {
      await Promise.all(places.map(({ typesetter }) => typesetter.close()))
    },
  }
}
