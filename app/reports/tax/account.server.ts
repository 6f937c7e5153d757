import type { TenantContext } from '#app/db/context.server.ts'
import { readContractTax } from '#app/db/documents/tax-facts.server.ts'
import { openField } from '#app/db/sealing/sealed-fields.server.ts'
import { determineTax } from '#app/domain/tax/determine-tax.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import type { AccountTax, ExemptionView, VatIdCheckView } from './shape.ts'

type AccountRow = Omit<AccountTax, 'treatment' | 'checks' | 'exemptions'> & { readonly contractId: string | null; readonly zone: string }

/** How an account is taxed today and why, what registers said about its VAT id, and its certificates; null when there is no such account. */
export async function readAccountTax(ctx: TenantContext, accountId: string): Promise<AccountTax | null> {
  const [row] = await ctx.db.$queryRaw<AccountRow[]>`
    select a.id as "accountId", a.name, a.country::text as country, a.vat_id as "vatId", a.vat_id_status as "vatIdStatus",
      t.country::text as "sellerCountry", t.time_zone as zone, (
        select c.id from contracts c where c.tenant_id = a.tenant_id and c.account_id in (a.id, a.parent_account_id)
        order by c.account_id = a.id desc limit 1) as "contractId"
    from accounts a join tenants t on t.tenant_id = a.tenant_id
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${accountId}::uuid`
  if (!row) return null
  const { contractId, zone, ...account } = row
  const tax = contractId ? (await readContractTax(ctx, [contractId])).get(contractId) : undefined
  const treatment = tax && determineTax({ ...tax, on: localDateOf(ctx.now, zone) })
  return {
    ...account,
    treatment: treatment?.ok ? { ...treatment.value, rate: treatment.value.rate.toFixed() } : null,
    checks: await vatIdChecks(ctx, accountId),
    exemptions: await exemptions(ctx, accountId),
  }
}

async function vatIdChecks(ctx: TenantContext, accountId: string): Promise<VatIdCheckView[]> {
  const rows = await ctx.db.$queryRaw<VatIdCheckView[]>`
    select id, vat_id as "vatId", register, outcome, problem, consultation_number as "consultationNumber", registered_name as "registeredName",
      registered_address as "registeredAddress", answer, checked_at as "checkedAt"
    from vat_id_checks where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid
    order by checked_at desc, id desc limit 20`
  return rows.map((row) => ({
    ...row,
    registeredAddress: row.registeredAddress && openField(ctx, 'vat_id_checks.registered_address', row.id, row.registeredAddress),
    answer: openField(ctx, 'vat_id_checks.answer', row.id, row.answer),
  }))
}

function exemptions({ db, tenantId }: TenantContext, accountId: string): Promise<ExemptionView[]> {
  return db.$queryRaw<ExemptionView[]>`
    select id, country::text as country, ground, certificate_number as "certificateNumber", valid_from::text as from, valid_to::text as to,
      file_key is not null as "hasPaper", withdrawn_at is not null as "isWithdrawn"
    from tax_exemptions where tenant_id = ${tenantId}::uuid and account_id = ${accountId}::uuid
    order by withdrawn_at is not null, valid_from desc, id desc limit 100`
}

/** Where the paper of a certificate lies; null when there is none. */
export async function paperOf({ db, tenantId }: TenantContext, exemptionId: string): Promise<{ fileKey: string; filename: string } | null> {
  const row = await db.taxExemption.findUnique({
    where: { tenantId_id: { tenantId, id: exemptionId } },
    select: { fileKey: true, fileName: true },
  })
  return row?.fileKey && row.fileName ? { fileKey: row.fileKey, filename: row.fileName } : null
}
