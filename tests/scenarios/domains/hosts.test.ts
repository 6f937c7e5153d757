import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nodeDnsResolver } from '#app/adapters/dns/node-resolver.ts'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { provideEnvironment } from '#app/config/env.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { findStoreDomain, insertHost } from '#app/db/sellers/store-domains.server.ts'
import { domainNoticePorts } from '#app/jobs/domain-ports.server.ts'
import type { Mail } from '#app/ports/mailer.ts'
import { addHost } from '#app/services/domains/add-host.server.ts'
import { checkHost } from '#app/services/domains/check-host.server.ts'
import { makeMainHost } from '#app/services/domains/make-main-host.server.ts'
import { mayHaveCertificate } from '#app/services/domains/may-have-certificate.server.ts'
import { recheckDomains } from '#app/services/domains/recheck-domains.server.ts'
import { releaseHost } from '#app/services/domains/release-host.server.ts'
import { tellStaffOfFailing } from '#app/services/domains/tell-staff.server.ts'
import { tenantForHost } from '#app/services/tenancy/tenant-for-host.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { runLivery } from '#scripts/cli/program.ts'
import { type DnsServer, startDnsServer } from '#tests/support/dns-server.ts'
import { growTenant } from '#tests/support/tree.ts'

let names: DnsServer
let ahorn: string
let lakeside: string
const ours = '192.0.2.7'

beforeAll(async () => {
  names = await startDnsServer()
  const provider = await growTenant('meridian')
  ahorn = await growTenant('ahorn', provider)
  lakeside = await growTenant('lakeside', provider)
  names.set('ahorn.localhost', 'A', ours)
})
afterAll(() => names.close())
beforeEach(() => at(1))
afterEach(() => {
  setClock()
  names.fallSilent(false)
})

const at = (day: number, hour = 6) => setClock(fixedClock(new Date(Date.UTC(2026, 5, day, hour)).toISOString()))
const ports = () => ({
  dns: nodeDnsResolver({ servers: [names.address], timeoutMs: 250 }),
  baseDomain: 'localhost',
  addresses: [],
  spfDomain: 'localhost',
})
const process = (tenantId: string) => processOf(tenantId, ports())
const row = (tenantId: string, host: string) => inTenant(tenantId, (ctx) => findStoreDomain(ctx, { host }))
const stateOf = async (tenantId: string, host: string) => (await row(tenantId, host))?.state

async function added(tenantId: string, host: string): Promise<string> {
  const result = await addHost(process(tenantId), host)
  if (!result.ok) throw new Error(result.error)
  return result.value.hostId
}

/** The proof of a host, published where the seller would. */
async function prove(tenantId: string, host: string): Promise<void> {
  names.set(`_store-verify.${host}`, 'TXT', `store-verify=${(await row(tenantId, host))?.token}`)
}

/** A host that was proven and leads here. */
async function active(tenantId: string, host: string): Promise<string> {
  const id = await added(tenantId, host)
  await prove(tenantId, host)
  names.set(host, 'CNAME', 'ahorn.localhost')
  expect(await checkHost(process(tenantId), { id })).toMatchObject({ ok: true, value: { state: 'active' } })
  return id
}

