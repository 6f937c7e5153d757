import { v5 } from 'uuid'
import type { BankDetails } from '#app/domain/bank/bank-details.ts'
import { asSystem, type TenantContext } from '../context.server.ts'

const slugNamespace = '6b1f5a52-4a0e-4c83-9b53-5f0f4f2b7a11'

/**
 * The id of the tenant named `slug`. It follows from the slug, so that a repeat of a half-finished `add-tenant` finds what
 * the first run left in the parent, and two runs at once cannot make two tenants. A slug is never given away again.
 */
export function tenantIdOf(slug: string): string {
  return v5(slug, slugNamespace)
}

/** The id of the account that the tenant `childTenantId` is in its parent. */
export function resellerAccountIdOf(parentTenantId: string, childTenantId: string): string {
  return v5(childTenantId, parentTenantId)
}

export type TenantRow = {
  readonly tenantId: string
  readonly slug: string
  readonly kind: 'provider' | 'reseller'
  readonly legalName: string
  readonly parentTenantId: string | null
  readonly parentAccountId: string | null
  readonly depth: number
  readonly isOperatingUnit: boolean
  readonly country: string
  readonly currency: string
  readonly timeZone: string
  readonly language: string
  readonly vatId: string | null
  readonly addressLines: readonly string[]
  readonly email: string
  readonly numberPrefix: string
  readonly status: 'active' | 'suspended' | 'closed'
  /** Null until the seller tells where it is paid. */
  readonly bank: BankDetails | null
}

const columns = {
  tenantId: true,
  slug: true,
  kind: true,
  legalName: true,
  parentTenantId: true,
  parentAccountId: true,
  depth: true,
  isOperatingUnit: true,
  country: true,
  currency: true,
  timeZone: true,
  language: true,
  vatId: true,
  addressLines: true,
  email: true,
  numberPrefix: true,
  status: true,
  bankHolder: true,
  bankName: true,
  bankIban: true,
  bankBic: true,
  bankQrIban: true,
} as const

type BankColumns = {
  bankHolder: string | null
  bankName: string | null
  bankIban: string | null
  bankBic: string | null
  bankQrIban: string | null
}

function toTenant(row: BankColumns & object): TenantRow {
  const { bankHolder: holder, bankName, bankIban: iban, bankBic: bic, bankQrIban: qrIban, ...tenant } = row
  const bank = holder !== null && bankName !== null && iban !== null ? { holder, bankName, iban, bic, qrIban } : null
  return { ...tenant, bank } as TenantRow
}

/** Any tenant by its id, read across tenants; null when there is none. */
export function findTenant(tenantId: string): Promise<TenantRow | null> {
  return asSystem('tenant by id', async (db) => {
    const row = await db.tenant.findUnique({ where: { tenantId }, select: columns })
    return row && toTenant(row)
  })
}

/** Any tenant by its slug, read across tenants; null when there is none. */
export function findTenantBySlug(slug: string): Promise<TenantRow | null> {
  return asSystem('tenant by slug', async (db) => {
    const row = await db.tenant.findFirst({ where: { slug }, select: columns })
    return row && toTenant(row)
  })
}

/** Every tenant of the installation, parents before children. */
export function listTenants(): Promise<TenantRow[]> {
  return asSystem('list of tenants', async (db) => {
    const rows = await db.tenant.findMany({ select: columns, orderBy: [{ depth: 'asc' }, { slug: 'asc' }], take: 10_000 })
    return rows.map(toTenant)
  })
}

export type ChildTenant = {
  readonly tenantId: string
  readonly slug: string
  readonly status: TenantRow['status']
  readonly depth: number
  readonly host: string | null
}

/** The resellers right below `parentTenantId`, with the hosts of their stores: what anyone can see of them. Reads across tenants. */
export function childTenants(parentTenantId: string): Promise<ChildTenant[]> {
  return asSystem(
    'resellers of a tenant',
    (db) =>
      db.$queryRaw<ChildTenant[]>`
      select t.tenant_id as "tenantId", t.slug, t.status, t.depth, (
        select d.host from store_domains d where d.tenant_id = t.tenant_id and d.verified_at is not null and d.state = 'active'
        order by d.is_primary desc, d.kind desc, d.created_at limit 1) as host
      from tenants t where t.parent_tenant_id = ${parentTenantId}::uuid
      order by t.slug limit 1000`,
  )
}

/** The tenant of this context. */
export async function ownTenant(ctx: TenantContext): Promise<TenantRow | null> {
  const row = await ctx.db.tenant.findUnique({ where: { tenantId: ctx.tenantId }, select: columns })
  return row && toTenant(row)
}

/** Writes the context's own tenant; false when it exists already. */
export async function insertTenant(ctx: TenantContext, row: Omit<TenantRow, 'tenantId' | 'bank'>): Promise<boolean> {
  const data = { tenantId: ctx.tenantId, ...row, addressLines: [...row.addressLines], createdAt: ctx.now }
  const written = await ctx.db.tenant.createMany({ data: [data], skipDuplicates: true })
  return written.count === 1
}

/** Writes where the context's own tenant is paid; null forgets it. */
export async function updateBankDetails(ctx: TenantContext, bank: BankDetails | null): Promise<void> {
  const data = {
    bankHolder: bank?.holder ?? null,
    bankName: bank?.bankName ?? null,
    bankIban: bank?.iban ?? null,
    bankBic: bank?.bic ?? null,
    bankQrIban: bank?.qrIban ?? null,
  }
  await ctx.db.tenant.update({ where: { tenantId: ctx.tenantId }, data })
}
