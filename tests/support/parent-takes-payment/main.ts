import { v7 } from 'uuid'
import { closeDatabase } from '#app/db/client.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { listTenants } from '#app/db/sellers/tenants.server.ts'
import { receivableFromParent } from '#app/domain/ledger/chart.ts'
import { money } from '#app/domain/money/money.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { recordPayment } from '#app/services/payments/record-payment.server.ts'

// A customer of a seller pays by card, and the seller's parent takes the money: `main.ts <seller> <customer> <cents>`, in EUR.
const [slug, name = '', cents = '0'] = process.argv.slice(2)
const seller = (await listTenants()).find((tenant) => tenant.slug === slug)
if (!seller) throw new Error(`no seller is called ${slug}`)
const payment = await inTenant(seller.tenantId, async (ctx) => {
  const { id: accountId } = await ctx.db.account.findFirstOrThrow({ where: { name }, select: { id: true } })
  return recordPayment(ctx, {
    accountId,
    method: 'card',
    at: receivableFromParent,
    amount: money(BigInt(cents), 'EUR'),
    receivedOn: localDateOf(ctx.now, 'Europe/Zurich'),
    reference: null,
    payer: null,
    sourceKey: `parent:${v7()}`,
  })
})
if (!payment.ok) throw new Error(payment.error)
await closeDatabase()
