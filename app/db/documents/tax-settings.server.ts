import { actorName } from '#app/domain/shared/actor.ts'
import type { TaxBehaviour } from '#app/domain/tax/tax-lines.ts'
import type { TaxRate } from '#app/domain/tax/tax-rate.ts'
import type { ExemptionGround, TaxRegistration } from '#app/domain/tax/tax-status.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

const day = (date: LocalDate) => new Date(`${date}T00:00:00Z`)
const dayOrNull = (date: LocalDate | null) => (date === null ? null : day(date))

/** Adds a rate of the seller's own. Returns its id. */
export async function insertTaxRate(ctx: TenantContext, rate: TaxRate & { readonly source: string }): Promise<string> {
  const { country, kind, percent, from, to, source } = rate
  const id = newId()
  const row = { tenantId: ctx.tenantId, id, country, kind, percent, source, validFrom: day(from), validTo: dayOrNull(to) }
  await ctx.db.taxRate.createMany({ data: [{ ...row, enteredBy: actorName(ctx.actor), createdAt: ctx.now }] })
  return id
}

/** Withdraws a rate of the seller's own: no document is taxed by it any more. False when there is none in use. */
export async function withdrawTaxRateRow(ctx: TenantContext, id: string): Promise<boolean> {
  const changed = await ctx.db.taxRate.updateMany({
    where: { tenantId: ctx.tenantId, id, withdrawnAt: null },
    data: { withdrawnAt: ctx.now },
  })
  return changed.count === 1
}

/** Names the tax of a country that does not ship; a new name replaces the old one. */
export async function saveTaxScheme(
  ctx: TenantContext,
  { country, taxName, idName }: { readonly country: string; readonly taxName: string; readonly idName: string },
): Promise<void> {
  await ctx.db.$executeRaw`
    insert into tax_schemes (tenant_id, country, tax_name, id_name, changed_at)
    values (${ctx.tenantId}::uuid, ${country}, ${taxName}, ${idName}, ${ctx.now})
    on conflict (tenant_id, country) do update set tax_name = excluded.tax_name, id_name = excluded.id_name, changed_at = excluded.changed_at`
}

/** Adds a registration or scheme of the seller. Returns its id. */
export async function insertTaxRegistration(
  ctx: TenantContext,
  row: TaxRegistration & { readonly number: string | null },
): Promise<string> {
  const { kind, country, number, from, to } = row
  const id = newId()
  const data = { tenantId: ctx.tenantId, id, kind, country, number, validFrom: day(from), validTo: dayOrNull(to) }
  await ctx.db.taxRegistration.createMany({ data: [{ ...data, enteredBy: actorName(ctx.actor), createdAt: ctx.now }] })
  return id
}

/** Ends a registration that has no end; `to` is its first day without. False when there is none, or it begins later. */
export async function endTaxRegistrationRow(
  ctx: TenantContext,
  { id, to }: { readonly id: string; readonly to: LocalDate },
): Promise<boolean> {
  const changed = await ctx.db.taxRegistration.updateMany({
    where: { tenantId: ctx.tenantId, id, validTo: null, validFrom: { lte: day(to) } },
    data: { validTo: day(to) },
  })
  return changed.count === 1
}

export type ExemptionRow = {
  readonly accountId: string
  readonly country: string
  readonly ground: ExemptionGround
  readonly certificateNumber: string
  readonly from: LocalDate
  readonly to: LocalDate | null
  readonly file: { readonly key: string; readonly name: string } | null
}

/** Adds a certificate of an account. Returns its id. */
export async function insertTaxExemption(ctx: TenantContext, row: ExemptionRow): Promise<string> {
  const { accountId, country, ground, certificateNumber, from, to, file } = row
  const id = newId()
  const data = { tenantId: ctx.tenantId, id, accountId, country, ground, certificateNumber, validFrom: day(from), validTo: dayOrNull(to) }
  const kept = { fileKey: file?.key ?? null, fileName: file?.name ?? null, enteredBy: actorName(ctx.actor), createdAt: ctx.now }
  await ctx.db.taxExemption.createMany({ data: [{ ...data, ...kept }] })
  return id
}

/** Withdraws a certificate. Returns the account it was of; null when there is none in use. */
export async function withdrawTaxExemptionRow(ctx: TenantContext, id: string): Promise<string | null> {
  const found = await ctx.db.taxExemption.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    select: { accountId: true },
  })
  const changed = await ctx.db.taxExemption.updateMany({
    where: { tenantId: ctx.tenantId, id, withdrawnAt: null },
    data: { withdrawnAt: ctx.now },
  })
  return changed.count === 1 ? (found?.accountId ?? null) : null
}

/** Sets whether the prices of a book include tax, unless something was charged by them. False then, and when there is no such book. */
export async function setTaxBehaviour(
  ctx: TenantContext,
  { priceBookId, behaviour }: { readonly priceBookId: string; readonly behaviour: TaxBehaviour },
): Promise<boolean> {
  const changed = await ctx.db.$executeRaw`
    update price_books b set tax_behaviour = ${behaviour}
    where b.tenant_id = ${ctx.tenantId}::uuid and b.id = ${priceBookId}::uuid and not exists (
      select 1 from charges c join price_versions v on v.tenant_id = c.tenant_id and v.id = c.price_version_id
      where c.tenant_id = b.tenant_id and v.price_book_id = b.id)`
  return changed === 1
}
