import { v7 } from 'uuid'
import { hashPassword } from '#app/auth/password.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { confirmUserEmail } from '#app/db/people/people.server.ts'
import { listTenants, tenantIdOf } from '#app/db/sellers/tenants.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { trialBalance } from '#app/reports/ledger/query.server.ts'
import { type AddAccountInput, addAccount } from '#app/services/accounts/add-account.server.ts'
import { setInvoiceCycle } from '#app/services/accounts/set-invoice-cycle.server.ts'
import { checkInvariants } from '#app/services/invariants/check-invariants.server.ts'
import { type PlaceOrderInput, placeOrder } from '#app/services/orders/place-order.server.ts'
import { type AddMemberInput, addMember } from '#app/services/people/add-member.server.ts'
import { composeBundle } from '#app/services/products/compose-bundle.server.ts'
import { demoPassword } from '#prisma/seed/people.ts'
import { buildPromotion, type PromotionFacts } from '#tests/scenarios/promotions/store.ts'
import { buildSubscription } from '#tests/support/builders.ts'
import { bill, reported } from '#tests/support/usage.ts'
import { meterOfStories } from './clouds.ts'

type Of<T> = T & { readonly seller: string }
type Person = Of<Omit<AddMemberInput, 'passwordHash' | 'language'>>
type Agreed = Of<{ readonly accountId: string; readonly day: number | null; readonly fees: 'in-advance' | 'with-order' }>
type Running = Of<{ readonly accountId: string; readonly plan: string; readonly name: string; readonly since: string }>
/** Traffic of servers, in GB of 10^9 bytes, each at a morning in UTC. */
type Sent = { readonly server: string; readonly days: Readonly<Record<string, number>> }
type NewPlan = { readonly code: string; readonly like: string; readonly free: readonly string[]; readonly optional: readonly string[] }
type Ordered = Of<Pick<PlaceOrderInput, 'accountId' | 'planCode' | 'name'> & { readonly locationCode: string }>

/** Opens an account. Returns its id. */
async function customer({ seller, ...facts }: Of<AddAccountInput>): Promise<string> {
  const added = await inTenant(tenantIdOf(seller), (ctx) => addAccount(ctx, facts))
  return done(added).accountId
}

/** Gives somebody a sign-in with the password of the demo. */
async function person({ seller, ...facts }: Person): Promise<void> {
  const passwordHash = await hashPassword(demoPassword)
  await inTenant(tenantIdOf(seller), async (ctx) => {
    const { userId } = done(await addMember(ctx, { ...facts, language: 'en', passwordHash }))
    await confirmUserEmail(ctx, userId)
  })
}

/** The id of the account called `name`. */
async function accountCalled({ seller, name }: Of<{ readonly name: string }>): Promise<string> {
  const tenantId = tenantIdOf(seller)
  const { id } = await inTenant(tenantId, ({ db }) => db.account.findFirstOrThrow({ where: { tenantId, name }, select: { id: true } }))
  return id
}

/** What was agreed with a buyer: months from `day` on, or by the calendar, and when fees are invoiced. */
async function agree({ seller, accountId, day, fees }: Agreed): Promise<void> {
  const tenantId = tenantIdOf(seller)
  const anchor = day === null ? { billingAnchor: 'calendar', billingDay: 1 } : { billingAnchor: 'anniversary', billingDay: day }
  const agreed = await inTenant(tenantId, async (ctx) => {
    await ctx.db.contract.updateMany({ where: { tenantId, accountId }, data: anchor })
    return setInvoiceCycle(ctx, { accountId, unit: 'month', count: 1, day, fees })
  })
  done(agreed)
}

/** A server that ran before the story begins, with its subscription. */
async function running({ seller, accountId, plan, name, since }: Running): Promise<void> {
  const tenantId = tenantIdOf(seller)
  const { contractId, productId } = await inTenant(tenantId, async ({ db }) => ({
    contractId: (await db.contract.findFirstOrThrow({ where: { tenantId, accountId }, select: { id: true } })).id,
    productId: (await db.product.findUniqueOrThrow({ where: { tenantId_code: { tenantId, code: plan } }, select: { id: true } })).id,
  }))
  const subscriptionId = await buildSubscription(tenantId, { accountId, contractId, productId, startedAt: since, name })
  const where = { cloudRef: meterOfStories, externalId: name, zone: 'fra-1', address: '203.0.113.20' }
  const server = { id: v7(), kind: 'server', name, state: 'running', spec: {}, isManaged: false, createdAt: new Date(since) }
  await inTenant(tenantId, ({ db }) => db.resource.createMany({ data: [{ ...server, ...where, tenantId, accountId, subscriptionId }] }))
}

