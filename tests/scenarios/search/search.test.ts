import { v7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel, inTenant } from '#app/db/context.server.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { readSearch } from '#app/domain/shared/search-words.ts'
import { rightsWithinProjects } from '#app/domain/tenancy/member-rules.ts'
import type { CustomerPermission, StaffPermission } from '#app/domain/tenancy/permissions.ts'
import { searchOffice } from '#app/reports/search/office.server.ts'
import { searchPanel } from '#app/reports/search/panel.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { addProject } from '#app/services/projects/keep-project.server.ts'
import { placeResource } from '#app/services/projects/place-resource.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { buildAccount, buildCharges, buildPriceBook, buildProduct, buildSubscription } from '#tests/support/builders.ts'
import { growTenant } from '#tests/support/tree.ts'
import { buildShop, buildShopper, orderWith } from '../promotions/store.ts'
import { asked, type Person } from '../tickets/desk.ts'

let tenantId: string
let otherSeller: string
let maria: Person
let otto: Person
let web: string
let ticketId: string
beforeAll(async () => {
  setClock(fixedClock('2026-05-01T00:00:00Z'))
  tenantId = await growTenant('ahorn')
  otherSeller = await growTenant('birke')
  maria = { ...(await register(tenantId, 'maria@linde.example')), name: 'Maria Linde' }
  otto = { ...(await register(tenantId, 'otto@anders.example')), name: 'Otto Anders' }
  web = await thing({ name: 'kiosk-web', address: '203.0.113.7' })
  await thing({ name: 'kiosk-data', kind: 'volume' })
  await thing({ name: 'kiosk-old', state: 'deleted' })
  await thing({ name: 'kiosk-otto', accountId: otto.accountId, address: '203.0.113.8' })
  const stranger = await buildAccount(otherSeller, { name: 'Kiosk Fremd' })
  await thing({ name: 'kiosk-fremd', tenantId: otherSeller, accountId: stranger })
  ticketId = await asked(tenantId, maria, { subject: 'Kiosk steht' })
  await bill()
  setClock()
})

type Facts = { name: string; kind?: string; state?: string; address?: string; accountId?: string; tenantId?: string }

async function thing({ name, kind = 'server', state = 'running', address, accountId = maria.accountId, tenantId: of = tenantId }: Facts) {
  const id = v7()
  const rest = { cloudRef: v7(), externalId: id, zone: 'fra-1', spec: {}, isManaged: true, address: address ?? null }
  await inTenant(of, ({ db, now }) =>
    db.resource.createMany({ data: [{ tenantId: of, id, accountId, kind, name, state, ...rest, createdAt: now }] }),
  )
  return id
}

/** A subscription of Maria's, and the invoice of its June. */
async function bill() {
  const { accountId } = maria
  const { priceVersionId, ruleIds } = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  const contract = { where: { tenantId, accountId }, select: { id: true } }
  const { id: contractId } = await inTenant(tenantId, ({ db }) => db.contract.findFirstOrThrow(contract))
  const productId = await buildProduct(tenantId, 'Kiosk Cloud')
  const subscriptionId = await buildSubscription(tenantId, {
    accountId,
    contractId,
    productId,
    startedAt: '2026-05-01T00:00:00Z',
    name: 'kiosk-sub',
  })
  const charge = { accountId, contractId, subscriptionId, priceVersionId, priceRuleId: ruleIds[0] ?? '' }
  await buildCharges(tenantId, [{ ...charge, billingPeriod: '2026-06-01', day: '2026-06-05', amount: '3.00' }])
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
}

const wordsOf = (typed: string) => {
  const words = readSearch(typed)
  if (!words) throw new Error('nothing typed')
  return words
}
const all = () => true
type Panel = { person?: Person; projectIds?: readonly string[]; can?: (permission: CustomerPermission) => boolean }

const panel = (typed: string, { person = maria, projectIds, can = all }: Panel = {}) =>
  inPanel(tenantId, [person.accountId], (ctx) => searchPanel(ctx, { words: wordsOf(typed), language: 'en', can }), {
    projectIds: projectIds ?? null,
  })
const office = (typed: string, { can = all, of = tenantId }: { can?: (permission: StaffPermission) => boolean; of?: string } = {}) =>
  inTenant(of, (ctx) => searchOffice(ctx, { words: wordsOf(typed), language: 'en', can }))
