import { type Money, money } from '#app/domain/money/money.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { CreditGrant, GrantKind, GrantScope, GrantState } from '#app/domain/wallet/credit-grant.ts'
import { withoutDebt } from '#app/domain/wallet/wallet-debt.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'
import type { WalletRow } from '../payments/wallets.server.ts'

export type NewGrant = {
  readonly wallet: WalletRow
  readonly sourceKey: string
  readonly kind: GrantKind
  readonly state: 'waiting' | 'active'
  readonly amount: Money
  readonly priority: number
  readonly scope: GrantScope
  readonly expiresOn: LocalDate | null
  readonly reason: string | null
}

/** A grant with what its history says of it. */
export type StoredGrant = CreditGrant & { readonly state: GrantState; readonly grantedBy: string }

type GrantColumns = Omit<StoredGrant, 'amount' | 'remaining' | 'productIds'> & {
  readonly currency: string
  readonly amountMinor: bigint
  readonly remainingMinor: bigint
  readonly productIds: readonly string[] | null
}

const columns = Prisma.sql`g.id, g.account_id as "accountId", g.kind, g.state, g.currency, g.amount_minor as "amountMinor",
  g.amount_minor - g.used_minor - g.expired_minor - g.returned_minor - g.taken_minor as "remainingMinor", g.priority, g.scope,
  g.expires_on::text as "expiresOn", g.granted_by as "grantedBy",
  case when g.scope = 'products' then (select array_agg(p.product_id::text order by p.product_id) from grant_products p
    where p.tenant_id = g.tenant_id and p.grant_id = g.id) end as "productIds"`

function grantOf({ currency, amountMinor, remainingMinor, productIds, ...facts }: GrantColumns): StoredGrant {
  return {
    ...facts,
    ...(productIds ? { productIds } : {}),
    amount: money(amountMinor, currency),
    remaining: money(remainingMinor, currency),
  }
}

/** Saves a grant; null when its fact made one before. Returns its id. */
export async function insertGrant(ctx: TenantContext, { wallet, amount, ...grant }: NewGrant): Promise<string | null> {
  const id = newId()
  const saved = await ctx.db.$executeRaw`
    insert into credit_grants (tenant_id, id, account_id, wallet_id, source_key, kind, state, currency, amount_minor, priority, scope,
      expires_on, reason, granted_by, created_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${wallet.accountId}::uuid, ${wallet.id}::uuid, ${grant.sourceKey}, ${grant.kind},
      ${grant.state}, ${amount.currency}, ${amount.minor}, ${grant.priority}, ${grant.scope}, ${grant.expiresOn}::date, ${grant.reason},
      ${actorName(ctx.actor)}, ${ctx.now})
    on conflict (tenant_id, source_key) do nothing`
  return saved === 1 ? id : null
}

/** Names the products whose lines a grant pays. */
export async function insertGrantProducts(
  ctx: TenantContext,
  { grantId, accountId, productIds }: { readonly grantId: string; readonly accountId: string; readonly productIds: readonly string[] },
): Promise<void> {
  await ctx.db.grantProduct.createMany({ data: productIds.map((productId) => ({ tenantId: ctx.tenantId, grantId, accountId, productId })) })
}

/**
 * Grants of wallets that may be spent on `today`, in the order of use; the wallets are held. What a bank took back after it was spent is made
 * up for by the others first: of a balance below nothing none may be spent.
 */
export async function usableGrants(ctx: TenantContext, walletIds: readonly string[], today: LocalDate): Promise<CreditGrant[]> {
  const rows = await ctx.db.$queryRaw<GrantColumns[]>`
    select ${columns} from credit_grants g
    where g.tenant_id = ${ctx.tenantId}::uuid and g.wallet_id = any (${[...walletIds]}::uuid[]) and g.state = 'active'
      and (g.expires_on is null or g.expires_on >= ${today}::date)
      and g.amount_minor <> g.used_minor + g.expired_minor + g.returned_minor + g.taken_minor
    order by g.priority, g.expires_on nulls last, g.id`
  return withoutDebt(rows.map(grantOf))
}

/** One grant; undefined when the tenant has none of that id. */
export async function readGrant(ctx: TenantContext, id: string): Promise<StoredGrant | undefined> {
  const [row] = await ctx.db.$queryRaw<GrantColumns[]>`
    select ${columns} from credit_grants g where g.tenant_id = ${ctx.tenantId}::uuid and g.id = ${id}::uuid`
  return row && grantOf(row)
}

/** Notes what a second person said of a grant that waits; false when it does not wait any more. */
export async function decideGrant(ctx: TenantContext, id: string, state: 'active' | 'refused'): Promise<boolean> {
  const changed = await ctx.db.$executeRaw`
    update credit_grants set state = ${state}, decided_by = ${actorName(ctx.actor)}, decided_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state = 'waiting'`
  return changed === 1
}

/** Grants that are not used up although their last day was before `today`, at most `limit`. */
export async function passedGrants(ctx: TenantContext, today: LocalDate, limit: number): Promise<CreditGrant[]> {
  const rows = await ctx.db.$queryRaw<GrantColumns[]>`
    select ${columns} from credit_grants g
    where g.tenant_id = ${ctx.tenantId}::uuid and g.state = 'active' and g.expires_on < ${today}::date
    order by g.expires_on, g.id limit ${limit}`
  return rows.map(grantOf)
}

/** Ends a grant: what is left of it expires. Returns how much that was, in minor units; null when it had ended before. */
export async function expireGrant(ctx: TenantContext, id: string): Promise<bigint | null> {
  const [row] = await ctx.db.$queryRaw<{ minor: bigint }[]>`
    with ended as (
      select id, amount_minor - used_minor - expired_minor - returned_minor as minor from credit_grants
      where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state = 'active' for update
    )
    update credit_grants g set state = 'expired', expired_minor = g.expired_minor + e.minor
    from ended e where g.tenant_id = ${ctx.tenantId}::uuid and g.id = e.id returning e.minor`
  return row?.minor ?? null
}

/** How much of a grant goes back to where it came from: of what is left of it, and of what was spent. Minor units. */
export type TakenBack = { readonly leftMinor: bigint; readonly spentMinor: bigint }

/** Takes money of a top-up back to where it came from; false when it has less. Below zero: it is there again. */
export async function returnFromGrant(ctx: TenantContext, id: string, { leftMinor, spentMinor }: TakenBack): Promise<boolean> {
  const changed = await ctx.db.$executeRaw`
    update credit_grants set returned_minor = returned_minor + ${leftMinor}, taken_minor = taken_minor + ${spentMinor}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state = 'active'
      and used_minor + expired_minor + returned_minor + ${leftMinor} <= amount_minor
      and returned_minor + ${leftMinor} + taken_minor + ${spentMinor} <= amount_minor`
  return changed === 1
}

/** What of a grant was taken back after it was spent, in minor units. */
export async function takenOfGrant(ctx: TenantContext, id: string): Promise<bigint> {
  const grant = await ctx.db.creditGrant.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    select: { takenMinor: true },
  })
  return grant?.takenMinor ?? 0n
}

/** Everything that counts in the balance of a buyer, below nothing too. */
export async function standingGrants(ctx: TenantContext, accountId: string, currency: string): Promise<CreditGrant[]> {
  const rows = await ctx.db.$queryRaw<GrantColumns[]>`
    select ${columns} from credit_grants g
    where g.tenant_id = ${ctx.tenantId}::uuid and g.account_id = ${accountId}::uuid and g.currency = ${currency} and g.state = 'active'
    order by g.id`
  return rows.map(grantOf)
}