/** Has the provider's cloud tell what servers sent; it is judged and rated down to the customer. */
async function send(told: readonly Sent[]): Promise<void> {
  const tenantId = tenantIdOf('meridian')
  for (const { server: name, days } of told) {
    const select = { cloudRef: true, externalId: true, accountId: true } as const
    const { cloudRef, externalId, accountId } = await inTenant(tenantId, ({ db }) =>
      db.resource.findFirstOrThrow({ where: { tenantId, name }, select }),
    )
    const records = Object.entries(days).map(([day, gigabytes]) =>
      reported({
        owner: { accountId },
        resourceRef: externalId ?? '',
        resourceName: name,
        quantity: `${gigabytes}000000000`,
        windowStart: new Date(`${day}T06:00:00Z`),
        windowEnd: new Date(`${day}T07:00:00Z`),
      }),
    )
    await bill({ tenantId, cloudRef: cloudRef ?? '' }, records)
  }
}

/** A code of the seller that anybody may use. */
async function promotion({ seller, ...facts }: Of<Omit<PromotionFacts, 'startsAt' | 'endsAt'>>): Promise<void> {
  await buildPromotion({ tenantId: tenantIdOf(seller), productId: '', planCode: '', priceBookId: '' }, facts)
}

/** Orders a server for an account and waits until its order has ended well or not. Returns how. */
async function order({ seller, accountId, ...choice }: Ordered): Promise<string> {
  const tenantId = tenantIdOf(seller)
  const form = { accountIds: [accountId], idempotencyKey: v7(), imageCode: 'debian-12', actor: systemActor('story') }
  const { orderId: id } = done(await placeOrder({ ...form, ...choice, tenantId, accountId }))
  const where = { tenantId_id: { tenantId, id } }
  for (;;) {
    const { state } = await inTenant(tenantId, ({ db }) => db.order.findUniqueOrThrow({ where, select: { state: true } }))
    if (['active', 'refused', 'failed'].includes(state)) return state
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** A product of the provider that has no price yet, of the size of another, with apps for nothing and beside it. */
async function plan({ code, like, free, optional }: NewPlan): Promise<void> {
  const tenantId = tenantIdOf('meridian')
  const composed = await inTenant(tenantId, async (ctx) => {
    const known = await ctx.db.product.findMany({ where: { tenantId }, select: { id: true, code: true, spec: true } })
    const called = (name: string) => known.find((product) => product.code === name)
    const id = v7()
    const name = { en: 'Traffic Max', de: 'Traffic Max' }
    const facts = { kind: 'plan', name, description: {}, spec: called(like)?.spec ?? {}, position: 90, status: 'published' }
    await ctx.db.product.createMany({ data: [{ ...facts, tenantId, id, code, createdAt: ctx.now }] })
    const member = (role: 'complimentary' | 'optional') => (app: string) => {
      return { memberId: called(app)?.id ?? '', quantity: new Decimal(1), role }
    }
    return composeBundle(ctx, { bundleId: id, members: [...free.map(member('complimentary')), ...optional.map(member('optional'))] })
  })
  done(composed)
}

/** What the books of a seller say of an account of theirs, in minor units; debit above zero. */
async function booked({ seller, code }: Of<{ readonly code: string }>): Promise<bigint> {
  const lines = await inTenant(tenantIdOf(seller), (ctx) => trialBalance(ctx))
  return lines.find((line) => line.code === code)?.balance.minor ?? 0n
}

/** Rules that all sellers' books and documents must keep, by number: those that are broken, and where. */
async function broken(_: null): Promise<string[]> {
  const checked = await checkInvariants(await listTenants(), { isWhole: false })
  return checked.filter(({ violations }) => violations > 0).map(({ id, text, ids }) => `${id} ${text}: ${ids.join(', ')}`)
}

function done<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T {
  if (!result.ok) throw new Error(`a deed of the story: ${JSON.stringify(result.error)}`)
  return result.value
}

/** What of the stories no browser can do, or not yet: each is what a command, a job or a cloud does. */
export const deeds = { customer, person, accountCalled, agree, running, send, promotion, order, plan, booked, broken }
export type Deeds = typeof deeds
export type Deed = keyof Deeds
