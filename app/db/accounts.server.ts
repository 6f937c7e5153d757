import type { TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'

export type AccountKind = 'personal' | 'business' | 'enterprise'
export type VatIdStatus = 'none' | 'valid' | 'invalid' | 'pending'

export type AccountRow = {
  readonly id: string
  readonly parentAccountId: string | null
  readonly kind: AccountKind
  readonly name: string
  readonly email: string
  readonly language: string
  readonly country: string
  readonly addressLines: readonly string[]
  readonly vatId: string | null
  readonly vatIdStatus: VatIdStatus
  readonly vatIdCheckedAt: Date | null
  readonly childTenantId: string | null
  readonly status: 'active' | 'suspended' | 'closed'
}

const columns = {
  id: true,
  parentAccountId: true,
  kind: true,
  name: true,
  email: true,
  language: true,
  country: true,
  addressLines: true,
  vatId: true,
  vatIdStatus: true,
  vatIdCheckedAt: true,
  childTenantId: true,
  status: true,
} as const

/** The account `id`, or null when the scope holds no such account. */
export async function findAccount(ctx: TenantContext, id: string): Promise<AccountRow | null> {
  return (await ctx.db.account.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, select: columns })) as AccountRow | null
}

/** Writes an account; false when one with this id exists already. */
export async function insertAccount(ctx: TenantContext, row: AccountRow): Promise<boolean> {
  const data = { tenantId: ctx.tenantId, ...row, addressLines: [...row.addressLines], createdAt: ctx.now }
  const written = await ctx.db.account.createMany({ data: [data], skipDuplicates: true })
  return written.count === 1
}

export type ContractRow = {
  readonly accountId: string
  readonly priceBookId: string
  readonly currency: string
  readonly paymentDays: number
  readonly billingAnchor: 'calendar' | 'anniversary'
  readonly billingDay: number
  readonly feesInAdvance: boolean
  readonly pricing: 'discount-off-list' | 'buy-price-book' | 'revenue-share'
  readonly chargeTrigger: 'on-usage' | 'on-customer-payment'
  readonly collectsPayments: 'child' | 'parent'
  readonly issuer: 'child' | 'parent'
  readonly isSelfBilled: boolean
  readonly creditLimitMinor: bigint
  readonly startsOn: Date
}

/** Writes the contract of an account; an account has one, so a repeat changes nothing. */
export async function insertContract(ctx: TenantContext, row: ContractRow): Promise<void> {
  await ctx.db.contract.createMany({
    data: [{ tenantId: ctx.tenantId, id: newId(), ...row, endsOn: null, createdAt: ctx.now }],
    skipDuplicates: true,
  })
}

export type PriceBookRow = { readonly id: string; readonly code: string; readonly currency: string; readonly isPublic: boolean }

/** The price book named `code`, or null. */
export async function findPriceBook(ctx: TenantContext, code: string): Promise<PriceBookRow | null> {
  return ctx.db.priceBook.findUnique({
    where: { tenantId_code: { tenantId: ctx.tenantId, code } },
    select: { id: true, code: true, currency: true, isPublic: true },
  })
}

/**
 * The book a visitor of the store buys from: that of the default channel's catalog once its prices have begun, else the first public one
 * of the store; in the seller's own currency if there is one.
 */
export async function defaultPriceBook(ctx: TenantContext): Promise<PriceBookRow | null> {
  const rows = await ctx.db.$queryRaw<PriceBookRow[]>`
    select b.id, b.code, b.currency, b.is_public as "isPublic"
    from price_books b join tenants t on t.tenant_id = b.tenant_id
    where b.tenant_id = ${ctx.tenantId}::uuid and b.is_public and (b.catalog_id is null or (
      exists (select 1 from channels h where h.tenant_id = b.tenant_id and h.catalog_id = b.catalog_id and h.is_default and h.status = 'active')
      and exists (select 1 from price_versions v where v.tenant_id = b.tenant_id and v.price_book_id = b.id and v.withdrawn_at is null
        and v.valid_from <= ${ctx.now} and (v.valid_to is null or v.valid_to > ${ctx.now}))))
    order by b.catalog_id is null, b.currency <> t.currency, b.created_at, b.id
    limit 1`
  return rows[0] ?? null
}
