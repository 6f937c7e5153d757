import { type SaleUnit, saleOf } from '#app/domain/catalog/service-sale.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { CycleUnit } from '#app/domain/time/invoice-cycle.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { openAddress } from '../sealing/sealed-fields.server.ts'
import { type ContractTax, readContractTax } from './tax-facts.server.ts'

/** A contract with its payer, as an invoice needs it. */
export type BillableContract = {
  readonly id: string
  readonly accountId: string
  readonly priceBookId: string
  readonly currency: string
  readonly paymentDays: number
  readonly billingAnchor: 'calendar' | 'anniversary'
  readonly billingDay: number
  /** How often it is invoiced: every `cycleCount` units, from `cycleDay` of a month on; by the calendar without one. */
  readonly cycleUnit: CycleUnit
  readonly cycleCount: number
  readonly cycleDay: number | null
  readonly startsOn: LocalDate
  /** The end of the last period that a run invoiced; null when none was. */
  readonly invoicedThrough: LocalDate | null
  readonly feesInAdvance: boolean
  readonly buyer: BuyerFacts
  readonly tax: ContractTax
}

export type BuyerFacts = {
  readonly accountId: string
  readonly kind: 'personal' | 'business' | 'enterprise'
  readonly name: string
  readonly email: string
  readonly language: string
  readonly country: string
  readonly addressLines: readonly string[]
  readonly vatId: string | null
  readonly vatIdStatus: 'none' | 'valid' | 'invalid' | 'pending'
}

type ContractRow = Omit<BillableContract, 'buyer' | 'tax'> & Omit<BuyerFacts, 'accountId'>

export type ContractPage = {
  readonly before: LocalDate
  readonly afterId: string | null
  readonly limit: number
  /** Only contracts that may fall due within a calendar month. */
  readonly hasOwnCycle?: boolean
}

