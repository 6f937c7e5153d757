import { z } from 'zod'
import type { ProductSpec } from './product-spec.ts'

type Place = ProductSpec['locations'][number]
type Image = ProductSpec['images'][number]

const most = 50
const codePattern = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/
const families = ['linux', 'windows', 'app'] as const

/** A list as staff type it: a line for each, its parts between commas; nothing that stands twice. */
function lines<T extends { readonly code: string }>(read: (parts: readonly string[]) => T | null, code: string) {
  return z.string('required').transform((text, context): T[] => {
    const typed = text.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [read(line.split(',').map((part) => part.trim()))]))
    const found = typed.filter((row) => row !== null)
    const isGood = found.length === typed.length && new Set(found.map((row) => row.code)).size === found.length
    if (isGood && found.length > 0 && found.length <= most) return found
    context.addIssue({ code: 'custom', message: code })
    return z.NEVER
  })
}

const isWord = (text: string | undefined): text is string => text !== undefined && text.length > 0 && text.length <= 80

function placeOf([code = '', city, country = '', ...rest]: readonly string[]): Place | null {
  return codePattern.test(code) && isWord(city) && /^[A-Z]{2}$/.test(country) && rest.length === 0 ? { code, city, country } : null
}

function imageOf([code = '', name, family, ...rest]: readonly string[]): Image | null {
  const known = families.find((one) => one === family)
  return codePattern.test(code) && isWord(name) && known && rest.length === 0 ? { code, name, family: known } : null
}

const size = (largest: number) => z.coerce.number('required').int('invalid').min(1, 'invalid').max(largest, 'invalid')

/** Where a plan stands and what it starts with, as typed: `code, city, country` and `code, name, family`, a line for each. */
export const PlanPlaces = z.object({ locations: lines(placeOf, 'places'), images: lines(imageOf, 'images') })
export type PlanPlaces = z.output<typeof PlanPlaces>

/** What makes a product a plan: its size in processors, MiB and GiB, its places and images. */
export const PlanOffering = PlanPlaces.extend({ cpuNumber: size(1_024), memoryMib: size(16_777_216), diskGib: size(1_048_576) })
export type PlanOffering = z.output<typeof PlanOffering>

/** The lines that read back as these places. */
export function placesAsTyped(places: readonly Place[]): string {
  return places.map(({ code, city, country }) => `${code}, ${city}, ${country}`).join('\n')
}

/** The lines that read back as these images. */
export function imagesAsTyped(images: readonly Image[]): string {
  return images.map(({ code, name, family }) => `${code}, ${name}, ${family}`).join('\n')
}
