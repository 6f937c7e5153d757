import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** A row of every kind that says how a buyer is sent its documents and told of events. */
export async function plantDelivery({ db, tenantId, now }: TenantContext, accountId: string): Promise<void> {
  await db.deliveryPreference.createMany({ data: [{ tenantId, accountId, manner: 'linked', hasXml: true, changedAt: now }] })
  const person = { name: 'Maria', email: `maria-${accountId}@example.test`, documents: ['invoice'], createdAt: now }
  await db.deliveryRecipient.createMany({ data: [{ tenantId, id: v7(), accountId, ...person }] })
  const bounce = { address: 'gone@example.test', statusCode: '5.1.1', reason: 'no such user', bouncedAt: now }
  await db.bouncedAddress.createMany({ data: [{ tenantId, id: v7(), accountId, ...bounce }] })

  const [endpointId, deliveryId] = [v7(), v7()]
  const secret = { secretCiphertext: new Uint8Array([1]), secretKeyId: 'key' }
  const endpoint = { url: 'https://hooks.example.test', eventTypes: ['invoice.finalised'], state: 'active', ...secret, createdBy: 'test' }
  await db.webhookEndpoint.createMany({ data: [{ tenantId, id: endpointId, accountId, ...endpoint, createdAt: now, changedAt: now }] })
  const event = { sourceKey: 'test', eventType: 'invoice.finalised', body: '{}', state: 'waiting', round: 1, attempts: 1, createdAt: now }
  await db.webhookDelivery.createMany({ data: [{ tenantId, id: deliveryId, accountId, endpointId, ...event }] })
  const attempt = { number: 1, at: now, durationMs: 10, status: 500, answer: 'busy' }
  await db.webhookAttempt.createMany({ data: [{ tenantId, id: v7(), accountId, deliveryId, ...attempt }] })
}
