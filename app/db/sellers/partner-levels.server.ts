import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import type { LevelRules } from '#app/domain/partner-level/judge-level.ts'
import type { LevelDiscount } from '#app/domain/partner-level/level-discount.ts'
import type { DiscountScope } from '#app/domain/promo/discount.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'

/** A partner level of the seller with what it takes to reach it. */
export type PartnerLevelRow = LevelRules & { readonly code: string; readonly name: string; readonly status: 'active' | 'archived' }

type LevelColumns = Omit<PartnerLevelRow, 'minTurnover'> & { minor: string | null; currency: string | null }

/** The seller's levels, the lowest first; archived ones too. */
export async function readPartnerLevels(ctx: TenantContext): Promise<PartnerLevelRow[]> {
  const rows = await ctx.db.$queryRaw<LevelColumns[]>`
    select id, code, name, rank, min_turnover_minor::text as minor, turnover_currency as currency, turnover_months as "turnoverMonths",
      max_overdue_days as "maxOverdueDays", grace_days as "graceDays", status
    from partner_levels where tenant_id = ${ctx.tenantId}::uuid order by rank, id`
  return rows.map(({ minor, currency, ...row }) => ({ ...row, minTurnover: minor && currency ? money(BigInt(minor), currency) : null }))
}

export type NewPartnerLevel = Omit<PartnerLevelRow, 'id' | 'status'>

/** Adds a level; undefined when its code or rank is taken. */
export async function insertPartnerLevel(ctx: TenantContext, level: NewPartnerLevel): Promise<string | undefined> {
  const id = newId()
  const { minTurnover, ...facts } = level
  const turnover = { minTurnoverMinor: minTurnover?.minor ?? null, turnoverCurrency: minTurnover?.currency ?? null }
  const data = [{ tenantId: ctx.tenantId, id, ...facts, ...turnover, status: 'active', createdAt: ctx.now }]
  const written = await ctx.db.partnerLevel.createMany({ data, skipDuplicates: true })
  return written.count === 1 ? id : undefined
}

