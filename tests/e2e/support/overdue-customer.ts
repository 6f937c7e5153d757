import { parseArgs } from 'node:util'
import { setClock } from '#app/config/clock.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { readDocumentDraft } from '#app/db/document-drafts.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { listTenants } from '#app/db/tenants.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { Clock } from '#app/ports/clock.ts'
import { addAccount } from '#app/services/accounts/add-account.server.ts'
import { issueDraft } from '#app/services/invoices/issue-draft.server.ts'
import { saveDraft } from '#app/services/invoices/save-draft.server.ts'
import { startDraft } from '#app/services/invoices/start-draft.server.ts'
import { buildSandboxAccount } from '#tests/support/sandbox-seller.ts'
import { buildServer } from '#tests/support/suspendable.ts'

// `make`: a customer of Ahorn with a server and an invoice of 100.00 that was due three weeks ago. `wake`: what its morning wakes.
const { positionals } = parseArgs({ allowPositionals: true })
const [deed, accountId = ''] = positionals
const [ahorn, meridian] = await Promise.all(['ahorn', 'meridian'].map(sellerNamed))
if (!ahorn || !meridian) throw new Error('the demo has no such sellers')
const seller = ahorn
const today: Clock = { now: () => new Date() }
const fiveWeeksAgo: Clock = { now: () => new Date(Date.now() - 35 * 86_400_000) }

if (deed === 'make') process.stdout.write(await make())
else await inTenant(seller.tenantId, (ctx) => enqueue(ctx, { name: 'dunning/due', data: { tenantId: seller.tenantId, accountId } }))
await closeDatabase()

async function sellerNamed(slug: string) {
  return (await listTenants()).find((tenant) => tenant.slug === slug)
}

async function make(): Promise<string> {
  setClock(fiveWeeksAgo)
  const made = await inTenant(seller.tenantId, invoiced)
  setClock(today)
  const hasGateway = await inTenant(seller.tenantId, ({ db }) =>
    db.gatewayAccount.count({ where: { gateway: 'sandbox', state: 'active' } }),
  )
  if (hasGateway === 0) await buildSandboxAccount(seller.tenantId)
  const cloud = await inTenant(meridian?.tenantId ?? '', ({ db }) =>
    db.cloudConnection.findFirstOrThrow({ where: { adapter: 'simulator' } }),
  )
  const above = await inTenant(seller.tenantId, ({ db }) => db.tenant.findFirstOrThrow({ select: { parentAccountId: true } }))
  await buildServer(cloud.id, 'werk-01', [
    { tenantId: seller.tenantId, accountId: made },
    { tenantId: meridian?.tenantId ?? '', accountId: above.parentAccountId ?? '' },
  ])
  return made
}

async function invoiced(ctx: Parameters<Parameters<typeof inTenant>[1]>[0]): Promise<string> {
  const facts = { kind: 'business', name: 'Säumig & Söhne OG', email: 'kassa@saeumig.example', language: 'de', country: 'AT' } as const
  const added = await addAccount(ctx, { ...facts, addressLines: ['Gasse 1', '4020 Linz'], contract: { priceBookCode: 'retail' } })
  if (!added.ok) throw new Error(added.error)
  await ctx.db.account.updateMany({ where: { id: added.value.accountId }, data: { segment: 'slow' } })
  const started = await startDraft(ctx, { accountId: added.value.accountId, documentType: 'invoice' })
  if (!started.ok) throw new Error(started.error)
  const draft = await readDocumentDraft(ctx, started.value.draftId)
  if (!draft) throw new Error('there is no draft')
  const line = { kind: 'typed', text: 'Umzug', product: null, quantity: new Decimal(1), unitPrice: new Decimal(100) } as const
  await saveDraft(ctx, { draftId: draft.id, version: draft.version, content: { ...draft.content, lines: [line] } })
  const issued = await issueDraft(ctx, { draftId: draft.id, version: draft.version + 1 })
  if (!issued.ok) throw new Error(issued.error)
  return added.value.accountId
}
