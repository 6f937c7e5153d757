import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cloudSimulator, type SimulatorOptions } from '#app/adapters/clouds/simulator/simulator.ts'
import type { CloudDriver, ServerSpec } from '#app/ports/cloud-driver.ts'
import { describeCloudParts } from './cloud-parts-contract.ts'
import { describeUsageSource, facts, readAll } from './usage-source-contract.ts'

const spec: ServerSpec = {
  idempotencyKey: 'order-1',
  name: 'web-1',
  cpuNumber: 2,
  memoryMib: 4096,
  diskGib: 40,
  image: 'debian-12',
  zone: 'fra-1',
  ownerAccountId: 'account-7',
}

async function temporaryDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'livery-simulator-'))
}

describeUsageSource('the simulator', async () => {
  const dataDirectory = await temporaryDirectory()
  let now = new Date('2026-10-05T08:20:00Z')
  const simulator = cloudSimulator({ dataDirectory, clock: { now: () => now } })
  const first = await simulator.createServer(spec)
  await simulator.createServer({ ...spec, idempotencyKey: 'order-2' })
  now = new Date('2026-10-06T12:30:00Z')
  await simulator.destroyServer(first.ref)
  now = new Date('2026-10-08T00:00:00Z')
  return {
    source: simulator,
    period: { from: new Date('2026-10-05T00:00:00Z'), to: new Date('2026-10-08T00:00:00Z') },
    middle: new Date('2026-10-06T00:00:00Z'),
    close: () => rm(dataDirectory, { recursive: true }),
  }
})

describeCloudParts('the simulator', async () => {
  const directory = await temporaryDirectory()
  let instant = new Date('2026-10-05T08:00:00Z').getTime()
  const move = (milliseconds: number) => {
    instant += milliseconds
  }
  return {
    driver: cloudSimulator({ dataDirectory: directory, clock: { now: () => new Date(instant) } }),
    settle: async () => move(10_000),
    async pass(hours) {
      instant = Math.ceil(instant / 3_600_000) * 3_600_000
      const from = new Date(instant)
      move(hours * 3_600_000)
      return { from, to: new Date(instant) }
    },
    close: () => rm(directory, { recursive: true }),
  }
})

let dataDirectory: string
let now: Date
beforeEach(async () => {
  dataDirectory = await temporaryDirectory()
  now = new Date('2026-10-05T08:20:00Z')
})
afterEach(() => rm(dataDirectory, { recursive: true }))

function open(options: Partial<SimulatorOptions> = {}): CloudDriver {
  return cloudSimulator({ dataDirectory, clock: { now: () => now }, ...options })
}
const at = (text: string) => {
  now = new Date(`2026-10-${text}Z`)
}
const whole = { from: new Date('2026-10-01T00:00:00Z'), to: new Date('2026-11-01T00:00:00Z') }

test('what is installed on a server answers some seconds after that runs, and again after it began anew', async () => {
  const simulator = open({ isSilent: (_server, port) => port === 81 })
  const { ref } = await simulator.createServer({ ...spec, apps: ['php'] })
  const answers = (port: number) => simulator.answersAt(ref, port)
  at('05T08:20:05')
  expect(await answers(80)).toBe(false)
  at('05T08:20:06')
  expect([await answers(80), await answers(81)]).toEqual([true, false])
  await simulator.parts.rebuild?.(ref, 'debian-13')
  expect(await answers(80)).toBe(false)
  at('05T08:20:08')
  expect(await answers(80)).toBe(true)
  await simulator.stopServer(ref)
  expect(await answers(80)).toBe(false)
  await expect(simulator.answersAt('none', 80)).rejects.toThrow('there is no server')
})

test('a server builds for some seconds and runs then', async () => {
  const simulator = open()
  const server = await simulator.createServer(spec)
  expect(server.state).toBe('building')
  expect(server.address).toMatch(/^(203\.0\.113|198\.51\.100|192\.0\.2)\.\d{1,3}$/)
  at('05T08:20:03')
  expect((await simulator.getServer(server.ref))?.state).toBe('building')
  at('05T08:20:04')
  expect((await simulator.getServer(server.ref))?.state).toBe('running')
})

test('another process sees the same servers', async () => {
  const server = await open().createServer(spec)
  at('05T09:00:00')
  await open().stopServer(server.ref)
  expect(await open().getServer(server.ref)).toMatchObject({ ref: server.ref, state: 'stopped', address: server.address })
})

