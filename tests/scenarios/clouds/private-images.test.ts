import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readServer } from '#app/reports/servers/query.server.ts'
import { cloudAbove } from '#app/services/clouds/cloud-above.server.ts'
import { orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { isImageThere } from '#app/services/orders/own-things.server.ts'
import { placeOrder } from '#app/services/orders/place-order.server.ts'
import { attachChain, createServer } from '#app/services/orders/provision-order.server.ts'
import { cloudPorts, inTenant } from '#app/wiring.server.ts'
import { at, buildSouk, burj, inOasis, make, nakhla, oasis, pass, souk } from './souk.ts'

let serverId: string
beforeAll(async () => {
  await buildSouk()
  serverId = souk.serverId
}, 90_000)
afterAll(() => setClock(fixedClock('2026-06-05T15:00:00Z')))

test('a new server begins from a private image at the price of its plan; an image that is gone ends the order', async () => {
  const imageId = await make({ kind: 'make-image', serverId, name: 'template' })
  const order = (name: string, imageCode: string, accountId = oasis) => ({
    tenantId: nakhla,
    accountIds: [accountId],
    accountId,
    planCode: 'web-1',
    locationCode: 'dxb-1',
    imageCode,
    name,
    idempotencyKey: name,
    actor: { kind: 'system', name: 'test' } as const,
  })
  const placed = async (name: string, image: string) => {
    const result = await placeOrder(order(name, image))
    if (!result.ok) throw new Error(result.error)
    return { tenantId: nakhla, orderId: result.value.orderId }
  }
  const stored = ({ tenantId, orderId }: { tenantId: string; orderId: string }) =>
    inTenant(tenantId, ({ db }) => db.order.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: orderId } } }))
  expect(await placeOrder(order('foreign', imageId, burj))).toEqual({ ok: false, error: 'image-not-offered' })
  expect(await placeOrder({ ...order('elsewhere', imageId), imageCode: serverId })).toEqual({ ok: false, error: 'image-not-offered' })

  const first = await placed('born-private', imageId)
  const usual = await placed('from-debian', 'debian-12')
  expect((await stored(first)).netMinor).toBe((await stored(usual)).netMinor)
  const upstream = await orderUpstream(first)
  if (!upstream.ok) throw new Error(upstream.error)
  const above = await stored(upstream.value.at(-1) ?? first)
  expect(JSON.stringify(above.input)).not.toMatch(/template|image/)
  expect(await isImageThere(cloudPorts, first)).toBe(true)
  const server = await createServer(cloudPorts, upstream.value)
  await attachChain(upstream.value, server)
  const image = await inTenant(nakhla, ({ db }) => db.resource.findFirstOrThrow({ where: { tenantId: nakhla, id: imageId } }))
  const cloud = await cloudAbove(cloudPorts, nakhla)
  at(new Date(pass() + 3_600_000).toISOString())
  const records = []
  for await (const page of cloud?.driver.fetchUsage({ from: new Date(0), to: new Date(pass()) }) ?? []) records.push(...page)
  expect(records.find(({ resourceRef }) => resourceRef === server?.ref)?.dimensions.template).toBe(image.externalId)
  const resource = (await stored(first)).resourceId ?? ''
  expect((await inOasis((ctx) => readServer(ctx, resource, 'en')))?.image).toBe('template')

  const late = await placed('too-late', imageId)
  await make({ kind: 'delete-image' }, imageId)
  expect(await isImageThere(cloudPorts, late)).toBe(false)
  expect(await placeOrder(order('never', imageId))).toEqual({ ok: false, error: 'image-not-offered' })
  const chain = await orderUpstream(late)
  const built = chain.ok ? await createServer(cloudPorts, chain.value) : null
  at(new Date(pass() + 7_200_000).toISOString())
  expect((await cloud?.driver.getServer(built?.ref ?? ''))?.state).toBe('failed')
})
