import { v7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { shippedPack } from '#app/brand/read-pack.server.ts'
import { inStore, inTenant } from '#app/db/context.server.ts'
import type { BrandContent } from '#app/domain/brand/brand-content.ts'
import { currentTerms, legalVersion } from '#app/services/brand/current-terms.server.ts'
import { discardBrandDraft, openBrandDesk, saveBrandDraft } from '#app/services/brand/edit-brand.server.ts'
import { type ImportBrandInput, importBrand } from '#app/services/brand/import-brand.server.ts'
import { publishBrand, rollBackBrand } from '#app/services/brand/publish-brand.server.ts'
import { makePictures } from '#app/services/brand/store-pictures.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { brandOf, brandPictureOf, brandPorts, forgetBrand, mailBrandOf, senderOf } from '#app/wiring.server.ts'
import { runLivery } from '#scripts/cli/program.ts'
import { buildTenant } from '../../support/builders.ts'

const pack = shippedPack('ahorn')
let tenantId: string
let slug: string

const worn = async () => {
  forgetBrand(slug)
  return brandOf(slug)
}
const bringIn = (changes: Partial<ImportBrandInput> = {}) => importBrand(processOf(tenantId, brandPorts()), { ...pack, ...changes })
const desk = async (): Promise<BrandContent> => {
  const { slug: _slug, currency: _currency, zone: _zone, ...neutral } = (await worn()).pack
  return neutral
}
const save = async (change: Partial<BrandContent>, revision: number) => {
  const neutral = await desk()
  return inTenant(tenantId, (ctx) => saveBrandDraft(ctx, { neutral, revision, change }))
}
const publish = (revision: number) => publishBrand(processOf(tenantId, brandPorts()), revision)

beforeAll(async () => {
  slug = `brand-${v7().slice(-12)}`
  tenantId = await buildTenant({ slug, legalName: 'Birke Netz GmbH', country: 'AT', language: 'de' })
})

test('a seller that has published nothing wears a neutral look in its own name, and its mails leave', async () => {
  const { pack: neutral, number, logoSvg } = await worn()
  expect({ number, logoSvg, name: neutral.name, languages: neutral.languages }).toEqual({
    number: null,
    logoSvg: undefined,
    name: 'Birke Netz GmbH',
    languages: ['de', 'en'],
  })
  expect(neutral.texts.de?.promise).toBe('Cloud-Server zu klaren Preisen.')
  expect(await senderOf(slug)).toMatchObject({ from: { name: 'Birke Netz GmbH', address: 'billing@seller.example' } })
  expect(await mailBrandOf(slug, 'x.localhost')).toMatchObject({
    legalName: 'Birke Netz GmbH',
    address: 'Mainzer Landstraße 1, 60329 Frankfurt am Main',
  })
  expect(await inStore(tenantId, (ctx) => currentTerms(ctx, 'de'))).toBeNull()
})

describe('a pack', () => {
  test('is only judged in a dry run', async () => {
    expect(await bringIn({ isDryRun: true })).toEqual({ ok: true, value: { number: null, isNew: true } })
    expect((await worn()).number).toBeNull()
  })

  test('is worn as the first version, with its logo, its icons and the picture of a shared link', async () => {
    expect(await bringIn()).toEqual({ ok: true, value: { number: 1, isNew: true } })
    const { pack: published, logoSvg, cardPicture } = await worn()
    expect(published).toMatchObject({ name: 'Ahorn Hosting', slug, currency: 'EUR', zone: 'Europe/Berlin' })
    expect(logoSvg).toContain('<path')
    const names = [published.logo.light, published.logo.dark, published.logo.favicon, ...(published.logo.icons ?? []), cardPicture]
    for (const name of names) expect((await brandPictureOf(tenantId, name ?? ''))?.byteLength).toBeGreaterThan(100)
  })

  test('that brings nothing new makes no version', async () => {
    expect(await bringIn()).toEqual({ ok: true, value: { number: 1, isNew: false } })
  })

  test('with a picture that is none names the file', async () => {
    const pictures = { ...pack.pictures, dark: Buffer.from('hello') }
    expect(await bringIn({ pictures })).toEqual({ ok: false, problems: [{ file: 'assets/logo-dark.svg', message: 'picture-unreadable' }] })
  })
})

test('from the command line a folder is told wrong file by file, tried, and published', async () => {
  const run = async (...words: string[]) => {
    const said: string[] = []
    const exitCode = await runLivery(['tenant', 'import-brand', ...words], {
      out: (text) => said.push(text),
      problem: (text) => said.push(text),
    })
    return { exitCode, said: said.join('') }
  }
  await buildTenant({ slug: 'lakeside', legalName: 'Lakeside Cloud AG', country: 'CH', currency: 'CHF' })
  expect(await run('tenants/nowhere', '--tenant', 'lakeside')).toEqual({
    exitCode: 1,
    said: 'brand.json: is missing\nrefused: nothing was published\n',
  })
  expect((await run('tenants/ahorn', '--tenant', 'lakeside')).said).toContain('brand.json: slug: names ahorn, not lakeside')
  expect(await run('tenants/lakeside', '--tenant', 'lakeside', '--dry-run')).toMatchObject({
    exitCode: 0,
    said: expect.stringContaining('a whole brand'),
  })
  expect(await run('tenants/lakeside', '--tenant', 'lakeside')).toEqual({
    exitCode: 0,
    said: 'Lakeside Cloud AG wears it now, as version 1\n',
  })
  expect((await run('tenants/lakeside', '--tenant', 'lakeside')).said).toContain('wears this brand already, as version 1')
})

describe('a draft', () => {
  test('is seen by nobody before it is published, and by everybody after', async () => {
    expect(await save({ name: 'Ahorn Cloud' }, 0)).toEqual({ ok: true, value: 1 })
    expect((await worn()).pack.name).toBe('Ahorn Hosting')
    expect(await publish(1)).toEqual({ ok: true, value: 2 })
    expect((await worn()).pack.name).toBe('Ahorn Cloud')
    expect(await publish(1)).toEqual({ ok: false, error: 'nothing-to-publish' })
  })

  test('of two who edit at once the second is told, saves nothing and publishes nothing', async () => {
    expect(await save({ name: 'One' }, 0)).toEqual({ ok: true, value: 1 })
    expect(await save({ name: 'Two' }, 0)).toEqual({ ok: false, error: 'changed-meanwhile' })
    expect(await save({ name: 'One more' }, 1)).toEqual({ ok: true, value: 2 })
    expect(await publish(1)).toEqual({ ok: false, error: 'changed-meanwhile' })
    const neutral = await desk()
    expect(await inTenant(tenantId, (ctx) => openBrandDesk(ctx, neutral))).toMatchObject({ revision: 2, content: { name: 'One more' } })
    expect(await inTenant(tenantId, (ctx) => discardBrandDraft(ctx, 1))).toEqual({ ok: false, error: 'changed-meanwhile' })
    expect(await inTenant(tenantId, (ctx) => discardBrandDraft(ctx, 2))).toEqual({ ok: true, value: null })
    expect(await inTenant(tenantId, (ctx) => openBrandDesk(ctx, neutral))).toMatchObject({ revision: 0, content: { name: 'Ahorn Cloud' } })
  })

  test('that not everybody can read is kept but not published', async () => {
    const { look } = (await worn()).pack
    expect(await save({ look: { ...look, accent: '#ffd800' } }, 0)).toEqual({ ok: true, value: 1 })
    expect(await publish(1)).toEqual({ ok: false, error: 'not-legible' })
    expect((await worn()).number).toBe(2)
    expect(await save({ look: { ...look, accent: '#7f6a00' } }, 1)).toEqual({ ok: true, value: 2 })
    expect(await publish(2)).toEqual({ ok: true, value: 3 })
    expect((await worn()).css).toContain('--accent: #7f6a00;')
  })

  test.each<[string, unknown]>([
    ['a colour that ends the style sheet', { look: { accent: '#123456;}</style><script>alert(1)</script>' } }],
    ['a colour that loads', { look: { accent: 'url(https://x.example/a)' } }],
    ['a font of its own', { look: { font: "x'; @import 'https://x.example" } }],
    ['markup in its promise', { texts: { de: { promise: '<img src=x onerror=alert(1)>' } } }],
    ['a word with markup', { words: { de: { 'panel:nav.servers': '<script>' } } }],
    ['a word without its placeholder', { words: { de: { 'panel:needs.server': 'Gescheitert' } } }],
    ['a picture from elsewhere', { logo: { light: '../../etc/passwd' } }],
    ['a style sheet', { css: 'body{display:none}' }],
    ['a line break in the sender', { mail: { fromName: 'A\r\nBcc: x@y.example', fromAddress: 'a@b.example' } }],
  ])('with %s is refused', async (_name, change) => {
    const now = await desk()
    const merged = Object.fromEntries(
      Object.entries(change as Record<string, object>).map(([key, value]) => [
        key,
        typeof value === 'object' ? { ...(now as unknown as Record<string, object>)[key], ...value } : value,
      ]),
    )
    expect(await save(merged as Partial<BrandContent>, 0)).toEqual({ ok: false, error: 'brand-invalid' })
  })
})

test('an earlier version comes back as a new one', async () => {
  expect(await rollBackBrand(processOf(tenantId, brandPorts()), 2)).toEqual({ ok: true, value: 4 })
  const { pack: now, number } = await worn()
  expect({ number, accent: now.look.accent, name: now.name }).toEqual({ number: 4, accent: pack.pack.look.accent, name: 'Ahorn Cloud' })
  expect(await rollBackBrand(processOf(tenantId, brandPorts()), 9)).toEqual({ ok: false, error: 'version-not-found' })
})

test('terms get a number when their text changes, and what a buyer accepted stays to be read', async () => {
  const before = await inStore(tenantId, (ctx) => currentTerms(ctx, 'de'))
  expect(before).toMatchObject({ version: 1, page: 'terms', locale: 'de', text: expect.stringMatching(/^# /) })
  const { legal } = await desk()
  const terms = { de: '# AGB\n\nNeu. [x](javascript:alert(1))', en: '# Terms' }
  expect(await save({ legal: { ...legal, terms } }, 0)).toEqual({ ok: true, value: 1 })
  expect(await publish(1)).toMatchObject({ ok: true })
  expect(await inStore(tenantId, (ctx) => currentTerms(ctx, 'de'))).toMatchObject({ version: 2, text: terms.de })
  expect(await inStore(tenantId, (ctx) => currentTerms(ctx, 'ar'))).toMatchObject({ version: 2, locale: 'de' })
  expect(await inStore(tenantId, (ctx) => legalVersion(ctx, { page: 'terms', locale: 'de', version: 1 }))).toEqual(before)
  expect(await inStore(tenantId, (ctx) => legalVersion(ctx, { page: 'privacy', locale: 'de' }))).toMatchObject({ version: 1 })
})

test('a photograph as logo reaches documents as a drawing that holds it', async () => {
  const { default: sharp } = await import('sharp')
  const photograph = await sharp({ create: { width: 300, height: 100, channels: 3, background: '#96341f' } })
    .jpeg()
    .toBuffer()
  const made = await makePictures(brandPorts(), 'light', photograph)
  if (!made.ok) expect.fail(made.error)
  const neutral = await desk()
  const change = { logo: { ...neutral.logo, ...made.value.logo } }
  const saved = await inTenant(tenantId, (ctx) => saveBrandDraft(ctx, { neutral, revision: 0, change, pictures: made.value.rows }))
  expect(saved).toEqual({ ok: true, value: 1 })
  expect(await publish(1)).toMatchObject({ ok: true })
  expect((await worn()).logoSvg).toMatch(/^<svg [^>]*viewBox="0 0 300 100"><image width="300" height="100" href="data:image\/png;base64,/)
})