test('a repeated creation finds the first server, even in the same instant', async () => {
  const servers = await Promise.all([open().createServer(spec), open().createServer(spec), open().createServer(spec)])
  at('05T09:00:00')
  const again = await open().createServer(spec)
  expect(new Set([...servers, again].map(({ ref, address }) => `${ref} ${address}`)).size).toBe(1)
  expect(await readdir(join(dataDirectory, 'servers'))).toHaveLength(1)
})

test('no two servers share an address, and a handful of servers spans more than one range', async () => {
  const simulator = open()
  const keys = Array.from({ length: 40 }, (_, index) => `order-${index}`)
  const servers = await Promise.all(keys.map((idempotencyKey) => simulator.createServer({ ...spec, idempotencyKey })))
  expect(new Set(servers.map(({ address }) => address)).size).toBe(40)
  expect(new Set(servers.map(({ address }) => address?.split('.').slice(0, 3).join('.'))).size).toBe(3)
})

test('every action may be repeated', async () => {
  const simulator = open()
  const { ref } = await simulator.createServer(spec)
  at('05T09:00:00')
  for (const expected of ['stopped', 'stopped'] as const) expect((await simulator.stopServer(ref)).state).toBe(expected)
  for (const expected of ['running', 'running'] as const) expect((await simulator.startServer(ref)).state).toBe(expected)
  for (const expected of ['running', 'running'] as const) expect((await simulator.rebootServer(ref)).state).toBe(expected)
  for (const expected of ['deleted', 'deleted'] as const) expect((await simulator.destroyServer(ref)).state).toBe(expected)
})

test('a server that is off stays off when rebooted, and one that is gone cannot be started', async () => {
  const simulator = open()
  const { ref } = await simulator.createServer(spec)
  at('05T09:00:00')
  await simulator.stopServer(ref)
  expect((await simulator.rebootServer(ref)).state).toBe('stopped')
  await simulator.destroyServer(ref)
  await expect(simulator.startServer(ref)).rejects.toMatchObject({ code: 'wrong-state' })
})

test('a server that is made larger counts by its new size from that instant on, and its disk never shrinks', async () => {
  const simulator = open()
  const { ref } = await simulator.createServer(spec)
  const sizes = async () => {
    const records = await readAll(simulator, { from: new Date('2026-10-05T09:00:00Z'), to: new Date('2026-10-05T11:00:00Z') })
    return records
      .filter(({ usageType }) => usageType === '2' || usageType === '6')
      .map(({ windowStart, quantity, dimensions }) => {
        const { cpuNumber, memoryMib, sizeBytes } = dimensions
        return [
          windowStart.toISOString().slice(11, 16),
          quantity,
          cpuNumber ? `${cpuNumber} vCPU ${memoryMib}` : Number(sizeBytes) / 2 ** 30,
        ]
      })
  }
  at('05T09:15:00')
  await simulator.parts.resize?.(ref, { cpuNumber: 4, memoryMib: 8192, diskGib: 80 })
  await simulator.parts.resize?.(ref, { cpuNumber: 4, memoryMib: 8192, diskGib: 80 })
  at('05T10:00:00')
  expect((await simulator.parts.resize?.(ref, { cpuNumber: 1, memoryMib: 2048, diskGib: 20 }))?.state).toBe('running')
  at('05T11:00:00')
  expect(await sizes()).toEqual([
    ['09:00', '0.25', '2 vCPU 4096'],
    ['09:00', '0.25', 40],
    ['09:15', '0.75', '4 vCPU 8192'],
    ['09:15', '0.75', 80],
    ['10:00', '1', '1 vCPU 2048'],
    ['10:00', '1', 80],
  ])
  await simulator.destroyServer(ref)
  await expect(simulator.parts.resize?.(ref, spec)).rejects.toMatchObject({ code: 'wrong-state' })
})

test('a stop while building takes effect when the server is ready', async () => {
  const simulator = open()
  const { ref } = await simulator.createServer(spec)
  at('05T08:20:01')
  expect((await simulator.stopServer(ref)).state).toBe('building')
  at('05T08:20:10')
  expect((await simulator.getServer(ref))?.state).toBe('stopped')
})

test('a server that cannot be built fails with its reason and uses nothing', async () => {
  const simulator = open({ faultFor: () => 'insufficient capacity' })
  const { ref } = await simulator.createServer(spec)
  at('07T00:00:00')
  expect(await simulator.getServer(ref)).toMatchObject({ state: 'failed', fault: 'insufficient capacity' })
  expect(await readAll(simulator, whole)).toEqual([])
  expect((await simulator.destroyServer(ref)).state).toBe('deleted')
})