const namesIn = ({ groups }: Awaited<ReturnType<typeof panel>>) => groups.map(({ kind, hits }) => [kind, hits.map(({ name }) => name)])
const numberOf = async () => (await invoicesOf(tenantId))[0]?.number ?? ''

describe('the search of the panel', () => {
  test('finds by a part of the name, whatever its case, by kind in the order of the pages', async () => {
    expect(namesIn(await panel('KIOSK'))).toEqual([
      ['server', ['kiosk-web']],
      ['volume', ['kiosk-data']],
      ['subscription', ['kiosk-sub']],
    ])
  })

  test('finds by address, and never what is of another account', async () => {
    expect(namesIn(await panel('203.0.113'))).toEqual([['server', ['kiosk-web']]])
    expect((await panel('203.0.113.8')).groups).toEqual([])
    expect(namesIn(await panel('kiosk', { person: otto }))).toEqual([['server', ['kiosk-otto']]])
  })

  test('a public id, an invoice number and the number of a ticket lead straight to it', async () => {
    expect((await panel(toPublicId('resource', web))).exact).toMatchObject({ kind: 'server', id: web })
    expect((await panel(toPublicId('resource', web).toUpperCase())).exact).toMatchObject({ id: web })
    const number = await numberOf()
    expect((await panel(number.toLowerCase())).exact).toMatchObject({ kind: 'invoice', name: number })
    expect((await panel(toPublicId('ticket', ticketId))).exact).toMatchObject({ id: ticketId, name: 'Kiosk steht', note: '#1' })
    expect((await panel('#1')).exact).toMatchObject({ kind: 'ticket', id: ticketId })
    expect((await panel('kiosk-web')).exact).toBeNull()
  })

  test('an id of another account, of another seller, or of another kind finds nothing', async () => {
    for (const typed of [toPublicId('resource', web), toPublicId('ticket', ticketId), '#1', await numberOf()]) {
      expect(await panel(typed, { person: otto }), typed).toEqual({ groups: [], exact: null })
    }
    for (const kind of ['volume', 'invoice', 'order'] as const) {
      expect(await panel(toPublicId(kind, web)), kind).toEqual({ groups: [], exact: null })
    }
  })

  test('shows of each kind only what the reader may see', async () => {
    expect(namesIn(await panel('kiosk', { can: (permission) => permission === 'subscription:read' }))).toEqual([
      ['subscription', ['kiosk-sub']],
    ])
    const number = await numberOf()
    expect(await panel(number, { can: (permission) => permission !== 'invoice:read' })).toEqual({ groups: [], exact: null })
    expect(await panel('kiosk', { can: () => false })).toEqual({ groups: [], exact: null })
  })

  test('who is limited to projects finds what is in them', async () => {
    const add = (name: string) => inPanel(tenantId, [maria.accountId], (ctx) => addProject(ctx, { accountId: maria.accountId, name }))
    const [shop, other] = [await add('Kiosk'), await add('Kiosk 2')]
    const inside = await thing({ name: 'kiosk-inside' })
    const projectId = shop.ok ? shop.value : ''
    await inPanel(tenantId, [maria.accountId], (ctx) => placeResource(ctx, { resourceId: inside, projectId }))
    expect(other.ok).toBe(true)
    const { permissions } = rightsWithinProjects({ isOwner: true, permissions: [] })
    const limited = { projectIds: [projectId], can: (permission: CustomerPermission) => permissions.includes(permission) }
    expect(namesIn(await panel('kiosk', limited))).toEqual([
      ['server', ['kiosk-inside']],
      ['project', ['Kiosk']],
    ])
    for (const typed of [toPublicId('resource', web), '#1', await numberOf()]) {
      expect(await panel(typed, limited), typed).toEqual({ groups: [], exact: null })
    }
  })

  test('signs of the database are letters like others', async () => {
    await thing({ name: '100%_full\\done' })
    for (const typed of ['100%', '%_f', '\\', '_full'])
      expect(namesIn(await panel(typed)), typed).toEqual([['server', ['100%_full\\done']]])
    for (const typed of ["'; drop table resources; --", 'k%k', 'kiosk_web', '%%%', 'x'.repeat(500)]) {
      expect((await panel(typed)).groups, typed).toEqual([])
    }
  })

  test('shows eight of a kind and how many there are', async () => {
    for (const index of [1, 2, 3, 4, 5, 6, 7, 8, 9]) await thing({ name: `node-${index}` })
    const [group] = (await panel('node-')).groups
    expect([group?.total, group?.hits.length, group?.hits[0]?.name]).toEqual([9, 8, 'node-1'])
  })

  test('finds orders by what was ordered and by the name it was given', async () => {
    const shop = await buildShop()
    const { accountId } = await buildShopper(shop)
    const placed = await orderWith(shop, accountId, [])
    const id = placed.ok ? placed.value.orderId : ''
    const look = (typed: string) =>
      inPanel(shop.tenantId, [accountId], (ctx) => searchPanel(ctx, { words: wordsOf(typed), language: 'en', can: all }))
    const named = await look(toPublicId('order', id))
    expect(named.exact).toMatchObject({ kind: 'order', id })
    expect((await look(named.exact?.name ?? '')).groups.find(({ kind }) => kind === 'order')?.hits).toMatchObject([{ id }])
  })
})

