import { Decimal } from '#app/domain/money/decimal.ts'
import { type PriceModel, readPriceModel } from '#app/domain/pricing/models/registry.ts'
import type { StandingVersion } from '#app/domain/pricing/price-change/plan-versions.ts'
import type { FeeKind, PriceRule, RuleModel } from '#app/domain/pricing/price-rule.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** A version of a price book, withdrawn or not. */
export type PriceVersionRow = StandingVersion & {
  readonly priceBookId: string
  readonly isPublic: boolean
  readonly currency: string
  readonly note: string | null
  readonly supersedesId: string | null
}

type VersionRow = Omit<PriceVersionRow, 'isWithdrawn'> & { withdrawnAt: Date | null }

/**
 * The versions of `priceBookIds` in order of book and start. `lock` lets nobody else publish into these books until the
 * transaction ends; a book without any version is held by the unique number of its first one.
 */
export async function readVersions(ctx: TenantContext, priceBookIds: readonly string[], { lock = false } = {}): Promise<PriceVersionRow[]> {
  if (lock) {
    await ctx.db.$executeRaw`
      select id from price_versions where tenant_id = ${ctx.tenantId}::uuid and price_book_id = any (${priceBookIds}::uuid[])
      order by id for no key update`
  }
  const rows = await ctx.db.$queryRaw<VersionRow[]>`
    select v.id, v.price_book_id as "priceBookId", v.number, v.is_public as "isPublic", b.currency, v.valid_from as "validFrom",
      v.valid_to as "validTo", v.note, v.supersedes_id as "supersedesId", v.withdrawn_at as "withdrawnAt"
    from price_versions v join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    where v.tenant_id = ${ctx.tenantId}::uuid and v.price_book_id = any (${priceBookIds}::uuid[])
    order by v.price_book_id, v.valid_from, v.number`
  return rows.map(({ withdrawnAt, ...row }) => ({ ...row, isWithdrawn: withdrawnAt !== null }))
}

/** The book a version belongs to; undefined when the tenant has no such version. */
export async function bookOfVersion(ctx: TenantContext, priceVersionId: string): Promise<string | undefined> {
  const [row] = await ctx.db.$queryRaw<{ priceBookId: string }[]>`
    select price_book_id as "priceBookId" from price_versions where tenant_id = ${ctx.tenantId}::uuid and id = ${priceVersionId}::uuid`
  return row?.priceBookId
}

/** A price of a version as it is copied into the next one; `id` is that of the rule it comes from. */
export type VersionRule = {
  readonly id: string
  readonly priceVersionId: string
  readonly feeKind: FeeKind
  readonly productId: string | null
  readonly productGroup: string | null
  readonly meter: string | null
  readonly unit: string
  readonly unitPrice: Decimal
  readonly included: Decimal
  readonly cap: Decimal | null
  readonly minimum: Decimal | null
  readonly quantityStep: Decimal | null
  readonly model: RuleModel
  readonly includedScope: PriceRule['includedScope']
  readonly rollsOver: boolean
  readonly intervalUnit: string | null
  readonly intervalCount: number | null
  readonly billingMode: string | null
  readonly match: PriceRule['match']
  readonly basis: object | null
}

type Figure = 'unitPrice' | 'included' | 'cap' | 'minimum' | 'quantityStep'
type RuleRow = Omit<VersionRule, Figure | 'model'> & Record<Figure, string | null> & { model: string; terms: Record<string, unknown> }

/** The prices of `priceVersionIds`, in order of version and id. */
export async function readVersionRules(ctx: TenantContext, priceVersionIds: readonly string[]): Promise<VersionRule[]> {
  const rows = await ctx.db.$queryRaw<RuleRow[]>`
    select r.id, r.price_version_id as "priceVersionId", r.fee_kind as "feeKind", r.product_id as "productId",
      p.product_group as "productGroup", r.meter, r.unit, r.unit_price::text as "unitPrice", r.included::text as included,
      r.cap::text as cap, r.minimum::text as minimum, r.quantity_step::text as "quantityStep", r.model, r.terms,
      r.included_scope as "includedScope", r.rolls_over as "rollsOver", r.interval_unit as "intervalUnit",
      r.interval_count as "intervalCount", r.billing_mode as "billingMode", r.match, r.basis
    from price_rules r left join products p on p.tenant_id = r.tenant_id and p.id = r.product_id
    where r.tenant_id = ${ctx.tenantId}::uuid and r.price_version_id = any (${priceVersionIds}::uuid[])
    order by r.price_version_id, r.id`
  return rows.map(toRule)
}

