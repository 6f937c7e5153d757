import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createDiskFileStore } from '#app/adapters/files/disk-file-store.ts'
import { type FileKey, sealedFileStore } from '#app/adapters/files/sealed-file-store.ts'

const root = mkdtempSync(join(tmpdir(), 'sealed-files-'))
afterAll(() => rmSync(root, { recursive: true }))

const [tenantId, other] = [randomUUID(), randomUUID()]
const key = (): FileKey => ({ id: randomUUID(), key: createSecretKey(randomBytes(32)) })
const keysOf = new Map<string, FileKey[]>([
  [tenantId, [key()]],
  [other, [key()]],
])
const store = sealedFileStore(createDiskFileStore({ root }), {
  present: async (tenant) => keysOf.get(tenant)?.at(-1) ?? key(),
  named: async (tenant, id) => {
    const found = keysOf.get(tenant)?.find((each) => each.id === id)
    if (!found) throw new Error('no such key')
    return found
  },
})
const bytes = (text: string) => new TextEncoder().encode(text)
const onDisk = (name: string) => join(root, name)
const frame = 65_536

test.each([0, 1, frame - 1, frame, frame + 1, 3 * frame, 300_001])('%d bytes come out as they went in', async (length) => {
  const content = new Uint8Array(randomBytes(length))
  const name = `invoices/${tenantId}/${length}.pdf`
  await store.put(name, content)
  expect(Buffer.from((await store.get(name)) ?? []).equals(content)).toBe(true)
  const read: Uint8Array[] = []
  for await (const part of (await store.getParts(name)) ?? []) read.push(part)
  expect(Buffer.concat(read).equals(content)).toBe(true)
})

test('what comes in parts of any length is one sealed file; nothing of it can be read on the disk', async () => {
  async function* parts() {
    for (let number = 0; number < 5_000; number += 1) yield bytes(`line ${number} of Hafenstraße 2\n`)
  }
  const name = `exports/${tenantId}/1`
  await store.putParts(name, parts())
  expect(Buffer.from((await store.get(name)) ?? []).toString()).toMatch(/^line 0 of Hafenstraße 2\n.*line 4999 of Hafenstraße 2\n$/s)
  expect(readFileSync(onDisk(name)).includes('Hafenstraße')).toBe(false)
  async function* broken() {
    yield bytes('half')
    throw new Error('the source is gone')
  }
  await expect(store.putParts(name, broken())).rejects.toThrow('the source is gone')
  expect(Buffer.from((await store.get(name)) ?? []).byteLength).toBeGreaterThan(frame)
})

test('a file opens under its own name alone, whole and unchanged', async () => {
  const name = `invoices/${tenantId}/whole.pdf`
  await store.put(name, new Uint8Array(randomBytes(2 * frame + 10)))
  const sealed = readFileSync(onDisk(name))
  const refused = async (changed: Uint8Array, as = name) => {
    writeFileSync(onDisk(as), changed)
    await expect(store.get(as)).rejects.toThrow()
  }
  await refused(sealed, `invoices/${tenantId}/moved.pdf`)
  await store.put(`invoices/${other}/there.pdf`, bytes('there'))
  await refused(sealed, `invoices/${other}/there.pdf`)
  const head = sealed.length - (2 * frame + 10) - 3 * 16
  for (const end of [head, head + frame + 16, head + 2 * (frame + 16), sealed.length - 1]) await refused(sealed.subarray(0, end))
  await refused(Buffer.concat([sealed, Buffer.alloc(1)]))
  const frames = [0, 1].map((place) => sealed.subarray(head + place * (frame + 16), head + (place + 1) * (frame + 16)))
  await refused(Buffer.concat([sealed.subarray(0, head), ...frames.toReversed(), sealed.subarray(head + 2 * (frame + 16))]))
  const changed = Buffer.from(sealed)
  changed[head + 5] = (changed[head + 5] ?? 0) ^ 1
  await refused(changed)
})

test('what lay there before there was sealing is read as it is, and sealed when it is put again', async () => {
  const name = `invoices/${tenantId}/before.xml`
  await store.put(name, bytes('x'))
  for (const text of ['', '<a/>', '<Invoice>Hafenstraße 2 and all the rest of a document that is longer than a head</Invoice>']) {
    writeFileSync(onDisk(name), text)
    expect(Buffer.from((await store.get(name)) ?? []).toString()).toBe(text)
  }
  await store.put(name, (await store.get(name)) ?? new Uint8Array())
  expect(readFileSync(onDisk(name)).includes('Hafenstraße')).toBe(false)
  expect(Buffer.from((await store.get(name)) ?? []).toString()).toContain('Hafenstraße 2')
})

test('a later key seals what is put, those before open what they sealed; there is nothing under a name never put, and no name without a tenant', async () => {
  const name = `tax-papers/${tenantId}/1.pdf`
  await store.put(name, bytes('one'))
  keysOf.get(tenantId)?.push(key())
  expect(await store.get(name)).toEqual(bytes('one'))
  await store.put(name, bytes('two'))
  expect(await store.get(name)).toEqual(bytes('two'))
  expect(await store.get(`invoices/${tenantId}/none.pdf`)).toBeUndefined()
  expect(await store.getParts(`invoices/${tenantId}/none.pdf`)).toBeUndefined()
  await expect(store.put('invoices/1.pdf', bytes('x'))).rejects.toThrow('no tenant is named')
})
