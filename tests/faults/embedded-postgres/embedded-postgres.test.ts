import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lastingBase, type Place, placeAt } from '#app/db/embedded/place.server.ts'
import { running } from '#app/db/embedded/postmaster.server.ts'

type Holder = { child: ChildProcess; url: string; isShared: boolean }

const script = new URL('hold-server.ts', import.meta.url).pathname
let folder: string
let children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'livery-embedded-'))
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  await untilStopped()
  const place = await placeOf()
  if (dirname(place.data) !== place.base) rmSync(dirname(place.data), { recursive: true })
  rmSync(folder, { recursive: true })
})

function start(dataDir = folder): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], { stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  return child
}

async function hold(): Promise<Holder> {
  const child = start()
  const [line] = (await once(child.stdout ?? process.stdin, 'data')) as [Buffer]
  return { child, ...(JSON.parse(line.toString()) as { url: string; isShared: boolean }) }
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(sql)
    return rows[0]
  } finally {
    await client.end()
  }
}

async function end(holder: Holder, signal: NodeJS.Signals): Promise<void> {
  holder.child.kill(signal)
  await once(holder.child, 'exit')
}

async function placeOf(): Promise<Place> {
  return placeAt(await lastingBase(folder), false)
}

async function untilStopped(): Promise<void> {
  const place = await placeOf()
  await vi.waitFor(() => expect(running(place)).toBeUndefined(), { timeout: 20_000, interval: 100 })
}

test('two processes share one server, and the last one to go stops it', async () => {
  const first = await hold()
  const second = await hold()
  expect([first.isShared, second.isShared]).toEqual([false, true])
  expect(second.url).toBe(first.url)

  await end(first, 'SIGTERM')
  expect(await ask(second.url, 'select 1 as one')).toEqual({ one: 1 })
  await end(second, 'SIGTERM')
  expect(running(await placeOf())).toBeUndefined()
})

test('two first starts at once end with one server', async () => {
  const holders = await Promise.all([hold(), hold()])
  expect(holders.map((holder) => holder.isShared).sort()).toEqual([false, true])
})

test('the server stops when its only user is killed, and its data is there at the next start', async () => {
  const first = await hold()
  await ask(first.url, 'create table kept as select 7 as number')
  await end(first, 'SIGKILL')
  await untilStopped()

  const second = await hold()
  expect(second.isShared).toBe(false)
  expect(await ask(second.url, 'select number from kept')).toEqual({ number: 7 })
})

test('a server that was killed with its user leaves a pid file that stops nobody', async () => {
  const first = await hold()
  const place = await placeOf()
  await ask(first.url, 'create table kept as select 7 as number')
  process.kill(running(place)?.pid ?? Number.NaN, 'SIGKILL')
  await end(first, 'SIGKILL')
  expect(existsSync(join(place.data, 'postmaster.pid'))).toBe(true)

  expect(await ask((await hold()).url, 'select number from kept')).toEqual({ number: 7 })
})

test('an orphan whose keeper is gone too is stopped by the next start', async () => {
  const first = await hold()
  const place = await placeOf()
  const orphan = running(place)
  process.kill(Number(readFileSync(join(place.base, 'keeper'), 'utf8')), 'SIGKILL')
  await end(first, 'SIGKILL')
  expect(running(place)).toEqual(orphan)

  expect((await hold()).isShared).toBe(false)
  expect(running(place)?.pid).not.toBe(orphan?.pid)
})

test('the secret is made once and only its owner can read it', async () => {
  await end(await hold(), 'SIGTERM')
  const secret = readFileSync(join(folder, 'secret'), 'utf8')
  expect(secret).toMatch(/^[0-9a-f]{64}\n$/)
  expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)

  await end(await hold(), 'SIGTERM')
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(secret)
  expect(readdirSync(join(folder, 'postgres', 'leases'))).toEqual([])
})

test('a data folder that cannot be made ends with exit code 78 and one line', async () => {
  writeFileSync(join(folder, 'file'), '')
  const child = start(join(folder, 'file', 'data'))
  let told = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    told += chunk.toString()
  })
  const [code] = (await once(child, 'close')) as [number]
  expect(code).toBe(78)
  expect(told).toMatch(/^Bad configuration: LIVERY_DATA_DIR .*cannot be written.*\n$/)
})