describe('the search of the office', () => {
  test('finds customers, people, servers, subscriptions and products by name and e-mail', async () => {
    expect((await office('kiosk')).groups.map(({ kind }) => kind)).toEqual(['server', 'subscription', 'product'])
    expect(namesIn(await office('203.0.113.8'))).toEqual([['server', ['kiosk-otto']]])
    expect((await office('maria@linde')).groups.map(({ kind }) => kind)).toEqual(['account', 'person'])
    expect((await office('maria@linde')).groups.at(-1)?.hits).toMatchObject([{ note: 'maria@linde.example', placeId: maria.accountId }])
  })

  test('finds documents by number, its beginning and its count, and goes straight to a whole one', async () => {
    const number = await numberOf()
    expect((await office(number.toLowerCase())).exact).toMatchObject({ kind: 'invoice', name: number })
    expect(namesIn(await office(number.slice(0, -1)))).toContainEqual(['invoice', [number]])
    expect(namesIn(await office('1'))).toContainEqual(['invoice', [number]])
    expect((await office(toPublicId('account', maria.accountId))).exact).toMatchObject({ kind: 'account', id: maria.accountId })
  })

  test('finds payments by reference and by who paid', async () => {
    const payment = { method: 'transfer', heldAt: 'bank', currency: 'EUR', amountMinor: 100n, receivedOn: new Date('2026-07-02') }
    const of = {
      tenantId,
      accountId: maria.accountId,
      recordedBy: 'livery',
      sourceKey: 'bank:1',
      reference: 'Danke AH-7',
      payerName: 'M. Linde',
    }
    await inTenant(tenantId, ({ db, now }) => db.payment.createMany({ data: [{ id: v7(), ...payment, ...of, createdAt: now }] }))
    for (const typed of ['ah-7', 'm. lin', 'bank:1']) expect(namesIn(await office(typed)), typed).toEqual([['payment', ['Danke AH-7']]])
  })

  test('shows of each kind only what the member of staff may see', async () => {
    const only = (permission: StaffPermission) => ({ can: (asked: StaffPermission) => asked === permission })
    expect((await office('kiosk', only('catalog:read'))).groups.map(({ kind }) => kind)).toEqual(['product'])
    // A server is shown on the page of its account.
    expect((await office('kiosk', only('server:read'))).groups).toEqual([])
    expect((await office('#1', only('invoice:read'))).groups.map(({ kind }) => kind)).not.toContain('ticket')
    const facts = { email: 'sam@ahorn.example', name: 'Sam Stütze', language: 'de', profile: 'support-engineer' }
    await inTenant(tenantId, (ctx) => addMember(ctx, facts))
    expect(namesIn(await office('sam st', only('staff:write')))).toEqual([['staff', ['Sam Stütze']]])
    expect((await office('sam st', only('account:read'))).groups).toEqual([])
  })

  test('never finds what is of another seller', async () => {
    expect((await office('kiosk', { of: otherSeller })).groups.map(({ kind, total }) => [kind, total])).toEqual([
      ['account', 1],
      ['server', 1],
    ])
    for (const typed of [
      toPublicId('resource', web),
      toPublicId('account', maria.accountId),
      '#1',
      await numberOf(),
      'maria@linde.example',
    ]) {
      expect(await office(typed, { of: otherSeller }), typed).toEqual({ groups: [], exact: null })
    }
  })
})
