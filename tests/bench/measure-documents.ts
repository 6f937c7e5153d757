import { inTenant } from '#app/db/context.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { deliveryPorts } from '#app/jobs/delivery-ports.server.ts'
import { inLanes } from '#app/services/billing/in-lanes.ts'
import { makeDocument } from '#app/services/invoices/make-document.server.ts'
import { type Note, timed } from './timed.ts'

/** So many are enough for a rate, and each typesetter has its fonts loaded by then. */
const measured = 200
const warmUp = 8

/** Enough that no typesetter waits. All at once would wait for a connection, on a busy machine for too long. */
const atOnce = 16

/** Documents per second, each a PDF with its electronic form inside, by the pool of typesetters. */
export async function measureDocuments(tenantId: string, note: Note): Promise<number> {
  const rows = await inTenant(tenantId, ({ db }) =>
    db.invoice.findMany({ where: { tenantId }, select: { id: true }, orderBy: { sequence: 'asc' }, take: measured + warmUp }),
  )
  const ids = rows.map((row) => row.id)
  await makeAll(tenantId, ids.slice(0, warmUp))
  const { seconds } = await timed(() => makeAll(tenantId, ids.slice(warmUp)))
  const perSecond = Number(((ids.length - warmUp) / seconds).toFixed(1))
  note(`${ids.length - warmUp} documents in ${seconds.toFixed(1)} s, ${perSecond} a second`)
  return perSecond
}

async function makeAll(tenantId: string, ids: readonly string[]): Promise<void> {
  const ports = deliveryPorts(tenantId)
  await inLanes(ids, atOnce, async (id) => {
    const stored = await inTenant(tenantId, (ctx) => readFinalisedInvoice(ctx, id))
    const made = stored && (await makeDocument(ports, stored.invoice))
    if (!made?.pdf || !made.xml) throw new Error(`invoice ${id} has no files: ${JSON.stringify(made?.problems)}`)
  })
}
