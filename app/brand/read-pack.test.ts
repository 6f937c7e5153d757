import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stdnum } from 'stdnum'
import { describe, expect, test } from 'vitest'
import { readPack, shippedPack, shippedSlugs } from './read-pack.server.ts'

test('four brands ship', () => {
  expect(shippedSlugs()).toEqual(['ahorn', 'lakeside', 'meridian', 'nakhla'])
})

describe.each(shippedSlugs())('the brand %s', (slug) => {
  const { pack, legal } = shippedPack(slug)

  test('has store texts, terms, privacy and imprint in each of its languages', () => {
    for (const language of pack.languages) {
      expect(pack.texts[language]?.promise).toBeTruthy()
      for (const page of ['terms', 'privacy', 'imprint'] as const) expect(legal[page]?.[language]).toMatch(/^# /)
    }
  })

  test('names no other seller in any of its files', () => {
    const others = shippedSlugs().filter((other) => other !== slug)
    for (const file of readdirSync(join('tenants', slug), { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const text = readFileSync(join(file.parentPath, file.name), 'utf8').toLowerCase()
      for (const other of others) expect(text, `${file.name} and ${other}`).not.toContain(other)
    }
  })
})

test("the tax numbers of the European sellers pass their country's checksum", () => {
  const taxId = (slug: string) => shippedPack(slug).pack.seller.taxIds[0]?.value ?? ''
  expect(stdnum.DE?.vat?.validate(taxId('meridian')).isValid).toBe(true)
  expect(stdnum.AT?.uid?.validate(taxId('ahorn')).isValid).toBe(true)
  expect(stdnum.CH?.vat?.validate(taxId('lakeside')).isValid).toBe(true)
})

describe('a pack that is wrong', () => {
  const problemsOf = (change: (folder: string) => void) => {
    const folder = mkdtempSync(join(tmpdir(), 'livery-pack-'))
    cpSync(join('tenants', 'ahorn'), folder, { recursive: true })
    change(folder)
    const read = readPack(folder)
    rmSync(folder, { recursive: true })
    return read.ok ? [] : read.problems.map(({ file, message }) => `${file}: ${message}`)
  }
  const withFacts = (change: object) => (folder: string) => {
    const file = join(folder, 'brand.json')
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }))
  }
  const look = shippedPack('ahorn').pack.look

  test('is told file by file', () => {
    expect(
      problemsOf((folder) => {
        rmSync(join(folder, 'assets', 'logo-dark.svg'))
        rmSync(join(folder, 'legal', 'imprint.en.md'))
      }),
    ).toEqual(['assets/logo-dark.svg: is missing', 'legal/imprint.en.md: is missing'])
    expect(problemsOf((folder) => rmSync(join(folder, 'brand.json')))).toEqual(['brand.json: is missing'])
    expect(problemsOf(withFacts({ look: { ...look, accent: '#ffd800' } }))[0]).toBe(
      'brand.json: look: accent on bg has a contrast of 1.32 in light, 4.5 is needed',
    )
  })

  test.each([
    ['a colour that ends the style sheet', { look: { ...look, accent: '#123456;}</style><script>' } }, 'look.accent: colour'],
    ['a colour that loads', { look: { ...look, neutralTint: 'url(https://x.example)' } }, 'look.neutralTint: colour'],
    ['a font from elsewhere', { look: { ...look, font: 'https://x.example/a.woff2' } }, 'look.font: Invalid option'],
    ['markup in its name', { name: '<b>Ahorn</b>' }, 'name: plain-text'],
    ['style of its own', { css: 'body{}' }, ': Unrecognized key'],
    ['a word with markup', { words: { de: { 'panel:nav.servers': '<img src=x>' } } }, 'words.de.panel:nav.servers: plain-text'],
    ['a word nobody offers', { words: { de: { 'office:title': 'x' } } }, 'words.de.office:title: unknown-word'],
    ['a status page without https', { statusPage: 'http://status.ahorn.example' }, 'statusPage: malformed-address'],
    ['a status page that is a script', { statusPage: 'javascript:alert(1)' }, 'statusPage: malformed-address'],
    ['a path for a logo', { logo: { light: '../../x.svg', dark: 'a.svg', favicon: 'a.svg' } }, 'logo.light: Invalid string'],
  ])('is refused with %s', (_name, change, message) => {
    expect(problemsOf(withFacts(change)).join('\n')).toContain(`brand.json: ${message}`)
  })
})
