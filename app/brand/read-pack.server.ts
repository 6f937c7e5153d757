import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { projectFolder } from '#app/config/project-folder.server.ts'
import { type BrandContent, BrandPack, legalPages, longestLegalText } from '#app/domain/brand/brand-content.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { guardContrast } from './contrast-guard.ts'

/** What is wrong with a pack, by file. */
export type PackProblem = { readonly file: string; readonly message: string }

/** A folder with a brand, read: its facts, its legal pages, its pictures as they lie there. */
export type ReadPack = {
  readonly pack: BrandPack
  readonly legal: BrandContent['legal']
  readonly pictures: { readonly light: Uint8Array; readonly dark: Uint8Array; readonly favicon: Uint8Array }
}

export type PackReading =
  | { readonly ok: true; readonly value: ReadPack }
  | { readonly ok: false; readonly problems: readonly PackProblem[] }

/** Reads a brand pack: `brand.json`, `assets/`, `legal/<page>.<language>.md`. Every file that is wrong is named. */
export function readPack(folder: string): PackReading {
  const facts = readFacts(folder)
  if (!facts.ok) return facts
  const pack = facts.value
  const problems: PackProblem[] = guardContrast(pack.look).violations.map(({ scheme, foreground, background, contrast, required }) => ({
    file: 'brand.json',
    message: `look: ${foreground} on ${background} has a contrast of ${contrast.toFixed(2)} in ${scheme}, ${required} is needed`,
  }))
  const picture = (name: string) => readAsset(folder, join('assets', name), problems)
  const { light, dark, favicon } = pack.logo
  const pictures = { light: picture(light), dark: picture(dark), favicon: picture(favicon) }
  const legal = readLegal(folder, pack, problems)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { pack, legal, pictures } }
}

/** The pack that ships for `slug` in `tenants/`. @throws InvariantError when it is missing or wrong. */
export function shippedPack(slug: string): ReadPack {
  const read = readPack(join(projectFolder('tenants'), slug))
  invariant(read.ok, `tenants/${slug}: ${read.ok ? '' : read.problems.map(({ file, message }) => `${file}: ${message}`).join('; ')}`)
  invariant(read.value.pack.slug === slug, `tenants/${slug}: brand.json names ${read.value.pack.slug}`)
  return read.value
}

/** The slugs of all packs that ship, in alphabetical order. */
export function shippedSlugs(): string[] {
  return readdirSync(projectFolder('tenants'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(projectFolder('tenants'), entry.name, 'brand.json')))
    .map((entry) => entry.name)
    .sort()
}

function readFacts(folder: string): { ok: true; value: BrandPack } | { ok: false; problems: PackProblem[] } {
  const file = 'brand.json'
  try {
    const parsed = BrandPack.safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8')))
    return parsed.success
      ? { ok: true, value: parsed.data }
      : { ok: false, problems: parsed.error.issues.map((issue) => ({ file, ...told(issue) })) }
  } catch (failure) {
    return { ok: false, problems: [{ file, message: failure instanceof SyntaxError ? `is no JSON: ${failure.message}` : 'is missing' }] }
  }
}

function told({ path, message }: z.core.$ZodIssue): { message: string } {
  return { message: `${path.join('.')}: ${message}` }
}

function readAsset(folder: string, file: string, problems: PackProblem[]): Uint8Array {
  try {
    return readFileSync(join(folder, file))
  } catch {
    problems.push({ file, message: 'is missing' })
    return new Uint8Array()
  }
}

function readLegal(folder: string, { languages }: BrandPack, problems: PackProblem[]): BrandContent['legal'] {
  const entries = legalPages.map((page) => {
    const texts = languages.flatMap((language) => {
      const file = join('legal', `${page}.${language}.md`)
      // Withdrawal is a consumer's right in some countries only.
      if (page === 'withdrawal' && !existsSync(join(folder, file))) return []
      const text = Buffer.from(readAsset(folder, file, problems))
        .toString('utf8')
        .trim()
      if (text.length > longestLegalText) problems.push({ file, message: `is longer than ${longestLegalText} characters` })
      return text === '' ? [] : [[language, text] as const]
    })
    return [page, Object.fromEntries(texts)] as const
  })
  return Object.fromEntries(entries.filter(([, texts]) => Object.keys(texts).length > 0))
}
