import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type BuyerTaxFacts, determineTax, type SellerTaxFacts, type TaxTreatment } from '#app/domain/tax/determine-tax.ts'
import { type ProductTreatments, productTreatments, type TaxKinds } from '#app/domain/tax/product-taxes.ts'
import type { TaxBehaviour } from '#app/domain/tax/tax-lines.ts'
import type { RateKind, TaxRate } from '#app/domain/tax/tax-rate.ts'
import type { TaxExemption, TaxRegistration } from '#app/domain/tax/tax-status.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { openAddress } from '../sealing/sealed-fields.server.ts'

/** Everything the tax of a contract is determined by, as it stands; whether its prices include tax is its price book's. */
export type ContractTax = {
  readonly behaviour: TaxBehaviour
  readonly seller: SellerTaxFacts
  readonly buyer: BuyerTaxFacts
  /** Products of the seller that another rate than the standard one applies to. */
  readonly kinds: TaxKinds
}

type SellerRow = {
  readonly sellerCountry: string
  readonly sellerAddress: string[] | null
  readonly isRegistered: boolean
  readonly registrations: TaxRegistration[] | null
  readonly rates: TaxRate[] | null
  readonly kinds: Record<string, RateKind> | null
}

type ContractTaxRow = {
  readonly id: string
  readonly accountId: string
  readonly behaviour: TaxBehaviour
  readonly country: string
  readonly addressLines: string[] | null
  readonly isBusiness: boolean
  readonly hasValidVatId: boolean
  readonly exemptions: TaxExemption[] | null
}

/** The parent, on days that it issues the tenant's documents: its tax profile counts. `t` is tenants. */
const issuerJoin = ({ now }: TenantContext) => Prisma.sql`left join document_issuers o on o.tenant_id = t.tenant_id
  and o.valid_from <= (${now} at time zone t.time_zone)::date and (o.valid_to is null or o.valid_to > (${now} at time zone t.time_zone)::date)`

/** The seller's side; `t` is tenants, `o` the issuer. Of rates that were entered for one day the last one comes first. */
const sellerColumns = Prisma.sql`coalesce(o.country, t.country) as "sellerCountry", coalesce(o.address_lines, t.address_lines) as "sellerAddress",
  case when o.id is null then t.vat_id else o.vat_id end is not null as "isRegistered",
  case when o.id is not null then o.registrations::json else (select json_agg(json_build_object('kind', g.kind, 'country', g.country, 'from', g.valid_from, 'to', g.valid_to))
   from tax_registrations g where g.tenant_id = t.tenant_id) end as registrations,
  case when o.id is not null then o.rates::json else (select json_agg(json_build_object('country', r.country, 'kind', r.kind, 'percent', trim_scale(r.percent)::text, 'from', r.valid_from,
     'to', r.valid_to) order by r.created_at desc, r.id desc)
   from tax_rates r where r.tenant_id = t.tenant_id and r.withdrawn_at is null) end as rates,
  (select json_object_agg(p.id, p.tax_kind) from products p where p.tenant_id = t.tenant_id and p.tax_kind <> 'standard') as kinds`

/** How contracts are taxed, by contract. The seller's side is read once and is the same for all of them. */
export async function readContractTax(ctx: TenantContext, contractIds: readonly string[]): Promise<ReadonlyMap<string, ContractTax>> {
  const rows = await ctx.db.$queryRaw<ContractTaxRow[]>`
    select c.id, a.id as "accountId", b.tax_behaviour as behaviour, a.country, a.address_lines as "addressLines", a.kind <> 'personal' as "isBusiness",
      a.vat_id_status = 'valid' as "hasValidVatId",
      (select json_agg(json_build_object('country', x.country, 'from', x.valid_from, 'to', x.valid_to))
       from tax_exemptions x where x.tenant_id = a.tenant_id and x.account_id = a.id and x.withdrawn_at is null) as exemptions
    from contracts c
    join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
    join price_books b on b.tenant_id = c.tenant_id and b.id = c.price_book_id
    where c.tenant_id = ${ctx.tenantId}::uuid and c.id = any (${contractIds}::uuid[])`
  const [own] = await ctx.db.$queryRaw<SellerRow[]>`
    select ${sellerColumns} from tenants t ${issuerJoin(ctx)} where t.tenant_id = ${ctx.tenantId}::uuid`
  invariant(own, `tenant ${ctx.tenantId} is not there`)
  const [seller, kinds] = [toSeller(own), toKinds(own)]
  return new Map(rows.map((row) => [row.id, { behaviour: row.behaviour, seller, buyer: toBuyer(ctx, row), kinds }]))
}

function toBuyer(
  ctx: TenantContext,
  { accountId, country, addressLines, isBusiness, hasValidVatId, exemptions }: ContractTaxRow,
): BuyerTaxFacts {
  return { country, addressLines: openAddress(ctx, accountId, addressLines), isBusiness, hasValidVatId, exemptions: exemptions ?? [] }
}

function toKinds({ kinds }: SellerRow): TaxKinds {
  return new Map(Object.entries(kinds ?? {}))
}

function toSeller({ sellerCountry, sellerAddress, isRegistered, registrations, rates }: SellerRow): SellerTaxFacts {
  return { country: sellerCountry, addressLines: sellerAddress ?? [], isRegistered, registrations: registrations ?? [], rates: rates ?? [] }
}

/** `treatments` are those of products that another rate than the standard one applies to. */
export type VisitorTax = { readonly treatment: TaxTreatment; readonly treatments: ProductTreatments; readonly behaviour: TaxBehaviour }

/** Who a visitor says to be. */
export type StatedBuyer = Pick<BuyerTaxFacts, 'country' | 'isBusiness' | 'hasValidVatId'>

/** What a visitor of the store is shown by a public price book: the tax of a private buyer who lives where the seller does, today; else that of who it says to be. */
export async function readVisitorTax(
  ctx: TenantContext,
  priceBookId: string,
  stated?: StatedBuyer,
): Promise<Result<VisitorTax, 'no-tax-rate'>> {
  const [row] = await ctx.db.$queryRaw<
    (SellerRow & { readonly zone: string; readonly home: string; readonly homeAddress: string[]; readonly behaviour: TaxBehaviour })[]
  >`
    select ${sellerColumns}, t.time_zone as zone, t.country as home, t.address_lines as "homeAddress", b.tax_behaviour as behaviour
    from price_books b join tenants t on t.tenant_id = b.tenant_id
    ${issuerJoin(ctx)}
    where b.tenant_id = ${ctx.tenantId}::uuid and b.id = ${priceBookId}::uuid`
  if (!row) return err('no-tax-rate')
  const atHome = { country: row.home, addressLines: row.homeAddress, isBusiness: false, hasValidVatId: false }
  const buyer = stated ? { ...stated, addressLines: [] } : atHome
  const supply = { seller: toSeller(row), buyer, on: localDateOf(ctx.now, row.zone) }
  const treatment = determineTax(supply)
  if (!treatment.ok) return treatment
  return ok({ treatment: treatment.value, treatments: productTreatments(supply, toKinds(row)), behaviour: row.behaviour })
}
