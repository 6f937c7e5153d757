import type { KnownOffer, OfferChange, OfferState } from '#app/domain/catalog/parent-offer.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { feeToJson, readFees } from '#app/domain/pricing/markup/offered-fee.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** A plan delegated to a reseller's account, with its product as far as the reseller may know it. */
export type DelegationRow = {
  readonly productId: string
  readonly code: string
  readonly name: Readonly<Record<string, string>>
  readonly description: Readonly<Record<string, string>>
  readonly spec: unknown
  readonly currency: string
  readonly priceFloor: Decimal | null
  readonly priceCeiling: Decimal | null
}

type Range = { priceFloor: string | null; priceCeiling: string | null }
const decimalOf = (text: string | null) => (text === null ? null : new Decimal(text))

/** The plans an account may sell on now: delegated, not withdrawn, and still for sale. */
export async function readDelegations(ctx: TenantContext, accountId: string): Promise<DelegationRow[]> {
  const rows = await ctx.db.$queryRaw<(Omit<DelegationRow, keyof Range> & Range)[]>`
    select d.product_id as "productId", p.code, p.name, p.description, p.spec, d.currency, trim_scale(d.price_floor)::text as "priceFloor",
      trim_scale(d.price_ceiling)::text as "priceCeiling"
    from plan_delegations d join products p on p.tenant_id = d.tenant_id and p.id = d.product_id
    where d.tenant_id = ${ctx.tenantId}::uuid and d.account_id = ${accountId}::uuid and d.withdrawn_at is null and p.status = 'published'
    order by p.position, p.code limit 10000`
  return rows.map((row) => ({ ...row, priceFloor: decimalOf(row.priceFloor), priceCeiling: decimalOf(row.priceCeiling) }))
}

export type DelegationLine = { readonly productId: string; readonly priceFloor: Decimal | null; readonly priceCeiling: Decimal | null }

/** Delegates plans to an account, or gives those it has a new range; what was withdrawn comes back. */
export async function saveDelegations(
  ctx: TenantContext,
  { accountId, currency, lines }: { readonly accountId: string; readonly currency: string; readonly lines: readonly DelegationLine[] },
): Promise<void> {
  const createdBy = actorName(ctx.actor)
  await ctx.db.$executeRaw`
    insert into plan_delegations (tenant_id, id, account_id, product_id, currency, price_floor, price_ceiling, delegated_at, created_by)
    select ${ctx.tenantId}::uuid, l.id, ${accountId}::uuid, l.product_id, ${currency}, l.price_floor, l.price_ceiling, ${ctx.now}, ${createdBy}
    from unnest(${sqlArray(lines, () => newId())}::uuid[], ${sqlArray(lines, (line) => line.productId)}::uuid[],
      ${sqlArray(lines, (line) => line.priceFloor?.toFixed() ?? null)}::numeric[],
      ${sqlArray(lines, (line) => line.priceCeiling?.toFixed() ?? null)}::numeric[]) as l (id, product_id, price_floor, price_ceiling)
    on conflict (tenant_id, account_id, product_id) do update
      set currency = excluded.currency, price_floor = excluded.price_floor, price_ceiling = excluded.price_ceiling, withdrawn_at = null`
}

/** Takes plans back from an account. Returns how many it had. */
export async function withdrawDelegations(ctx: TenantContext, accountId: string, productIds: readonly string[]): Promise<number> {
  const { tenantId, now } = ctx
  const where = { tenantId, accountId, productId: { in: [...productIds] }, withdrawnAt: null }
  const { count } = await ctx.db.planDelegation.updateMany({ where, data: { withdrawnAt: now } })
  return count
}

/** Whether the plan was taken back from the account. One that was never delegated was not. */
export async function isDelegationWithdrawn(ctx: TenantContext, accountId: string, productId: string): Promise<boolean> {
  const { tenantId } = ctx
  const row = await ctx.db.planDelegation.findUnique({
    where: { tenantId_accountId_productId: { tenantId, accountId, productId } },
    select: { withdrawnAt: true },
  })
  return row?.withdrawnAt != null
}

/** The resellers that any plan is or was delegated to, with their tenants. */
export function delegatedResellers(ctx: TenantContext): Promise<{ accountId: string; childTenantId: string }[]> {
  return ctx.db.$queryRaw`
    select a.id as "accountId", a.child_tenant_id as "childTenantId" from accounts a
    where a.tenant_id = ${ctx.tenantId}::uuid and a.child_tenant_id is not null
      and exists (select 1 from plan_delegations d where d.tenant_id = a.tenant_id and d.account_id = a.id)
    order by a.id limit 10000`
}