test('a cloud that is down answers nothing, and one that refuses says why', async () => {
  const simulator = open({ isDown: () => true })
  const volume = { key: 'data', name: 'data', zone: 'fra-1', ownerAccountId: 'account-7' }
  await expect(simulator.parts.volumes?.create(volume, 20)).rejects.toMatchObject({ code: 'unavailable', isTransient: true })
  const full = open({ refusalFor: (operation) => (operation === 'create-volume' ? 'no-capacity' : undefined) })
  expect(await full.parts.volumes?.create(volume, 20)).toEqual({ ok: false, error: 'no-capacity' })
  await expect(simulator.createServer(spec)).rejects.toMatchObject({ code: 'unavailable', isTransient: true })
  await expect(readAll(simulator, whole)).rejects.toMatchObject({ code: 'unavailable' })
})

test.each(['nobody', '../../etc/passwd', '00000000-0000-4000-8000-000000000000'])('there is no server %s', async (ref) => {
  expect(await open().getServer(ref)).toBeUndefined()
  await expect(open().stopServer(ref)).rejects.toMatchObject({ code: 'no-such-server' })
})

test('half a line left by a killed process hides neither the server nor what is done next', async () => {
  const simulator = open()
  const { ref } = await simulator.createServer(spec)
  at('05T09:00:00')
  await appendFile(join(dataDirectory, 'servers', `${ref}.jsonl`), '\n{"at":"2026-10-05T08:59:00.000Z","act')
  expect((await simulator.getServer(ref))?.state).toBe('running')
  expect((await simulator.stopServer(ref)).state).toBe('stopped')
})

test('hours follow from the life of the server: created, stopped, started, destroyed', async () => {
  const simulator = open()
  const { ref } = await simulator.createServer(spec)
  at('05T10:15:00')
  await simulator.stopServer(ref)
  at('05T11:30:00')
  await simulator.startServer(ref)
  at('05T12:45:00')
  await simulator.destroyServer(ref)
  at('05T18:00:00')

  const records = await readAll(simulator, whole)
  const told = (usageType: string) =>
    records
      .filter((record) => record.usageType === usageType)
      .map(
        ({ windowStart, windowEnd, quantity }) =>
          `${windowStart.toISOString().slice(11, 19)}-${windowEnd.toISOString().slice(11, 19)} ${quantity}`,
      )
  expect(told('2')).toEqual([
    '08:20:00-09:00:00 0.666666666667',
    '09:00:00-10:00:00 1',
    '10:00:00-11:00:00 1',
    '11:00:00-12:00:00 1',
    '12:00:00-12:45:00 0.75',
  ])
  expect(told('1')).toEqual([
    '08:20:00-09:00:00 0.665555555556',
    '09:00:00-10:00:00 1',
    '10:00:00-11:00:00 0.25',
    '11:00:00-12:00:00 0.5',
    '12:00:00-12:45:00 0.75',
  ])
  expect(records.find(({ usageType }) => usageType === '6')).toMatchObject({
    owner: { accountId: 'account-7' },
    dimensions: { sizeBytes: '42949672960', zone: 'fra-1' },
  })
  expect(records.find(({ usageType }) => usageType === '1')).toMatchObject({
    resourceRef: ref,
    resourceName: 'web-1',
    dimensions: { cpuNumber: '2', memoryMib: '4096' },
  })
})

test('an hour is told when it is over, and never changes after', async () => {
  const simulator = open()
  await simulator.createServer(spec)
  at('05T08:59:59')
  expect(await readAll(simulator, whole)).toEqual([])
  at('05T09:00:00')
  const first = facts(await readAll(simulator, whole))
  expect(first).toHaveLength(6)
  at('05T11:30:00')
  expect(facts(await readAll(simulator, whole))).toEqual(expect.arrayContaining(first))
})

test('traffic is plausible: more by day than by night', async () => {
  const simulator = open()
  await simulator.createServer(spec)
  at('07T00:00:00')
  const records = await readAll(simulator, { from: new Date('2026-10-06T00:00:00Z'), to: now })
  const bytesAt = (hour: number) =>
    Number(records.find(({ usageType, windowStart }) => usageType === '4' && windowStart.getUTCHours() === hour)?.quantity)
  expect(bytesAt(10)).toBeGreaterThan(4 * bytesAt(3))
})
