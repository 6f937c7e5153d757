import { afterAll, beforeAll, expect, test } from 'vitest'
import { sessionCookie } from '#app/auth/cookie.server.ts'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { tenantIdOf } from '#app/db/sellers/tenants.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { cloudAbove } from '#app/services/clouds/cloud-above.server.ts'
import { mapBuyer } from '#app/services/clouds/map-buyer.server.ts'
import { setCloudInterface } from '#app/services/clouds/set-cloud-interface.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { enterCloud, maySeeCloud, ownersToVisit, visitAsCustomer, visitAsStaff } from '#app/web/desks/cloud-visit.server.ts'
import { cloudPorts } from '#app/wiring.server.ts'
import { demoId } from '#prisma/seed/accounts.ts'
import { demoPassword } from '#prisma/seed/people.ts'
import { seedDemo } from '#prisma/seed/seed-demo.ts'
import { tokenFor } from '#tests/integration/auth/store-people.ts'

// A customer of a sub-reseller, whose servers stand in the provider's cloud.
const nakhla = tenantIdOf('nakhla')
const ahorn = tenantIdOf('ahorn')
const oasis = demoId('account', 'oasis')
const hosts = { nakhla: 'nakhla.localhost', ahorn: 'ahorn.localhost' }
const address = `http://${hosts.nakhla}`
const present = '2026-06-05T15:00:00Z'
const actor = systemActor('test')
const panelPath = '/panel/cloud-interface'

let omar: Request
let noor: Request
let layla: Request

async function requestOf(seller: keyof typeof hosts, email: string, path = panelPath): Promise<Request> {
  const host = hosts[seller]
  const token = await tokenFor(tenantIdOf(seller), host, email, demoPassword)
  const plain = new Request(`http://${host}${path}`)
  const cookie = sessionCookie(plain, token).split(';')[0] ?? ''
  return new Request(`http://${host}${path}`, { headers: { host, cookie } })
}

const asVisitor = (seller: keyof typeof hosts) =>
  new Request(`http://${hosts[seller]}/cloud-interface/x`, { headers: { host: hosts[seller] } })
const ticketOf = (url: string | undefined) => url?.split('/').at(-1) ?? ''
const openedAt = (instant: string) => setClock(fixedClock(instant))
const notedOpenings = () =>
  inTenant(nakhla, ({ db }) =>
    db.auditEntry.findMany({
      where: { tenantId: nakhla, action: 'cloud-interface.opened' },
      select: { actor: true, subjectId: true, detail: true },
      orderBy: { at: 'asc' },
    }),
  )
/** How a request is turned away. */
async function statusOf(work: Promise<unknown>): Promise<number | null> {
  try {
    await work
    return null
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.status
    const { init } = thrown as { init?: { status?: number } }
    if (init?.status) return init.status
    throw thrown
  }
}

beforeAll(async () => {
  openedAt(present)
  await seedDemo({ monthStart: new Date('2026-05-01T00:00:00Z'), cloudEndpoint: 'http://127.0.0.1:1/client/api' })
  const cloud = await cloudAbove(cloudPorts, nakhla)
  const size = { cpuNumber: 2, memoryMib: 4096, diskGib: 40 }
  await cloud?.driver.createServer({
    idempotencyKey: 'visit',
    name: 'souk-visited',
    image: 'debian-12',
    zone: 'dxb-1',
    ownerAccountId: oasis,
    ...size,
  })
  await mapBuyer({ tenantId: nakhla, accountId: oasis, cloudRef: cloud?.cloudRef ?? '' })
  omar = await requestOf('nakhla', 'omar@oasis.example')
  noor = await requestOf('nakhla', 'noor@burj-retail.example')
  layla = await requestOf('nakhla', 'layla@nakhla.example', `/office/accounts/${oasis}/cloud-interface`)
}, 120_000)
afterAll(() => openedAt(present))

test('without an address of the store there is no button, and nothing opens', async () => {
  expect(await maySeeCloud(omar)).toBe(false)
  expect((await visitAsCustomer(omar)).data).toEqual({ problem: 'interface-not-offered' })
  expect(await notedOpenings()).toEqual([])
})

test('an address is the seller’s own: another seller’s host is refused, whoever stands above included', async () => {
  const set = (typed: string) => setCloudInterface({ tenantId: nakhla, actor, address: typed })
  expect(await set('http://meridian.localhost')).toEqual({ ok: false, error: 'address-of-another' })
  expect(await set('https://user@cloud.example')).toEqual({ ok: false, error: 'malformed-address' })
  expect(await set(`${address}/`)).toEqual({ ok: true, value: address })
})