/** Ids of contracts that began before `before`, in order, after `afterId`, at most `limit`. */
export async function contractIds(ctx: TenantContext, page: ContractPage): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select c.id from contracts c
    where c.tenant_id = ${ctx.tenantId}::uuid and c.starts_on < ${page.before}::date
      and (${page.afterId}::uuid is null or c.id > ${page.afterId}::uuid)
      and (not ${page.hasOwnCycle ?? false}::boolean or c.cycle_day is not null or c.cycle_unit in ('day', 'week'))
    order by c.id limit ${page.limit}`
  return rows.map((row) => row.id)
}

/** The contracts of such a page. */
export async function billableContracts(ctx: TenantContext, page: ContractPage): Promise<BillableContract[]> {
  return contractsById(ctx, await contractIds(ctx, page))
}

/** The contracts named by `ids`, in order of id. */
export async function contractsById(ctx: TenantContext, ids: readonly string[]): Promise<BillableContract[]> {
  const rows = await ctx.db.$queryRaw<ContractRow[]>`
    select c.id, c.account_id as "accountId", c.price_book_id as "priceBookId", c.currency, coalesce((select (n.settings #>> '{creditTerms,dueDays}')::int from settlement_terms n
        where n.tenant_id = c.tenant_id and n.contract_id = c.id and n.state = 'agreed' and n.valid_from <= ${ctx.now}::date
          and (n.valid_to is null or n.valid_to > ${ctx.now}::date)), c.payment_days) as "paymentDays",
      c.billing_anchor as "billingAnchor", c.billing_day as "billingDay", c.cycle_unit as "cycleUnit", c.cycle_count as "cycleCount",
      c.cycle_day as "cycleDay",
      c.starts_on::text as "startsOn", c.fees_in_advance as "feesInAdvance", a.kind, a.name, a.email,
      a.language, a.country, a.address_lines as "addressLines", a.vat_id as "vatId", a.vat_id_status as "vatIdStatus",
      (select max(i.period_end)::text from invoices i
         join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
       where i.tenant_id = c.tenant_id and i.contract_id = c.id and i.billing_run_id is not null and i.document_type = 'invoice'
         and s.status <> 'void') as "invoicedThrough"
    from contracts c join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
    where c.tenant_id = ${ctx.tenantId}::uuid and c.id = any (${ids}::uuid[])
    order by c.id`
  const taxes = await readContractTax(ctx, ids)
  return rows.map((row) => toContract(ctx, row, taxes.get(row.id)))
}

/** Holds contracts until the transaction ends: what is rated under them meanwhile waits, and is not half on an invoice. */
export async function lockContracts(ctx: TenantContext, ids: readonly string[]): Promise<void> {
  await ctx.db.$executeRaw`
    select c.id from contracts c where c.tenant_id = ${ctx.tenantId}::uuid and c.id = any (${ids}::uuid[]) order by c.id for no key update`
}

function toContract(ctx: TenantContext, row: ContractRow, tax: ContractTax | undefined): BillableContract {
  invariant(tax, `contract ${row.id} has no price book`)
  const { kind, name, email, language, country, addressLines: stored, vatId, vatIdStatus, ...contract } = row
  const addressLines = openAddress(ctx, row.accountId, stored)
  const buyer = { accountId: row.accountId, kind, name, email, language, country, addressLines, vatId, vatIdStatus }
  return { ...contract, buyer, tax }
}

/** A subscription whose fees may be due, or were charged beyond its end. */
export type BillableSubscription = {
  readonly id: string
  readonly contractId: string
  readonly accountId: string
  readonly productId: string
  readonly name: string
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly trialEndsAt: Date | null
  /** When the buyer ended it before its term was over. */
  readonly cancelledAt: Date | null
  readonly billingAnchor: 'calendar' | 'anniversary' | null
  readonly proration: string | null
  readonly creditAt: string | null
  readonly hasSetupOnChange: boolean | null
}

/**
 * Subscriptions of `contractIds` that ran at some time between `from` and `to`, and those with fees charged for a time after
 * their end. One that never ran is not among them.
 */
export async function billableSubscriptions(
  ctx: TenantContext,
  contractIds: readonly string[],
  span: { from: Date; to: Date },
): Promise<BillableSubscription[]> {
  return ctx.db.$queryRaw<BillableSubscription[]>`
    with overcharged as (
      select distinct c.subscription_id as id from charges c
      where c.tenant_id = ${ctx.tenantId}::uuid and c.contract_id = any (${contractIds}::uuid[]) and c.fee_kind <> 'usage'
        and c.period_end > ${span.from} and c.subscription_id is not null
    )
    select s.id, s.contract_id as "contractId", s.account_id as "accountId", s.product_id as "productId", s.name, s.started_at as "startsAt",
      s.ended_at as "endsAt", s.trial_ends_at as "trialEndsAt", s.billing_anchor as "billingAnchor", p.spec ->> 'proration' as proration,
      p.spec ->> 'creditAt' as "creditAt", (p.spec ->> 'hasSetupOnChange')::boolean as "hasSetupOnChange",
      (select min(n.effective_at) from subscription_changes n where n.tenant_id = s.tenant_id and n.subscription_id = s.id
         and n.kind = 'cancel' and n.state = 'applied') as "cancelledAt"
    from subscriptions s join products p on p.tenant_id = s.tenant_id and p.id = s.product_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.contract_id = any (${contractIds}::uuid[]) and s.state in ('active', 'paused', 'ended')
      and s.started_at <= ${span.to} and (s.ended_at is null or s.ended_at > s.started_at)
      and (s.ended_at is null or s.ended_at > ${span.from}::timestamptz or s.id in (select id from overcharged))
    order by s.contract_id, s.id`
}

/** Names by language tag, e.g. `{ en: "Web 1", de: "Web 1" }`. */
export type Names = Readonly<Record<string, string>>

/** Names of the products of `ids`. */
export async function productNames(ctx: TenantContext, ids: readonly string[]): Promise<ReadonlyMap<string, Names>> {
  const rows = await ctx.db.$queryRaw<{ id: string; name: Names }[]>`
    select id, name from products where tenant_id = ${ctx.tenantId}::uuid and id = any (${ids}::uuid[])`
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Which of `ids` are services that are ordered by themselves, and what they are counted in. */
export async function soldServices(ctx: TenantContext, ids: readonly string[]): Promise<ReadonlyMap<string, SaleUnit>> {
  const rows = await ctx.db.$queryRaw<{ id: string; kind: string; spec: unknown }[]>`
    select id, kind, spec from products where tenant_id = ${ctx.tenantId}::uuid and id = any (${ids}::uuid[]) and kind = 'service'`
  return new Map(
    rows.flatMap((row) => {
      const sale = saleOf(row)
      return sale ? [[row.id, sale.unit] as const] : []
    }),
  )
}

/** Names of the accounts of `ids`. */
export async function accountNames(ctx: TenantContext, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.db.$queryRaw<{ id: string; name: string }[]>`
    select id, name from accounts where tenant_id = ${ctx.tenantId}::uuid and id = any (${ids}::uuid[])`
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Names of the subscriptions of `ids`. */
export async function subscriptionNames(ctx: TenantContext, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.db.$queryRaw<{ id: string; name: string }[]>`
    select id, name from subscriptions where tenant_id = ${ctx.tenantId}::uuid and id = any (${ids}::uuid[])`
  return new Map(rows.map((row) => [row.id, row.name]))
}
