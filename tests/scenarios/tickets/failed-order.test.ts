import { v7 } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import { inPanel } from '#app/db/context.server.ts'
import { ticketNewsPorts } from '#app/jobs/ticket-news-ports.server.ts'
import { listTickets, readTicket } from '#app/reports/tickets/query.server.ts'
import { failChain } from '#app/services/orders/provision-order.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { tellOfTicket } from '#app/services/tickets/tell-ticket.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { keepingMailer } from '#tests/support/deliveries.ts'
import { buildShop, buildShopper, orderWith, type Shop } from '../promotions/store.ts'

let shop: Shop
let accountId: string
let orderId: string
beforeEach(async () => {
  shop = await buildShop()
  accountId = (await buildShopper(shop)).accountId
  const placed = await orderWith(shop, accountId, [])
  if (!placed.ok) throw new Error(placed.error)
  orderId = placed.value.orderId
})

const fail = (state: 'failed' | 'refused', failure: string) => failChain([{ tenantId: shop.tenantId, orderId }], state, failure)
const tickets = async () => (await asOffice(shop.tenantId, (ctx) => listTickets(ctx, { accountId, page: 1 }))).rows

test('an order that fails for good opens one ticket about it, which both sides see', async () => {
  await fail('failed', 'server-not-built')
  await fail('failed', 'server-not-built')
  const rows = await tickets()
  expect(rows).toMatchObject([{ origin: 'order-failed', state: 'open', link: { kind: 'order', id: orderId } }])
  const own = await inPanel(shop.tenantId, [accountId], (ctx) => readTicket(ctx, rows[0]?.id ?? ''))
  expect(own?.messages).toMatchObject([{ author: 'system', body: 'server-not-built' }])
})

test('an order that was refused opens none', async () => {
  await fail('refused', 'no-credit')
  expect(await tickets()).toEqual([])
})

test('staff are told of it by mail', async () => {
  const { tenantId } = shop
  await asOffice(tenantId, async (ctx) => {
    const profile = { name: 'support-engineer', isOwner: false, permissions: ['ticket:write'], createdAt: ctx.now }
    await ctx.db.securityProfile.createMany({ data: [{ tenantId, id: v7(), ...profile }] })
    return addMember(ctx, { email: 'sam@ahorn.example', name: 'Sam', language: 'de', profile: profile.name })
  })
  await fail('failed', 'server-not-built')
  const message = await asOffice(tenantId, ({ db }) => db.ticketMessage.findFirstOrThrow({ where: { accountId }, select: { id: true } }))
  const { mails, mailer } = keepingMailer()
  await tellOfTicket(processOf(tenantId, { ...ticketNewsPorts(tenantId), mailer }), message.id)
  const [mail] = [...mails.values()]
  expect(mail?.to).toEqual([{ name: 'Sam', address: 'sam@ahorn.example' }])
  expect(mail?.subject).toMatch(/^Eine Bestellung von Tischlerei Huber OG konnte nicht erfüllt werden \[#1\]$/)
})