test('who has the right is led, once and signed in to the right project, below the seller’s own address; it is noted', async () => {
  expect(await maySeeCloud(omar)).toBe(true)
  const answer = await visitAsCustomer(omar)
  const { url } = answer.data
  expect(url).toMatch(/^http:\/\/nakhla\.localhost\/cloud-interface\/[\w-]{43}$/)
  expect(new Headers(answer.init?.headers).get('Refresh')).toBe(`0;url=${url}`)
  const visit = await enterCloud(asVisitor('nakhla'), ticketOf(url))
  expect(visit?.ownerId).toBe(oasis)
  expect(visit?.servers).toContainEqual(expect.objectContaining({ name: 'souk-visited' }))
  expect(await enterCloud(asVisitor('nakhla'), ticketOf(url))).toBeNull()
  expect(await notedOpenings()).toEqual([
    {
      actor: expect.objectContaining({ kind: 'user' }),
      subjectId: oasis,
      detail: expect.objectContaining({ kind: 'account', externalId: oasis }),
    },
  ])
})

test('a way in is of no use after a minute, nor at another seller’s host', async () => {
  const late = (await visitAsCustomer(omar)).data.url
  openedAt('2026-06-05T15:01:00Z')
  expect(await enterCloud(asVisitor('nakhla'), ticketOf(late))).toBeNull()
  openedAt(present)
  const strayed = (await visitAsCustomer(omar)).data.url
  expect(await enterCloud(asVisitor('ahorn'), ticketOf(strayed))).toBeNull()
  expect(await enterCloud(asVisitor('nakhla'), 'guessed')).toBeNull()
})

test('an account without anything in the cloud has no button; its owner opens nobody else’s', async () => {
  expect(await maySeeCloud(noor)).toBe(false)
  expect((await visitAsCustomer(noor)).data).toEqual({ problem: 'nothing-in-cloud' })
})

test('a member without the right sees no button and is turned away', async () => {
  const email = 'sami@oasis.example'
  const passwordHash = await inTenant(nakhla, async ({ db }) => {
    const known = await db.user.findFirstOrThrow({ where: { email: 'omar@oasis.example' }, select: { passwordHash: true } })
    return known.passwordHash
  })
  const member = { name: 'Sami', language: 'en', email, profile: 'customer-member', accountId: oasis }
  await inTenant(nakhla, (ctx) => addMember(ctx, member))
  await inTenant(nakhla, ({ db }) => db.user.updateMany({ where: { email }, data: { passwordHash } }))
  const sami = await requestOf('nakhla', email)
  expect(await maySeeCloud(sami)).toBe(false)
  expect(await statusOf(visitAsCustomer(sami))).toBe(403)
})

test('what stands still for want of payment is not opened by its owner; staff look into it', async () => {
  const { id: resourceId } = await inTenant(nakhla, ({ db }) =>
    db.resource.findFirstOrThrow({ where: { tenantId: nakhla, accountId: oasis, kind: 'server' }, select: { id: true } }),
  )
  const suspended = { tenantId: nakhla, id: resourceId, accountId: oasis, resourceId, cause: 'hold', wasRunning: true }
  await inTenant(nakhla, ({ db, now }) => db.serviceSuspension.createMany({ data: [{ ...suspended, suspendedAt: now }] }))
  expect((await visitAsCustomer(omar)).data).toEqual({ problem: 'account-suspended' })
  const owners = await ownersToVisit(layla, oasis)
  expect(owners).toEqual([{ kind: 'account', externalId: oasis }])
  const opened = await visitAsStaff(layla, { accountId: oasis, externalId: oasis })
  expect((await enterCloud(asVisitor('nakhla'), ticketOf(opened.data.url)))?.ownerId).toBe(oasis)
})

test('staff reach only what belongs to an account of their own seller', async () => {
  const strayed = await visitAsStaff(layla, { accountId: oasis, externalId: demoId('account', 'linde') })
  expect(strayed.data).toEqual({ problem: 'nothing-in-cloud' })
  const johanna = await requestOf('ahorn', 'johanna@ahorn.example', '/office')
  expect(await ownersToVisit(johanna, oasis)).toEqual([])
  await setCloudInterface({ tenantId: ahorn, actor, address: `http://${hosts.ahorn}` })
  expect((await visitAsStaff(johanna, { accountId: oasis, externalId: oasis })).data).toEqual({ problem: 'nothing-in-cloud' })
  const stefan = await requestOf('ahorn', 'stefan@ahorn.example', '/office')
  expect(await ownersToVisit(stefan, oasis)).toEqual([])
  expect(await statusOf(visitAsStaff(stefan, { accountId: oasis, externalId: oasis }))).toBe(403)
})

test('an address that is taken away takes the button with it', async () => {
  await setCloudInterface({ tenantId: nakhla, actor, address: ' ' })
  expect(await maySeeCloud(omar)).toBe(false)
})