function toRule({ unitPrice, included, cap, minimum, quantityStep, model, terms, ...row }: RuleRow): VersionRule {
  const decimal = (text: string | null) => (text === null ? null : new Decimal(text))
  return {
    ...row,
    unitPrice: new Decimal(unitPrice ?? 0),
    included: new Decimal(included ?? 0),
    cap: decimal(cap),
    minimum: decimal(minimum),
    quantityStep: decimal(quantityStep),
    model: model === 'per-unit' ? { kind: 'per-unit' } : storedModel(row.id, model, terms),
  }
}

function storedModel(ruleId: string, kind: string, terms: unknown): Exclude<PriceModel, { kind: 'per-unit' }> {
  const read = readPriceModel(kind, terms)
  invariant(read.ok && read.value.kind !== 'per-unit', `price rule ${ruleId} has terms that are not those of ${kind}`)
  return read.value
}

export type NewVersion = {
  readonly priceBookId: string
  readonly number: number
  readonly isPublic: boolean
  readonly validFrom: Date
  readonly validTo: Date | null
  readonly note: string | null
  readonly supersedesId: string | null
}

/** Adds a version without prices. Returns its id. */
export async function insertVersion(ctx: TenantContext, version: NewVersion): Promise<string> {
  const id = newId()
  const createdBy = actorName(ctx.actor)
  await ctx.db.priceVersion.createMany({ data: [{ tenantId: ctx.tenantId, id, ...version, createdBy, createdAt: ctx.now }] })
  return id
}

/** Lets the version in force end at `validTo`. */
export async function closeVersion(ctx: TenantContext, id: string, validTo: Date): Promise<void> {
  await ctx.db.$executeRaw`
    update price_versions set valid_to = ${validTo} where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and valid_to is null`
}

/** Lets a version price nothing from now on; what was charged by it stays readable. */
export async function withdrawVersion(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.$executeRaw`
    update price_versions set withdrawn_at = ${ctx.now} where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and withdrawn_at is null`
}

/** Lets subscriptions that pin the version `from` pin `to` instead. */
export async function repinItems(ctx: TenantContext, { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  await ctx.db.$executeRaw`
    update subscription_items set price_version_id = ${to}::uuid where tenant_id = ${ctx.tenantId}::uuid and price_version_id = ${from}::uuid`
}

/** A price of another version with new figures, as it goes into the version `priceVersionId`. */
export type CopiedRule = {
  readonly priceVersionId: string
  readonly rule: Pick<VersionRule, 'id' | 'unitPrice' | 'cap' | 'minimum'>
  readonly terms: object
}

/** Copies prices into versions in one statement: everything as in the rule they come from, but for the figures given. */
export async function copyRules(ctx: TenantContext, copies: readonly CopiedRule[]): Promise<void> {
  if (copies.length === 0) return
  const text = (pick: (copy: CopiedRule) => string | null) => sqlArray(copies, pick)
  await ctx.db.$executeRaw`
    insert into price_rules (tenant_id, id, price_version_id, is_public, fee_kind, product_id, meter, unit, unit_price, included, cap, match,
      model, terms, minimum, quantity_step, included_scope, rolls_over, interval_unit, interval_count, billing_mode, basis)
    select r.tenant_id, c.id, c.price_version_id, r.is_public, r.fee_kind, r.product_id, r.meter, r.unit, c.unit_price, r.included, c.cap,
      r.match, r.model, c.terms, c.minimum, r.quantity_step, r.included_scope, r.rolls_over, r.interval_unit, r.interval_count,
      r.billing_mode, r.basis
    from unnest(${text(() => newId())}::uuid[], ${text((c) => c.rule.id)}::uuid[], ${text((c) => c.priceVersionId)}::uuid[],
      ${text((c) => c.rule.unitPrice.toFixed(12))}::numeric[], ${text((c) => c.rule.cap?.toFixed(12) ?? null)}::numeric[],
      ${text((c) => c.rule.minimum?.toFixed(12) ?? null)}::numeric[], ${text((c) => JSON.stringify(c.terms))}::jsonb[])
      as c (id, rule_id, price_version_id, unit_price, cap, minimum, terms)
    join price_rules r on r.tenant_id = ${ctx.tenantId}::uuid and r.id = c.rule_id`
}