describe('a host of a seller’s own', () => {
  test('answers, and may have a certificate, once it is proven; it is the main one when it leads here and was chosen', async () => {
    const host = 'shop.ahorn.example'
    const id = await added(ahorn, host)
    expect(await checkHost(process(ahorn), { id })).toMatchObject({ ok: true, value: { state: 'verifying' } })
    expect([await tenantForHost(host), await mayHaveCertificate(host)]).toEqual([null, false])

    await prove(ahorn, host)
    expect(await checkHost(process(ahorn), { id })).toMatchObject({ ok: true, value: { state: 'verified' } })
    expect(await tenantForHost(host)).toMatchObject({ slug: 'ahorn', mainHost: 'ahorn.localhost', movedTo: null })
    expect(await mayHaveCertificate(host)).toBe(true)
    expect(await inTenant(ahorn, (ctx) => makeMainHost(ctx, id))).toEqual({ ok: false, error: 'host-not-active' })

    names.set(host, 'CNAME', 'ahorn.localhost')
    expect(await checkHost(process(ahorn), { id })).toMatchObject({ ok: true, value: { state: 'active' } })
    expect(await inTenant(ahorn, (ctx) => makeMainHost(ctx, id))).toEqual({ ok: true, value: { host } })
    expect(await inTenant(ahorn, primaryHost)).toBe(host)
    expect(await tenantForHost('ahorn.localhost')).toMatchObject({ mainHost: host, movedTo: null })

    await active(ahorn, 'ahorn.example')
    expect(await tenantForHost('ahorn.example')).toMatchObject({ mainHost: host, movedTo: host })
  })

  test('is checked in the table alone: upper case, a dot at the end, a port or a name below it get no certificate', async () => {
    for (const host of ['SHOP.ahorn.example', 'shop.ahorn.example.', 'shop.ahorn.example:443', 'x.shop.ahorn.example', 'ahorn', ''])
      expect(await mayHaveCertificate(host), host).toBe(false)
  })

  test('fails after three days, staff is told once, links go to the host that always works; it comes back by itself', async () => {
    const host = 'shop.ahorn.example'
    names.set(host, 'CNAME', 'parked.example')
    const sent: Mail[] = []
    const tell = () =>
      tellStaffOfFailing(
        processOf(ahorn, {
          ...domainNoticePorts(),
          mailer: { send: async (mail: Mail) => ({ messageId: String(sent.push(mail)) }) },
        }),
      )
    for (const day of [10, 11, 12]) {
      at(day)
      await recheckDomains(process(ahorn))
      expect([await stateOf(ahorn, host), await tell()]).toEqual(['active', 0])
    }
    at(13)
    await recheckDomains(process(ahorn))
    expect(await stateOf(ahorn, host)).toBe('failing')
    expect([await tell(), await tell()]).toEqual([1, 0])
    expect(sent.map(({ to }) => to[0]?.address)).toEqual(['owner@ahorn.example'])
    expect(sent[0]?.text).toContain('http://ahorn.localhost')
    expect(sent[0]?.text).not.toContain('shop.ahorn.example/office')
    expect(await inTenant(ahorn, primaryHost)).toBe('ahorn.localhost')
    expect(await mayHaveCertificate(host)).toBe(false)
    expect(await tenantForHost('ahorn.example')).toMatchObject({ movedTo: null })

    names.set(host, 'CNAME', 'ahorn.localhost')
    at(14)
    await recheckDomains(process(ahorn))
    expect([await stateOf(ahorn, host), await inTenant(ahorn, primaryHost)]).toEqual(['active', host])
  })

  test('keeps its state while name servers are silent', async () => {
    at(20)
    names.fallSilent(true)
    const before = await row(ahorn, 'shop.ahorn.example')
    expect(await checkHost(process(ahorn), { host: 'shop.ahorn.example' })).toEqual({ ok: false, error: 'dns-unavailable' })
    expect(await row(ahorn, 'shop.ahorn.example')).toEqual(before)
  })
})

describe('one host belongs to one seller', () => {
  test('of two who add it at once one gets it, and the other learns nothing of who', async () => {
    const both = await Promise.all([addHost(process(ahorn), 'race.example'), addHost(process(lakeside), 'race.example')])
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, error: 'host-not-available' })
  })

  test('a claim without a proof holds for fourteen days, and keeps nobody from a name that looks like it', async () => {
    await added(lakeside, 'linde.example')
    expect(await addHost(process(ahorn), 'linde.example')).toEqual({ ok: false, error: 'host-not-available' })
    expect((await addHost(process(ahorn), 'iinde.example')).ok).toBe(true)
    at(15)
    await recheckDomains(process(lakeside))
    expect((await addHost(process(ahorn), 'linde.example')).ok).toBe(true)
  })

  test('a dangling alias, or the proof of another seller, gives nobody a host', async () => {
    names.set('dangling.example', 'CNAME', 'ahorn.localhost')
    const id = await added(lakeside, 'dangling.example')
    names.set('_store-verify.dangling.example', 'TXT', `store-verify=${(await row(ahorn, 'shop.ahorn.example'))?.token}`)
    expect(await checkHost(process(lakeside), { id })).toMatchObject({ ok: true, value: { state: 'verifying' } })
    expect(await tenantForHost('dangling.example')).toBeNull()
  })

  test('a name that looks like a proven one of another seller is refused, its own look-alikes are not', async () => {
    expect(await addHost(process(lakeside), 'ah0rn.example')).toEqual({ ok: false, error: 'host-looks-alike' })
    expect(await addHost(process(lakeside), 'ähorn.example')).toEqual({ ok: false, error: 'host-looks-alike' })
    expect((await addHost(process(ahorn), 'ah0rn.example')).ok).toBe(true)
  })

  test('the same one twice, and the twenty-first, are refused', async () => {
    expect(await addHost(process(ahorn), 'shop.ahorn.example')).toEqual({ ok: false, error: 'host-already-added' })
    const held = await inTenant(lakeside, ({ db }) => db.storeDomain.count({ where: { kind: 'custom' } }))
    await inTenant(lakeside, async (ctx) => {
      for (let index = held; index < 20; index += 1)
        await insertHost(ctx, { host: `shop-${index}.lakeside.example`, registrable: 'lakeside.example', skeleton: 'lakeside' })
    })
    expect(await addHost(process(lakeside), 'one-more.lakeside.example')).toEqual({ ok: false, error: 'too-many-hosts' })
  })
})

