import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { openAddress, sealAddress } from '../sealing/sealed-fields.server.ts'

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
  const row = await ctx.db.account.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, select: columns })
  return row && ({ ...row, addressLines: openAddress(ctx, id, row.addressLines) } as AccountRow)
}

/** The departments of an enterprise that are not closed, at most 200. */
export function openDepartmentsOf(ctx: TenantContext, enterpriseId: string): Promise<{ id: string; name: string }[]> {
  return ctx.db.account.findMany({
    where: { tenantId: ctx.tenantId, parentAccountId: enterpriseId, status: { not: 'closed' } },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 200,
  })
}

/** Holds an account until the transaction ends. */
export async function holdAccount(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.$queryRaw`select id from accounts where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for no key update`
}

/** Writes an account; false when one with this id exists already. */
export async function insertAccount(ctx: TenantContext, row: AccountRow): Promise<boolean> {
  const data = { tenantId: ctx.tenantId, ...row, addressLines: sealAddress(ctx, row.id, row.addressLines), createdAt: ctx.now }
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
  /** How it is invoiced and pays; by the calendar month, after use, unless said. */
  readonly cycleUnit?: 'month' | 'year'
  readonly cycleCount?: number
  readonly cycleDay?: number | null
  readonly invoicesOrders?: boolean
  readonly paymentMode?: 'postpaid' | 'prepaid'
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

/** The currency an account is billed in, by its contract or that of its enterprise; null without one. */
export async function readContractCurrency(ctx: TenantContext, accountId: string): Promise<string | null> {
  const rows = await ctx.db.$queryRaw<{ currency: string }[]>`
    select c.currency
    from accounts a join contracts c on c.tenant_id = a.tenant_id and c.account_id in (a.id, a.parent_account_id)
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${accountId}::uuid
    order by c.account_id = a.id desc limit 1`
  return rows[0]?.currency ?? null
}
