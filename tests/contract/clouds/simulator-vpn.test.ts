import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cloudSimulator } from '#app/adapters/clouds/simulator/simulator.ts'
import type { CloudParts, ThingAnswer } from '#app/ports/cloud-driver.ts'
import { readAll } from './usage-source-contract.ts'

const network = { key: 'inner', name: 'inner', zone: 'fra-1', ownerAccountId: 'account-7' }
const anna = { name: 'anna', password: 'abcd-efgh-ijkm' }

let dataDirectory: string
let now: Date
let ref: string
let vpn: CloudParts['vpn']
let networks: CloudParts['networks']
const at = (time: string) => {
  now = new Date(`2026-10-05T${time}Z`)
}
const simulator = () => cloudSimulator({ dataDirectory, clock: { now: () => now } })
const done = async (answer: ThingAnswer) => {
  const given = await answer
  if (!given.ok) throw new Error(given.error)
  return given.value
}

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'livery-simulator-'))
  at('08:00:00')
  const { parts } = simulator()
  if (!parts.vpn || !parts.networks) throw new Error('the simulator has no VPN')
  vpn = parts.vpn
  networks = parts.networks
  ref = (await done(networks.create(network, '10.0.0.0/24'))).ref
  at('08:10:00')
  await done(vpn.open(ref, 'shared-key-of-all'))
})
afterEach(() => rm(dataDirectory, { recursive: true }))

/** What was told of each user: name, from when, hours. */
async function told(): Promise<string[]> {
  const records = await readAll(simulator(), { from: new Date('2026-10-05T00:00:00Z'), to: new Date('2026-10-06T00:00:00Z') })
  expect(new Set(records.map(({ contentKey }) => contentKey)).size).toBe(records.length)
  return records.map((record) => {
    expect(record).toMatchObject({ usageType: '14', resourceRef: ref, owner: { accountId: 'account-7' }, dimensions: { zone: 'fra-1' } })
    return `${record.resourceName} ${record.windowStart.toISOString().slice(11, 16)} ${record.quantity}`
  })
}

test('a user is counted from being added until being taken away, however often the password changes', async () => {
  at('09:15:00')
  await done(vpn.addUser(ref, anna))
  at('09:30:00')
  await done(vpn.addUser(ref, { name: 'ben', password: 'npqr-stuv-wxyz' }))
  await done(vpn.setPassword(ref, { ...anna, password: 'another' }))
  at('10:30:00')
  await done(vpn.removeUser(ref, 'anna'))
  at('10:45:00')
  await done(vpn.addUser(ref, anna))
  at('12:00:00')
  await done(vpn.close(ref))
  at('14:00:00')
  expect((await told()).sort()).toEqual([
    'anna 09:15 0.75',
    'anna 10:00 0.5',
    'anna 10:45 0.25',
    'anna 11:00 1',
    'ben 09:30 0.5',
    'ben 10:00 1',
    'ben 11:00 1',
  ])
})

test('with its network the way in ends, and so do its users; the address is free again', async () => {
  at('09:00:00')
  await done(vpn.addUser(ref, anna))
  const held = (await simulator().getThing(ref))?.vpn?.address ?? ''
  expect(await readdir(join(dataDirectory, 'addresses'))).toEqual([held])
  at('10:30:00')
  await done(networks.remove(ref))
  at('14:00:00')
  expect(await told()).toEqual(['anna 09:00 1', 'anna 10:00 0.5'])
  expect(await readdir(join(dataDirectory, 'addresses'))).toEqual([])
})

test('nobody reads a password or the shared key in what the cloud keeps', async () => {
  await done(vpn.addUser(ref, anna))
  const kept = await readFile(join(dataDirectory, 'things', `${ref}.jsonl`), 'utf8')
  expect(kept).toContain('anna')
  for (const secret of [anna.password, 'shared-key-of-all']) expect(kept).not.toContain(secret)
})