describe('a host that is given back', () => {
  test('stops answering at once and is kept from others for thirty days; links start with the one that always works', async () => {
    const host = 'shop.ahorn.example'
    const id = (await row(ahorn, host))?.id ?? ''
    expect(await inTenant(ahorn, (ctx) => releaseHost(ctx, { hostId: id, typed: 'shop.ahorn' }))).toEqual({
      ok: false,
      error: 'name-differs',
    })
    expect((await inTenant(ahorn, (ctx) => releaseHost(ctx, { hostId: id, typed: ` ${host} ` }))).ok).toBe(true)
    expect([await tenantForHost(host), await mayHaveCertificate(host), await inTenant(ahorn, primaryHost)]).toEqual([
      null,
      false,
      'ahorn.localhost',
    ])
    const meridian = (await tenantForHost('meridian.localhost'))?.tenantId ?? ''
    at(30)
    await recheckDomains(process(ahorn))
    expect(await addHost(process(meridian), host)).toEqual({ ok: false, error: 'host-not-available' })
    at(31)
    await recheckDomains(process(ahorn))
    expect((await addHost(process(meridian), host)).ok).toBe(true)
  })

  test('is its seller’s own again at any time, with a new proof', async () => {
    const id = await active(ahorn, 'again.example')
    const token = (await row(ahorn, 'again.example'))?.token
    await inTenant(ahorn, (ctx) => releaseHost(ctx, { hostId: id, typed: 'again.example' }))
    expect(await added(ahorn, 'again.example')).toBe(id)
    expect((await row(ahorn, 'again.example'))?.token).not.toBe(token)
    expect(await checkHost(process(ahorn), { id })).toMatchObject({ ok: true, value: { state: 'verifying' } })
  })

  test('the one below the installation’s own domain stays', async () => {
    const id = (await row(ahorn, 'ahorn.localhost'))?.id ?? ''
    const kept = await inTenant(ahorn, (ctx) => releaseHost(ctx, { hostId: id, typed: 'ahorn.localhost' }))
    expect(kept).toEqual({ ok: false, error: 'host-always-works' })
  })
})

test('`livery domain verify` prints found against expected, and answers by its exit code', async () => {
  const verify = async (...words: string[]) => {
    const out: string[] = []
    const code = await runLivery(['domain', 'verify', ...words], { out: (text) => out.push(text), problem: () => undefined })
    return { code, out: out.join('') }
  }
  provideEnvironment({ DNS_SERVERS: names.address })
  const waiting = await verify('again.example')
  expect(waiting.code).toBe(1)
  expect(waiting.out).toMatch(
    /^again\.example {2}verifying\nBAD {2}TXT {3}_store-verify\.again\.example\n {7}expected {2}store-verify=[0-9a-f]{32}\n/,
  )
  await prove(ahorn, 'again.example')
  expect(await verify('Again.Example')).toMatchObject({ code: 0 })
  expect(JSON.parse((await verify('again.example', '--json')).out)).toMatchObject({ ok: true, host: 'again.example', state: 'active' })
  expect(JSON.parse((await verify('nobody.example', '--json')).out)).toEqual({ ok: false, error: 'host-not-found' })
  expect((await verify('no host')).code).toBe(2)
  names.fallSilent(true)
  provideEnvironment({ DNS_SERVERS: '127.0.0.1:9' })
  expect(await verify('again.example', '--json')).toMatchObject({ code: 1, out: '{"ok":false,"error":"dns-unavailable"}\n' })
  provideEnvironment({ DNS_SERVERS: '' })
})