/** Changes what a level is called and takes; its code stays. */
export async function updatePartnerLevel(ctx: TenantContext, id: string, level: Omit<NewPartnerLevel, 'code' | 'rank'>): Promise<void> {
  const { minTurnover, name, turnoverMonths, maxOverdueDays, graceDays } = level
  await ctx.db.$executeRaw`
    update partner_levels set name = ${name}, min_turnover_minor = ${minTurnover?.minor ?? null}::bigint,
      turnover_currency = ${minTurnover?.currency ?? null}, turnover_months = ${turnoverMonths}, max_overdue_days = ${maxOverdueDays}::int,
      grace_days = ${graceDays}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}

/** A discount of one level. */
export type LevelDiscountRow = LevelDiscount & { readonly id: string; readonly levelId: string }

/** Every discount of the seller's levels, past and announced ones too, in order of level, scope, group and time. */
export async function readLevelDiscounts(ctx: TenantContext): Promise<LevelDiscountRow[]> {
  const rows = await ctx.db.$queryRaw<(Omit<LevelDiscountRow, 'percent'> & { percent: string })[]>`
    select id, partner_level_id as "levelId", scope, product_group as "productGroup", percent::text as percent, valid_from as "validFrom",
      valid_to as "validTo"
    from partner_level_discounts where tenant_id = ${ctx.tenantId}::uuid
    order by partner_level_id, scope, product_group nulls first, valid_from`
  return rows.map((row) => ({ ...row, percent: new Decimal(row.percent) }))
}

export type NewLevelDiscount = { readonly scope: DiscountScope; readonly productGroup: string | null; readonly percent: Decimal }

/**
 * Gives a level a percentage for one scope and group from `validFrom` on: the one in force ends then, one that was announced for
 * later becomes this one. What was priced until then stays.
 */
export async function setLevelDiscount(
  ctx: TenantContext,
  { levelId, validFrom, scope, productGroup, percent }: NewLevelDiscount & { readonly levelId: string; readonly validFrom: Date },
): Promise<void> {
  const createdBy = actorName(ctx.actor)
  const same = Prisma.sql`tenant_id = ${ctx.tenantId}::uuid and partner_level_id = ${levelId}::uuid and scope = ${scope}
    and product_group is not distinct from ${productGroup}::text`
  await ctx.db.$executeRaw`
    update partner_level_discounts set percent = ${percent.toFixed()}::numeric where ${same} and valid_from >= ${validFrom}`
  await ctx.db.$executeRaw`
    update partner_level_discounts set valid_to = ${validFrom}
    where ${same} and valid_from < ${validFrom} and (valid_to is null or valid_to > ${validFrom})`
  await ctx.db.$executeRaw`
    insert into partner_level_discounts (tenant_id, id, partner_level_id, scope, product_group, percent, valid_from, valid_to, created_by,
      created_at)
    select ${ctx.tenantId}::uuid, ${newId()}::uuid, ${levelId}::uuid, ${scope}, ${productGroup}::text, ${percent.toFixed()}::numeric,
      ${validFrom}, (select min(valid_from) from partner_level_discounts where ${same} and valid_from >= ${validFrom}), ${createdBy}, ${ctx.now}
    where not exists (select 1 from partner_level_discounts where ${same} and valid_from = ${validFrom})`
}

/** A book of the public list, or the book of a level made from it. */
export type ListBookRow = { readonly id: string; readonly code: string; readonly name: string; readonly currency: string }

/** The lists that levels are made from: of each currency the first public book that belongs to no channel's catalog. */
export async function readListBooks(ctx: TenantContext): Promise<ListBookRow[]> {
  return ctx.db.$queryRaw<ListBookRow[]>`
    select distinct on (b.currency) b.id, b.code, b.name, b.currency
    from price_books b left join catalogs c on c.tenant_id = b.tenant_id and c.id = b.catalog_id
    where b.tenant_id = ${ctx.tenantId}::uuid and b.is_public and b.partner_level_id is null and coalesce(c.is_reference, true)
    order by b.currency, b.created_at, b.id`
}

export type LevelBookRow = ListBookRow & { readonly levelId: string }

/** The books of all levels. */
export async function readLevelBooks(ctx: TenantContext): Promise<LevelBookRow[]> {
  return ctx.db.$queryRaw<LevelBookRow[]>`
    select id, code, name, currency, partner_level_id as "levelId" from price_books
    where tenant_id = ${ctx.tenantId}::uuid and partner_level_id is not null order by created_at, id`
}

/** Opens the book of a level in one currency, named by the level in the seller's own currency and with the currency else. */
export async function insertLevelBook(ctx: TenantContext, level: PartnerLevelRow, currency: string): Promise<LevelBookRow> {
  const [seller] = await ctx.db.$queryRaw<{ currency: string }[]>`select currency from tenants where tenant_id = ${ctx.tenantId}::uuid`
  const isOwn = seller?.currency === currency
  const code = isOwn ? level.code : `${level.code}-${currency.toLowerCase()}`
  const book = { id: newId(), code, name: isOwn ? level.name : `${level.name} ${currency}`, currency }
  await ctx.db.priceBook.createMany({
    data: [{ tenantId: ctx.tenantId, ...book, isPublic: false, partnerLevelId: level.id, createdAt: ctx.now }],
  })
  return { ...book, levelId: level.id }
}

/** Lets a version of a level's book end earlier than it was to. */
export async function shortenVersion(ctx: TenantContext, id: string, validTo: Date): Promise<void> {
  await ctx.db.$executeRaw`
    update price_versions set valid_to = ${validTo}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and valid_from < ${validTo} and (valid_to is null or valid_to > ${validTo})`
}

/** The product group of each product that has one. */
export async function readProductGroups(ctx: TenantContext): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.db.$queryRaw<{ id: string; productGroup: string }[]>`
    select id, product_group as "productGroup" from products where tenant_id = ${ctx.tenantId}::uuid and product_group is not null`
  return new Map(rows.map((row) => [row.id, row.productGroup]))
}

/** Holds the levels of the seller until the transaction ends, so that two people do not change them at once. */
export async function lockPartnerLevels(ctx: TenantContext): Promise<void> {
  await ctx.db.$executeRaw`select id from partner_levels where tenant_id = ${ctx.tenantId}::uuid order by id for no key update`
}
