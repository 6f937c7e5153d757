import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createDiskFileStore } from '#app/adapters/files/disk-file-store.ts'

const root = mkdtempSync(join(tmpdir(), 'files-'))
const outside = mkdtempSync(join(tmpdir(), 'outside-'))
const store = createDiskFileStore({ root })
const bytes = (text: string) => new TextEncoder().encode(text)

afterAll(() => {
  rmSync(root, { recursive: true })
  rmSync(outside, { recursive: true })
})

describe('files on disk', () => {
  test('what is put is what is got', async () => {
    await store.put('invoices/a/1.pdf', bytes('one'))
    expect(await store.get('invoices/a/1.pdf')).toEqual(bytes('one'))
  })

  test('putting the same key again replaces the file and leaves nothing beside it', async () => {
    await store.put('invoices/b/1.pdf', bytes('one'))
    await store.put('invoices/b/1.pdf', bytes('two'))
    expect(await store.get('invoices/b/1.pdf')).toEqual(bytes('two'))
    expect(readdirSync(join(root, 'invoices/b'))).toEqual(['1.pdf'])
    expect(readdirSync(join(root, '.unfinished'))).toEqual([])
  })

  test('what comes in parts is one file, and comes out in parts', async () => {
    async function* parts() {
      yield bytes('one ')
      yield bytes('two')
    }
    await store.putParts('exports/a/1.csv', parts())
    expect(await store.get('exports/a/1.csv')).toEqual(bytes('one two'))
    const read: Uint8Array[] = []
    for await (const part of (await store.getParts('exports/a/1.csv')) ?? []) read.push(part)
    expect(Buffer.concat(read).toString()).toBe('one two')
    expect(await store.getParts('exports/none.csv')).toBeUndefined()
  })

  test('a writer that breaks off leaves the file as it was', async () => {
    await store.put('exports/b.csv', bytes('whole'))
    async function* broken() {
      yield bytes('half')
      throw new Error('the source is gone')
    }
    await expect(store.putParts('exports/b.csv', broken())).rejects.toThrow('the source is gone')
    expect(await store.get('exports/b.csv')).toEqual(bytes('whole'))
    expect(readdirSync(join(root, '.unfinished'))).toEqual([])
  })

  test('of many writers of one key one wins whole', async () => {
    const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(50_000))
    await Promise.all(contents.map((content) => store.put('race.bin', bytes(content))))
    expect(contents).toContain(new TextDecoder().decode(await store.get('race.bin')))
  })

  test('there is nothing under a key never put, nor below a file', async () => {
    expect(await store.get('invoices/none.pdf')).toBeUndefined()
    await store.put('leaf', bytes('x'))
    expect(await store.get('leaf/below')).toBeUndefined()
  })

  test.each([
    '',
    '/',
    '..',
    '../x',
    'a/../b',
    'a/../../b',
    '/etc/passwd',
    'a//b',
    'a/',
    './a',
    '.unfinished/a',
    'a\\b',
    'a\0b',
    'a b',
    'C:x',
    'ä',
    `a/${'b'.repeat(500)}`,
  ])('the key %j is refused for reading and writing', async (key) => {
    await expect(store.put(key, bytes('x'))).rejects.toThrow('not a plain path')
    await expect(store.get(key)).rejects.toThrow('not a plain path')
  })

  test('a link inside the root leads nowhere outside', async () => {
    writeFileSync(join(outside, 'secret'), 'secret')
    await store.put('seed', bytes('x'))
    symlinkSync(outside, join(root, 'link'))
    await expect(store.get('link/secret')).rejects.toThrow('leads out of its root')
    await expect(store.put('link/new', bytes('x'))).rejects.toThrow('leads out of its root')
    expect(readdirSync(outside)).toEqual(['secret'])
  })
})
