import { afterEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice } from '#tests/support/builders.ts'
import { agree, buildSettledEdge, type SettledEdge } from '#tests/support/settled-edge.ts'

afterEach(() => setClock())

async function byTheWeek(): Promise<SettledEdge> {
  const edge = await buildSettledEdge()
  const { tenantId, contractId } = edge.provider
  await asOffice(tenantId, ({ db }) => db.contract.updateMany({ where: { tenantId, id: contractId }, data: { cycleUnit: 'week' } }))
  return edge
}

async function invoicesOfJune({ provider: { tenantId } }: SettledEdge) {
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  return (await invoicesOf(tenantId)).map(amountsOf)
}

test('an invoice of four weeks has the fee of four cycles', async () => {
  const edge = await byTheWeek()
  await agree(edge, { partnerFee: new Decimal(10) })
  expect(await invoicesOfJune(edge)).toEqual([[4_000n, 0n, 4_000n]])
})

test('each cycle has the fee of the terms that held on its last day', async () => {
  const edge = await byTheWeek()
  await agree(edge, { partnerFee: new Decimal(10) })
  await agree(edge, { partnerFee: new Decimal(25) }, '2026-06-16')
  expect((await invoicesOfJune(edge))[0]?.[0]).toBe(7_000n)
})
