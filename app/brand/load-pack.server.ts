import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { invariant } from '#app/domain/shared/invariant.ts'
import { brandCss } from './brand-css.ts'
import { type BrandLanguage, BrandPack } from './brand-pack.ts'
import { guardContrast } from './contrast-guard.ts'
import { type LegalBlock, parseLegalText } from './legal-text.ts'
import { isFlatSvg } from './safe-svg.ts'

export const legalPages = ['terms', 'privacy', 'imprint'] as const
export type LegalPage = (typeof legalPages)[number]

/** A pack ready to wear: its facts, its style sheet, its drawings as SVG text. */
export type LoadedBrand = {
  readonly pack: BrandPack
  readonly css: string
  readonly logoSvg: string
  readonly logoDarkSvg: string
  readonly faviconSvg: string
}

const loaded = new Map<string, LoadedBrand>()

/** The slugs of all packs that ship, in alphabetical order. */
export function brandSlugs(): string[] {
  return readdirSync(packsDirectory(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(packsDirectory(), entry.name, 'brand.json')))
    .map((entry) => entry.name)
    .sort()
}

/**
 * The brand of the tenant with this slug, read once per process; undefined when no pack ships for it.
 * @throws when the pack is malformed, fails the contrast guard, or draws a logo with anything but flat shapes.
 */
export function loadBrand(slug: string): LoadedBrand | undefined {
  const known = loaded.get(slug)
  if (known) return known
  if (!brandSlugs().includes(slug)) return undefined
  const brand = readBrand(slug)
  loaded.set(slug, brand)
  return brand
}

/** One legal page of a seller; undefined when the brand is unknown or does not speak the language. */
export function legalText(slug: string, page: LegalPage, language: BrandLanguage): LegalBlock[] | undefined {
  if (!loadBrand(slug)?.pack.languages.includes(language)) return undefined
  return parseLegalText(readFileSync(join(packsDirectory(), slug, 'legal', `${page}.${language}.md`), 'utf8'))
}

function readBrand(slug: string): LoadedBrand {
  const directory = join(packsDirectory(), slug)
  const pack = BrandPack.parse(JSON.parse(readFileSync(join(directory, 'brand.json'), 'utf8')))
  invariant(pack.slug === slug, `tenants/${slug}: brand.json names ${pack.slug}`)
  invariant(guardContrast(pack.look).violations.length === 0, `tenants/${slug}: the colours are not legible`)
  const drawing = (name: string) => readDrawing(join(directory, 'assets', name))
  const { light, dark, favicon } = pack.logo
  return { pack, css: brandCss(pack), logoSvg: drawing(light), logoDarkSvg: drawing(dark), faviconSvg: drawing(favicon) }
}

function readDrawing(file: string): string {
  const svg = readFileSync(file, 'utf8')
  invariant(isFlatSvg(svg), `${file} holds more than flat shapes`)
  return svg
}

let packs: string | undefined

/** `tenants/` beside package.json: the same place from the source tree and from the server bundle. */
function packsDirectory(): string {
  if (packs) return packs
  let directory = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(directory, 'package.json')) || !existsSync(join(directory, 'tenants'))) {
    invariant(directory !== dirname(directory), 'tenants/ was not found beside package.json')
    directory = dirname(directory)
  }
  packs = join(directory, 'tenants')
  return packs
}
