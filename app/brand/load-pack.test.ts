import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stdnum } from 'stdnum'
import { describe, expect, test } from 'vitest'
import { guardContrast } from './contrast-guard.ts'
import { brandSlugs, legalPages, legalText, loadBrand } from './load-pack.server.ts'

test('four brands ship', () => {
  expect(brandSlugs()).toEqual(['ahorn', 'lakeside', 'meridian', 'nakhla'])
})

describe.each(brandSlugs())('the brand %s', (slug) => {
  const brand = loadBrand(slug)

  test('is well formed and legible in light and dark', () => {
    expect(brand?.pack.slug).toBe(slug)
    expect(guardContrast(brand?.pack.look ?? expect.fail()).violations).toEqual([])
  })

  test('has store texts, terms, privacy and imprint in each of its languages', () => {
    for (const language of brand?.pack.languages ?? []) {
      expect(brand?.pack.texts[language]?.promise).toBeTruthy()
      for (const page of legalPages) expect(legalText(slug, page, language)?.[0]).toMatchObject({ kind: 'heading', level: 1 })
    }
  })

  test('names no other seller in any of its files', () => {
    const others = brandSlugs().filter((other) => other !== slug)
    for (const file of readdirSync(join('tenants', slug), { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const text = readFileSync(join(file.parentPath, file.name), 'utf8').toLowerCase()
      for (const other of others) expect(text, `${file.name} and ${other}`).not.toContain(other)
    }
  })
})

test("the tax numbers of the European sellers pass their country's checksum", () => {
  const taxId = (slug: string) => loadBrand(slug)?.pack.seller.taxIds[0]?.value ?? ''
  expect(stdnum.DE?.vat?.validate(taxId('meridian')).isValid).toBe(true)
  expect(stdnum.AT?.uid?.validate(taxId('ahorn')).isValid).toBe(true)
  expect(stdnum.CH?.vat?.validate(taxId('lakeside')).isValid).toBe(true)
})

test('a seller without a pack has no brand, and a name cannot leave the folder of packs', () => {
  expect(loadBrand('nobody')).toBeUndefined()
  expect(loadBrand('../tenants/ahorn')).toBeUndefined()
})

test('a legal page exists only in the languages of the seller', () => {
  expect(legalText('ahorn', 'terms', 'fr')).toBeUndefined()
})
