import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { closeDatabase } from '#app/db/client.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { readDocumentDraft } from '#app/db/documents/document-drafts.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { listTenants } from '#app/db/sellers/tenants.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { addAccount } from '#app/services/accounts/add-account.server.ts'
import { findSandboxAccount } from '#app/services/gateways/find-sandbox-account.server.ts'
import { settleAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { startSetup } from '#app/services/gateways/start-checkout.server.ts'
import { issueDraft } from '#app/services/invoices/issue-draft.server.ts'
import { saveDraft } from '#app/services/invoices/save-draft.server.ts'
import { startDraft } from '#app/services/invoices/start-draft.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { gatewayPorts, sandboxDeskOf } from '#app/wiring.server.ts'
import { buildServer } from '#tests/support/suspendable.ts'

// `make NAME EMAIL SEGMENT`: a customer of Ahorn with a server, a saved card that will be declined, and 100.00 before tax that were due long ago.
// `wake ID`: what its morning wakes.
const actor = systemActor('test')
const [deed, ...given] = process.argv.slice(2)
const [seller, provider] = await Promise.all(['ahorn', 'meridian'].map(tenantNamed))
if (!seller || !provider) throw new Error('the demo has no such sellers')
const { tenantId } = seller
const ofSeller = <T>(work: (ctx: TenantContext) => Promise<T>) => inTenant(tenantId, work)

if (deed === 'make') process.stdout.write(await make(given))
else await ofSeller((ctx) => enqueue(ctx, { name: 'dunning/due', data: { tenantId, accountId: given[0] ?? '' } }))
await closeDatabase()

async function tenantNamed(slug: string) {
  return (await listTenants()).find((tenant) => tenant.slug === slug)
}

async function make([name = '', email = '', segment = '']: readonly string[]): Promise<string> {
  const accountId = await ofSeller(async (ctx) => {
    const facts = { kind: 'business', name, email, language: 'de', country: 'AT', addressLines: ['Gasse 1', '4020 Linz'] } as const
    const { accountId: id } = done(
      await addAccount(ctx, { ...facts, contract: { priceBookCode: 'retail', terms: { creditLimitMinor: 50_000n } } }),
    )
    await ctx.db.account.updateMany({ where: { tenantId, id }, data: { segment } })
    return id
  })
  await saveCard(accountId)
  await placeServer(accountId)
  // A year's series goes on from its newest date, so what was due before today is of a year before.
  setClock(fixedClock(new Date(Date.now() - 400 * 86_400_000).toISOString()))
  await ofSeller((ctx) => invoice(ctx, accountId))
  return accountId
}

/** A card that was good when it was saved, and covers nothing since. */
async function saveCard(accountId: string): Promise<void> {
  const gateway = await ofSeller(findSandboxAccount)
  if (!gateway) throw new Error('the seller has no sandbox')
  const paying = processOf(tenantId, gatewayPorts(), actor)
  const setup = done(await startSetup(paying, { accountId, currency: 'EUR', returnPath: '/panel/pay/:attemptId', actor }))
  const card = { deed: 'pay', card: 'approve', code: 'declined', later: 'insufficient-funds', expires: 'in-three-years' } as const
  await sandboxDeskOf(gateway).act(setup.url.split('/').at(-1) ?? '', card)
  await settleAttempt(paying, setup.attemptId)
}

/** A running server of the account, as its seller and the provider have it. */
async function placeServer(accountId: string): Promise<void> {
  const above = await ofSeller(({ db }) => db.tenant.findUniqueOrThrow({ where: { tenantId }, select: { parentAccountId: true } }))
  const upper = { tenantId: provider?.tenantId ?? '', accountId: above.parentAccountId ?? '' }
  const cloud = await inTenant(upper.tenantId, ({ db }) => db.cloudConnection.findFirstOrThrow({ where: { adapter: 'simulator' } }))
  await buildServer(cloud.id, 'kasse-01', [{ tenantId, accountId }, upper])
}

async function invoice(ctx: TenantContext, accountId: string): Promise<void> {
  const { draftId } = done(await startDraft(ctx, { accountId, documentType: 'invoice' }))
  const draft = await readDocumentDraft(ctx, draftId)
  if (!draft) throw new Error('there is no draft')
  const line = { kind: 'typed', text: 'Umzug', product: null, quantity: new Decimal(1), unitPrice: new Decimal(100) } as const
  done(await saveDraft(ctx, { draftId, version: draft.version, content: { ...draft.content, lines: [line] } }))
  done(await issueDraft(ctx, { draftId, version: draft.version + 1 }))
}

function done<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T {
  if (!result.ok) throw new Error(`overdue customer: ${JSON.stringify(result.error)}`)
  return result.value
}
