import { afterEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { readBundleItems } from '#app/db/catalog/products.server.ts'
import { insertSubscriptionItems } from '#app/db/subscriptions/subscription-items.server.ts'
import { itemsOfOrder } from '#app/domain/catalog/bundle.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { composeBundle } from '#app/services/products/compose-bundle.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import {
  asOffice,
  buildAccount,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
} from '#tests/support/builders.ts'

afterEach(() => setClock())

const begins = '2026-05-31T22:00:00Z'

/** Traffic Max at 25.00 and 149.00 a month with nginx free and backup for 12.00, sold to Filmwerk from June on. */
async function sellTrafficMax(options: (backup: string) => string[]) {
  const tenantId = await buildTenant()
  const [max, nginx, backup] = [
    await buildProduct(tenantId, 'Traffic Max'),
    await buildProduct(tenantId, 'nginx'),
    await buildProduct(tenantId, 'Backup'),
  ]
  const one = new Decimal(1)
  const members = [
    { memberId: nginx, role: 'complimentary', quantity: one } as const,
    { memberId: backup, role: 'optional', quantity: one } as const,
  ]
  await asOffice(tenantId, (ctx) => composeBundle(ctx, { bundleId: max, members }))
  const book = await buildPriceBook(tenantId, [
    { feeKind: 'setup', price: '25.00', productId: max },
    { feeKind: 'recurring', price: '149.00', productId: max },
    { feeKind: 'recurring', price: '5.00', productId: nginx },
    { feeKind: 'recurring', price: '12.00', productId: backup },
  ])
  const accountId = await buildAccount(tenantId, { name: 'Filmwerk GmbH' })
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
  const subscriptionId = await buildSubscription(tenantId, { accountId, contractId, productId: max, startedAt: begins })
  await asOffice(tenantId, async (ctx) => {
    const bundleItems = await readBundleItems(ctx, [max])
    const parts = itemsOfOrder({ productId: max, quantity: one, bundleItems, chosen: options(backup) })
    if (!parts.ok) throw new Error(parts.error)
    const span = { startsAt: new Date(begins), endsAt: null, priceVersionId: null, cause: 'order' as const }
    await insertSubscriptionItems(
      ctx,
      // The main part began with the subscription.
      parts.value.filter(({ role }) => role !== 'main').map((part) => ({ ...part, ...span, subscriptionId, accountId })),
    )
  })
  return tenantId
}

async function linesOfJune(tenantId: string) {
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  const [invoice] = await invoicesOf(tenantId)
  const amounts = invoice?.sections.flatMap(({ lines }) => lines.map(({ net }) => net.minor))
  return { net: invoice?.net.minor, amounts: amounts?.sort((a, b) => Number(a - b)) }
}

test('with backup the first month is 186.00 net, and nginx stands on the invoice with 0.00', async () => {
  const tenantId = await sellTrafficMax((backup) => [backup])
  expect(await linesOfJune(tenantId)).toEqual({ net: 18600n, amounts: [0n, 1200n, 2500n, 14900n] })
})

test('without backup it is 174.00 net', async () => {
  const tenantId = await sellTrafficMax(() => [])
  expect(await linesOfJune(tenantId)).toEqual({ net: 17400n, amounts: [0n, 2500n, 14900n] })
})
