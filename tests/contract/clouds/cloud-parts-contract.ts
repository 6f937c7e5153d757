import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cloudCapabilities } from '#app/domain/cloud/capabilities.ts'
import type { FirewallRule } from '#app/domain/cloud/firewall.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { CloudDriver, CloudParts, CloudRefusal, ThingAnswer } from '#app/ports/cloud-driver.ts'
import { readAll } from './usage-source-contract.ts'

export type CloudUnderTest = {
  readonly driver: CloudDriver
  /** Lets what was begun come to its end. */
  settle(): Promise<void>
  /** Lets `hours` go by; returns the instant before and the one after. */
  pass(hours: number): Promise<{ from: Date; to: Date }>
  close(): Promise<void>
}

const owner = 'account-7'
const size = { cpuNumber: 2, memoryMib: 4096, diskGib: 40 }
const rule: FirewallRule = { direction: 'in', protocol: 'tcp', firstPort: 443, lastPort: 443, range: '0.0.0.0/0' }

/** What every driver that offers a part must do with it. */
export function describeCloudParts(name: string, open: () => Promise<CloudUnderTest>): void {
  describe(`what ${name} offers beside servers`, () => {
    let cloud: CloudUnderTest
    let serverRef: string
    beforeEach(async () => {
      cloud = await open()
      const server = { idempotencyKey: 'order-1', name: 'web-1', image: 'debian-12', zone: 'fra-1', ownerAccountId: owner, ...size }
      serverRef = (await cloud.driver.createServer(server)).ref
      await cloud.settle()
    })
    afterEach(() => cloud.close())

    const part = <Name extends keyof CloudParts>(of: Name): CloudParts[Name] => {
      const found = cloud.driver.parts[of]
      invariant(found, `the driver does not offer ${of}`)
      return found as CloudParts[Name]
    }
    const thing = (key: string) => ({ key, name: key, zone: 'fra-1', ownerAccountId: owner })
    /** The thing once it is done. */
    const done = async (answer: ThingAnswer) => {
      const first = await answer
      if (!first.ok) throw new Error(first.error)
      await cloud.settle()
      return first.value
    }
    const refusal = async (answer: ThingAnswer): Promise<CloudRefusal | null> => {
      const given = await answer
      return given.ok ? null : given.error
    }
    const stateOf = async (ref: string) => (await cloud.driver.getThing(ref))?.state

    test('what it offers is named by the one vocabulary', () => {
      expect(cloudCapabilities).toEqual(expect.arrayContaining(Object.keys(cloud.driver.parts)))
    })

    test('a volume is made once for its key, has one server at a time, only grows, and does not go while it is held', async () => {
      const { create, attach, detach, resize, remove } = part('volumes')
      const [first, second] = await Promise.all([done(create(thing('data'), 20)), done(create(thing('data'), 20))])
      expect([second.ref, await stateOf(first.ref)]).toEqual([first.ref, 'ready'])
      const otherServer = { idempotencyKey: 'order-2', name: 'web-2', image: 'debian-12', zone: 'fra-1', ownerAccountId: owner, ...size }
      const other = (await cloud.driver.createServer(otherServer)).ref
      await cloud.settle()
      for (const _ of [1, 2]) expect(await refusal(attach(first.ref, serverRef))).toBeNull()
      expect(await refusal(attach(first.ref, other))).toBe('in-use')
      expect(await refusal(remove(first.ref))).toBe('in-use')
      expect(await refusal(resize(first.ref, 10))).toBe('wrong-state')
      for (const _ of [1, 2]) expect(await refusal(resize(first.ref, 30))).toBeNull()
      for (const _ of [1, 2]) expect(await refusal(detach(first.ref))).toBeNull()
      for (const _ of [1, 2]) expect(await refusal(remove(first.ref))).toBeNull()
      expect([await stateOf(first.ref), await refusal(attach(first.ref, serverRef))]).toEqual(['deleted', 'wrong-state'])
      expect(await refusal(attach('00000000-0000-4000-8000-000000000000', serverRef))).toBe('not-there')
    })

    test('a volume of a server that is gone can be given to another', async () => {
      const { create, attach, remove } = part('volumes')
      const { ref } = await done(create(thing('data'), 20))
      await done(attach(ref, serverRef))
      await cloud.driver.destroyServer(serverRef)
      expect(await refusal(attach(ref, serverRef))).toBeNull()
      expect(await refusal(remove(ref))).toBeNull()
    })

    test('every acquired address is another one, and its reverse name is what it was set to', async () => {
      const { acquire, attach, release } = part('addresses')
      const [first, second] = [await done(acquire(thing('a'))), await done(acquire(thing('b')))]
      const server = await cloud.driver.getServer(serverRef)
      expect(new Set([first.address, second.address, server?.address]).size).toBe(3)
      expect(await refusal(attach(first.ref, serverRef))).toBeNull()
      const reverse = part('reverse-dns')
      for (const ref of [first.ref, serverRef]) {
        await done(reverse.set(ref, 'mail.example.com'))
        expect(await reverse.read(ref)).toBe('mail.example.com')
        await done(reverse.set(ref, null))
        expect(await reverse.read(ref)).toBeNull()
      }
      for (const _ of [1, 2]) expect(await refusal(release(second.ref))).toBeNull()
    })

    test('a backup is of one server, and is restored to that one only', async () => {
      const { take, restore, remove } = part('backups')
      const { ref } = await done(take(thing('before-upgrade'), serverRef))
      expect((await cloud.driver.getThing(ref))?.sizeGib).toBeGreaterThan(0)
      expect(await refusal(restore(ref, serverRef))).toBeNull()
      expect(await refusal(restore(ref, '00000000-0000-4000-8000-000000000000'))).toBe('not-there')
      await done(remove(ref))
      expect(await refusal(restore(ref, serverRef))).toBe('not-there')
    })

    test('an image comes from a server or from an address, and a server begins anew from it', async () => {
      const { make, register } = part('images')
      const made = await done(make(thing('golden'), serverRef))
      const registered = await done(register(thing('own'), 'https://example.com/own.qcow2'))
      for (const { ref } of [made, registered]) expect((await cloud.driver.getThing(ref))?.sizeGib).toBeGreaterThan(0)
      expect(await refusal(part('rebuild')(serverRef, made.ref))).toBeNull()
      await cloud.driver.destroyServer(serverRef)
      expect(await refusal(part('rebuild')(serverRef, 'debian-12'))).toBe('wrong-state')
    })

    test('a server begins from a private image that is there and fits on its disk, and from no other', async () => {
      const { make, remove } = part('images')
      const image = await done(make(thing('golden'), serverRef))
      const bornFrom = async (key: string, diskGib: number = size.diskGib) => {
        const { ref } = await cloud.driver.createServer({ ...thing(key), idempotencyKey: key, ...size, diskGib, image: image.ref })
        await cloud.settle()
        return (await cloud.driver.getServer(ref))?.state
      }
      expect(await bornFrom('order-2')).toBe('running')
      expect(await bornFrom('order-3', 1)).toBe('failed')
      await done(remove(image.ref))
      expect(await bornFrom('order-4')).toBe('failed')
    })

    test('rules, records and members are what they were set to last', async () => {
      const firewall = part('firewall')
      await done(firewall.set(serverRef, [rule]))
      expect(await firewall.read(serverRef)).toEqual([rule])
      await done(firewall.set(serverRef, []))
      expect(await firewall.read(serverRef)).toEqual([])

      const dns = part('dns')
      const zone = await done(dns.create({ ...thing('zone'), name: 'example.com' }))
      const records = [{ name: '@', type: 'A', ttlSeconds: 300, value: '203.0.113.7' }] as const
      await done(dns.setRecords(zone.ref, records))
      expect(await dns.read(zone.ref)).toEqual(records)
      expect(await refusal(dns.create({ ...thing('other'), name: 'example.com' }))).toBe('in-use')

      const networks = part('networks')
      const network = await done(networks.create(thing('inner'), '10.0.0.0/24'))
      await done(networks.join(network.ref, serverRef))
      expect(await refusal(networks.remove(network.ref))).toBe('in-use')
      await done(networks.leave(network.ref, serverRef))
      expect(await refusal(networks.remove(network.ref))).toBeNull()
    })

    test('people come into a network from outside by a name and a password of their own, until they are taken away', async () => {
      const vpn = part('vpn')
      const { create, remove } = part('networks')
      const { ref } = await done(create(thing('inner'), '10.0.0.0/24'))
      const anna = { name: 'anna', password: 'abcd-efgh' }
      /** Refusals of something that is asked for twice. */
      const twice = async (ask: () => ThingAnswer) => [await refusal(ask()), await refusal(ask())]
      const fine = [null, null]
      expect(await refusal(vpn.addUser(ref, anna))).toBe('wrong-state')
      expect(await vpn.open(ref, 'shared-1')).toMatchObject({ ok: true, value: { vpn: { protocol: 'l2tp-ipsec' } } })
      expect(await twice(() => vpn.open(ref, 'shared-1'))).toEqual(fine)
      expect(await refusal(vpn.open(ref, 'shared-2'))).toBe('wrong-state')
      expect(await twice(() => vpn.setKey(ref, 'shared-2'))).toEqual(fine)
      expect((await cloud.driver.getThing(ref))?.vpn?.address).toMatch(/^\d+\./)
      expect(await twice(() => vpn.addUser(ref, anna))).toEqual(fine)
      expect(await refusal(vpn.addUser(ref, { ...anna, password: 'another' }))).toBe('in-use')
      expect(await refusal(vpn.setPassword(ref, { name: 'ben', password: 'none' }))).toBe('not-there')
      expect(await twice(() => vpn.setPassword(ref, { ...anna, password: 'another' }))).toEqual(fine)
      await done(vpn.addUser(ref, { name: 'ben', password: 'ijkm-npqr' }))
      expect(await twice(() => vpn.removeUser(ref, 'anna'))).toEqual(fine)
      expect(await vpn.users(ref)).toEqual(['ben'])
      expect(await twice(() => vpn.close(ref))).toEqual(fine)
      expect([await vpn.users(ref), (await cloud.driver.getThing(ref))?.vpn]).toEqual([[], undefined])
      await done(vpn.open(ref, 'shared-3'))
      expect(await refusal(remove(ref))).toBeNull()
      expect(await refusal(vpn.open(ref, 'shared-3'))).toBe('wrong-state')
    })

    test('a load balancer has an address of its own, and its servers get connections while they run', async () => {
      const { create, set, join, leave, health, remove } = part('load-balancers')
      const web = { protocol: 'tcp', port: 443, serverPort: 8443 } as const
      const { ref, address } = await done(create(thing('front'), { algorithm: 'round-robin', rules: [web] }))
      const other = await done(create(thing('other'), { algorithm: 'source', rules: [] }))
      expect(address === undefined || address === other.address).toBe(false)
      expect(await refusal(set(ref, { algorithm: 'source', rules: [web, { ...web, port: 80 }] }))).toBeNull()
      for (const _ of [1, 2]) expect(await refusal(join(ref, serverRef))).toBeNull()
      expect(await refusal(join(ref, '00000000-0000-4000-8000-000000000000'))).toBe('not-there')
      expect(await health(ref)).toEqual([{ serverRef, isHealthy: true }])
      await cloud.driver.stopServer(serverRef)
      await cloud.settle()
      expect(await health(ref)).toEqual([{ serverRef, isHealthy: false }])
      for (const _ of [1, 2]) expect(await refusal(leave(ref, serverRef))).toBeNull()
      expect(await health(ref)).toEqual([])
      for (const _ of [1, 2]) expect(await refusal(remove(ref))).toBeNull()
      expect([await stateOf(ref), await refusal(join(ref, serverRef))]).toEqual(['deleted', 'wrong-state'])
    })

    test('a way to the console works once, and not for long', async () => {
      const { open: openConsole, show } = part('console')
      const opened = await openConsole(serverRef)
      expect((await show(opened?.ticket ?? ''))?.serverRef).toBe(serverRef)
      expect(await show(opened?.ticket ?? '')).toBeNull()
      const late = await openConsole(serverRef)
      await cloud.pass(1)
      expect([await show(late?.ticket ?? ''), await show('guessed'), await openConsole('nobody')]).toEqual([null, null, null])
    })

    test('a way into the interface is signed in to one owner, works once, where it was made for, and not for long', async () => {
      const { open: openInterface, enter } = part('cloud-interface')
      const address = 'https://cloud.example.test'
      const opened = await openInterface(owner, address)
      expect(opened?.url.startsWith(`${address}/`)).toBe(true)
      expect(await openInterface('nobody', address)).toBeNull()
      if (!enter) return
      const ticket = (url: string | undefined) => url?.split('/').at(-1) ?? ''
      expect((await enter(ticket(opened?.url), 'cloud.example.test'))?.ownerId).toBe(owner)
      expect(await enter(ticket(opened?.url), 'cloud.example.test')).toBeNull()
      const strayed = await openInterface(owner, address)
      const late = await openInterface(owner, address)
      expect(await enter(ticket(strayed?.url), 'other.example.test')).toBeNull()
      await cloud.pass(1)
      expect([await enter(ticket(late?.url), 'cloud.example.test'), await enter('guessed', 'cloud.example.test')]).toEqual([null, null])
    })

    test('figures come in equal steps, the oldest first, and show when the server stood still', async () => {
      const { from, to } = await cloud.pass(2)
      await cloud.driver.stopServer(serverRef)
      const still = await cloud.pass(2)
      const points = await part('metrics')(serverRef, { from, to: still.to, stepMinutes: 60 })
      expect(points.map(({ at }) => (at.getTime() - from.getTime()) / 3_600_000)).toEqual([0, 1, 2, 3])
      expect(points.map(({ at, cpuPercent, sentBytes }) => at < to && cpuPercent > 0 && sentBytes > 0)).toEqual([true, true, false, false])
    })

    test('what is kept is metered under its owner until it goes: volumes and backups by size, addresses and load balancers by the hour', async () => {
      const volume = await done(part('volumes').create(thing('data'), 20))
      const address = await done(part('addresses').acquire(thing('a')))
      const balancer = await done(part('load-balancers').create(thing('front'), { algorithm: 'source', rules: [] }))
      const backup = await done(part('backups').take(thing('b'), serverRef))
      const { from } = await cloud.pass(3)
      await done(part('volumes').remove(volume.ref))
      const { to } = await cloud.pass(2)
      const records = (await readAll(cloud.driver, { from, to })).filter(({ owner: { accountId } }) => accountId === owner)
      const hoursOf = (ref: string) =>
        records.filter(({ resourceRef }) => resourceRef === ref).reduce((sum, { quantity }) => sum + Number(quantity), 0)
      expect(hoursOf(volume.ref)).toBeLessThan(4)
      for (const { ref } of [address, balancer, backup]) expect(hoursOf(ref)).toBeGreaterThanOrEqual(4)
      expect(records.find(({ resourceRef }) => resourceRef === volume.ref)?.dimensions.sizeBytes).toBe(String(20 * 2 ** 30))
    })
  })
}
