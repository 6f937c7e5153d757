import type { BankDetails } from '#app/domain/bank/bank-details.ts'
import type { IssuerReference } from '#app/domain/invoice/finalised-invoice.ts'
import type { TaxRate } from '#app/domain/tax/tax-rate.ts'
import type { TaxRegistration } from '#app/domain/tax/tax-status.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import type { TenantRow } from '../sellers/tenants.server.ts'

/** The parent as the issuer of a tenant's documents: what takes the place of the tenant's own facts on them. */
export type DocumentIssuer = Pick<TenantRow, 'legalName' | 'addressLines' | 'country' | 'vatId' | 'email' | 'bank'> & IssuerReference

type IssuerRow = Omit<DocumentIssuer, 'bank' | 'tenantId'> & { readonly parentTenantId: string; readonly bank: BankDetails | null }

/** Who stands as the issuer on the tenant's documents of a day, when it is the parent; undefined while the tenant issues them itself. */
export async function readIssuer(ctx: TenantContext, day: LocalDate): Promise<DocumentIssuer | undefined> {
  const [row] = await ctx.db.$queryRaw<IssuerRow[]>`
    select parent_tenant_id as "parentTenantId", slug, number_prefix as "numberPrefix", legal_name as "legalName", address_lines as "addressLines",
      country, vat_id as "vatId", email, bank
    from document_issuers where tenant_id = ${ctx.tenantId}::uuid
      and valid_from <= ${day}::date and (valid_to is null or valid_to > ${day}::date)
    order by valid_from desc, id desc limit 1`
  if (!row) return undefined
  const { parentTenantId: tenantId, ...facts } = row
  return { tenantId, ...facts }
}

/** An issuer as the parent tells it, with the terms that it follows from. */
export type ToldIssuer = DocumentIssuer & {
  readonly termsId: string
  readonly validFrom: LocalDate
  readonly validTo: LocalDate | null
  readonly acceptedBy: string
  readonly registrations: readonly TaxRegistration[]
  readonly rates: readonly TaxRate[]
}

/** Read in a parent: its facts for each terms by which it issues the documents of the reseller `accountId`. The newest 100. */
export async function toldIssuers(ctx: TenantContext, accountId: string): Promise<ToldIssuer[]> {
  return ctx.db.$queryRaw<ToldIssuer[]>`
    select s.id as "termsId", s.valid_from::text as "validFrom", s.valid_to::text as "validTo", s.accepted_by as "acceptedBy",
      t.tenant_id as "tenantId", t.slug, t.legal_name as "legalName", t.address_lines as "addressLines", t.country, t.vat_id as "vatId", t.email,
      t.number_prefix || '-R' || (
        select count(distinct o.contract_id) + 1 from settlement_terms o where o.tenant_id = s.tenant_id and o.contract_id <> s.contract_id
          and o.needs_child and (o.accepted_at, o.contract_id) < (
            select min(f.accepted_at), s.contract_id from settlement_terms f
            where f.tenant_id = s.tenant_id and f.contract_id = s.contract_id and f.needs_child)) as "numberPrefix",
      case when t.bank_iban is not null then json_build_object('holder', t.bank_holder, 'bankName', t.bank_name, 'iban', t.bank_iban,
        'bic', t.bank_bic, 'qrIban', t.bank_qr_iban) end as bank,
      coalesce((select json_agg(json_build_object('kind', g.kind, 'country', g.country, 'from', g.valid_from, 'to', g.valid_to))
        from tax_registrations g where g.tenant_id = t.tenant_id), '[]') as registrations,
      coalesce((select json_agg(json_build_object('country', r.country, 'kind', r.kind, 'percent', trim_scale(r.percent)::text,
        'from', r.valid_from, 'to', r.valid_to) order by r.created_at desc, r.id desc)
        from tax_rates r where r.tenant_id = t.tenant_id and r.withdrawn_at is null), '[]') as rates
    from settlement_terms s join tenants t on t.tenant_id = s.tenant_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.account_id = ${accountId}::uuid and s.state = 'agreed' and s.needs_child
    order by s.valid_from desc, s.id desc limit 100`
}

/** Keeps what the parent told. The number prefix of terms stays as it was first told. */
export async function keepIssuer(ctx: TenantContext, told: ToldIssuer): Promise<void> {
  const { termsId, validFrom, validTo, acceptedBy, tenantId: parentTenantId, slug, numberPrefix, ...facts } = told
  const { legalName, addressLines, country, vatId, email, bank, registrations, rates } = facts
  await ctx.db.$executeRaw`
    insert into document_issuers (tenant_id, id, terms_id, valid_from, valid_to, accepted_by, parent_tenant_id, slug, number_prefix, legal_name,
      address_lines, country, vat_id, email, bank, registrations, rates, created_at, changed_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${termsId}::uuid, ${validFrom}::date, ${validTo}::date, ${acceptedBy}, ${parentTenantId}::uuid,
      ${slug}, ${numberPrefix}, ${legalName}, ${addressLines}::text[], ${country}, ${vatId}, ${email}, ${bank && JSON.stringify(bank)}::jsonb,
      ${JSON.stringify(registrations)}::jsonb, ${JSON.stringify(rates)}::jsonb, ${ctx.now}, ${ctx.now})
    on conflict (tenant_id, terms_id) do update set valid_to = excluded.valid_to, legal_name = excluded.legal_name,
      address_lines = excluded.address_lines, country = excluded.country, vat_id = excluded.vat_id, email = excluded.email,
      bank = excluded.bank, registrations = excluded.registrations, rates = excluded.rates, changed_at = excluded.changed_at`
}