/** An offer of the parent as the tenant keeps it; `productId` is its own product made of it. */
export type ParentOfferRow = KnownOffer & { readonly id: string; readonly parentProductId: string; readonly productId: string | null }

type OfferJson = Omit<ParentOfferRow, 'fees' | keyof Range> & Range & { fees: unknown }

/** Every offer the parent ever made, in order of code. */
export async function readParentOffers(ctx: TenantContext): Promise<ParentOfferRow[]> {
  const rows = await ctx.db.$queryRaw<OfferJson[]>`
    select id, parent_product_id as "parentProductId", product_id as "productId", code, name, description, spec, currency, fees,
      trim_scale(price_floor)::text as "priceFloor", trim_scale(price_ceiling)::text as "priceCeiling", withdrawn_at is not null as "isWithdrawn"
    from parent_offers where tenant_id = ${ctx.tenantId}::uuid order by code, id limit 10000`
  return rows.map((row) => ({
    ...row,
    fees: readFees(row.fees),
    priceFloor: decimalOf(row.priceFloor),
    priceCeiling: decimalOf(row.priceCeiling),
  }))
}

const stateColumns = (state: OfferState) => ({
  code: state.code,
  name: state.name,
  description: state.description,
  spec: state.spec as Prisma.InputJsonValue,
  currency: state.currency,
  fees: state.fees.map(feeToJson) as Prisma.InputJsonArray,
  priceFloor: state.priceFloor?.toFixed() ?? null,
  priceCeiling: state.priceCeiling?.toFixed() ?? null,
})

/** Adds an offer. Returns its id. */
export async function insertParentOffer(
  ctx: TenantContext,
  {
    parentProductId,
    productId,
    state,
  }: { readonly parentProductId: string; readonly productId: string | null; readonly state: OfferState },
): Promise<string> {
  const { tenantId, now } = ctx
  const id = newId()
  const data = { tenantId, id, parentProductId, productId, ...stateColumns(state), offeredAt: now, updatedAt: now }
  await ctx.db.parentOffer.createMany({ data: [data] })
  return id
}

/** Lets an offer be as the parent makes it now. */
export async function updateParentOffer(ctx: TenantContext, id: string, state: OfferState): Promise<void> {
  const { tenantId, now } = ctx
  await ctx.db.parentOffer.updateMany({ where: { tenantId, id }, data: { ...stateColumns(state), withdrawnAt: null, updatedAt: now } })
}

/** Notes that the parent makes the offer no more. */
export async function withdrawParentOffer(ctx: TenantContext, id: string): Promise<void> {
  const { tenantId, now } = ctx
  await ctx.db.parentOffer.updateMany({ where: { tenantId, id }, data: { withdrawnAt: now, updatedAt: now } })
}

/** Ties an offer to the tenant's own product. */
export async function linkOffer(ctx: TenantContext, id: string, productId: string): Promise<void> {
  await ctx.db.parentOffer.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { productId } })
}

/** Adds what changed in an offer, for somebody to look at. */
export async function insertOfferChanges(ctx: TenantContext, parentOfferId: string, changes: readonly OfferChange[]): Promise<void> {
  const { tenantId, now } = ctx
  await ctx.db.parentOfferChange.createMany({
    data: changes.map(({ kind, before, after, effectiveAt }) => ({
      tenantId,
      id: newId(),
      parentOfferId,
      kind,
      ...(before ? { before: before as Prisma.InputJsonObject } : {}),
      ...(after ? { after: after as Prisma.InputJsonObject } : {}),
      effectiveAt,
      createdAt: now,
    })),
  })
}

export type OpenChange = { readonly id: string; readonly parentOfferId: string; readonly kind: string; readonly effectiveAt: Date }

/** Changes nobody dealt with yet, of the ids given or all. */
export function readOpenChanges(ctx: TenantContext, ids?: readonly string[]): Promise<OpenChange[]> {
  return ctx.db.parentOfferChange.findMany({
    where: { tenantId: ctx.tenantId, resolvedAt: null, ...(ids ? { id: { in: [...ids] } } : {}) },
    select: { id: true, parentOfferId: true, kind: true, effectiveAt: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: 10_000,
  })
}

/** Notes that somebody dealt with the changes. */
export async function resolveOfferChanges(ctx: TenantContext, ids: readonly string[]): Promise<number> {
  const resolvedBy = actorName(ctx.actor)
  const { count } = await ctx.db.parentOfferChange.updateMany({
    where: { tenantId: ctx.tenantId, id: { in: [...ids] }, resolvedAt: null },
    data: { resolvedAt: ctx.now, resolvedBy },
  })
  return count
}
