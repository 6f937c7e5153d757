import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { buildAccount, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'
import { bill, buildCloud, buildMapping, reported } from '#tests/support/usage.ts'
import { chargesOf, totalOf } from '#tests/support/usage-facts.ts'

const edge = (price: string) => [{ feeKind: 'usage', meter: 'traffic.sent', price, included: '100' }] as const
const sent = (department: string, gb: number) =>
  reported({ owner: { accountId: department }, resourceRef: `srv-${department}`, quantity: `${gb}000000000` })

let tenantId: string
let cloudRef: string
let enterprise: string
beforeEach(async () => {
  setClock(fixedClock('2026-07-02T00:00:00Z'))
  tenantId = await buildTenant()
  cloudRef = await buildCloud(tenantId)
  enterprise = await buildAccount(tenantId, { kind: 'enterprise', name: 'Hanse AG' })
  const { priceBookId } = await buildPriceBook(tenantId, edge('0.10'))
  await buildContract(tenantId, { accountId: enterprise, priceBookId })
})
afterEach(() => setClock())

async function department(ref: string): Promise<string> {
  const accountId = await buildAccount(tenantId, { name: ref, parentAccountId: enterprise })
  await buildMapping(tenantId, { cloudRef, accountId, ref })
  return accountId
}

test('departments use, the enterprise pays, and they share its allowance', async () => {
  const [research, sales] = [await department('research'), await department('sales')]
  await bill({ tenantId, cloudRef }, [sent('research', 80), sent('sales', 70)])
  const charges = await chargesOf(tenantId)
  expect(charges.map(({ accountId, payerAccountId, included, amount }) => [accountId, payerAccountId, included, amount])).toEqual([
    [research, enterprise, '80', '0'],
    [sales, enterprise, '20', '5'],
  ])
})

test('a department with a contract of its own pays by itself, with an allowance of its own', async () => {
  await department('research')
  const sales = await department('sales')
  const { priceBookId } = await buildPriceBook(tenantId, edge('0.20'))
  await buildContract(tenantId, { accountId: sales, priceBookId })
  await bill({ tenantId, cloudRef }, [sent('research', 150), sent('sales', 150)])
  const charges = await chargesOf(tenantId)
  expect(charges.map(({ payerAccountId, amount }) => [payerAccountId, amount])).toEqual([
    [enterprise, '5'],
    [sales, '10'],
  ])
  expect(await totalOf(tenantId)).toBe('15 EUR')
})
