import type { TenantContext } from '#app/db/context.server.ts'
import type { FocusCharge } from '#app/domain/focus/rows-of-document.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { type Names, nameIn } from './names.ts'

/** Where a page of charges ends. */
export type ChargePlace = { readonly invoiceId: string; readonly id: string }
export type ChargeOfDocument = { readonly invoiceId: string; readonly charge: FocusCharge }
export type ChargePage = { readonly charges: readonly ChargeOfDocument[]; readonly last: ChargePlace | null }

type Row = Omit<
  FocusCharge,
  'subAccount' | 'quantity' | 'billedQuantity' | 'unitPrice' | 'amount' | 'taxRate' | 'period' | 'resource' | 'matched' | 'product'
> & {
  id: string
  invoiceId: string
  accountId: string
  payerId: string
  accountName: string | null
  product: Names | null
  quantity: string
  billedQuantity: string
  unitPrice: string
  amount: string
  taxRate: string | null
  periodStart: Date
  periodEnd: Date
  resourceId: string | null
  resourceRef: string | null
  resourceType: string | null
  matched: Record<string, string> | null
}

const pageSize = 2_000

/**
 * The next charges of some documents, at most 2,000, in order of document and id. One corrects when an earlier document showed the same
 * usage, or charged the same fee. `languages` names a language by document.
 */
export async function focusCharges(
  ctx: TenantContext,
  languages: ReadonlyMap<string, string>,
  after: ChargePlace | null,
): Promise<ChargePage> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    with page as materialized (
      select c.* from charges c
      where c.tenant_id = ${ctx.tenantId}::uuid and c.invoice_id = any (${[...languages.keys()]}::uuid[])
        and (${after?.invoiceId ?? null}::uuid is null
          or (c.invoice_id, c.id) > (${after?.invoiceId ?? null}::uuid, ${after?.id ?? null}::uuid))
      order by c.invoice_id, c.id limit ${pageSize}
    )
    select c.id, c.invoice_id as "invoiceId", c.account_id as "accountId", c.payer_account_id as "payerId", a.name as "accountName",
      c.product_id as "productId", coalesce(l.description -> 'product', p.name) as product, c.meter, c.unit,
      c.quantity::text as quantity, c.billed_quantity::text as "billedQuantity", c.unit_price::text as "unitPrice", c.amount::text as amount,
      c.currency, l.tax_rate::text as "taxRate", c.period_start as "periodStart", c.period_end as "periodEnd",
      c.category, c.frequency, c.fee_kind as "feeKind", c.price_rule_id as "priceRuleId", c.reason -> 'matched' as matched,
      case when c.fee_kind = 'usage' then coalesce(l.kind = 'correction', false)
        else c.class = 'Correction' and exists (
          select 1 from charges e
          where e.tenant_id = c.tenant_id and e.contract_id = c.contract_id and e.billing_period = c.billing_period
            and e.invoice_id < c.invoice_id and split_part(e.source_key, '~', 1) = split_part(c.source_key, '~', 1)) end as "isCorrection",
      c.resource_id as "resourceId", u.resource_ref as "resourceRef", c.resource_name as "resourceName", r.kind as "resourceType",
      coalesce(c.reason -> 'matched' ->> 'zone', r.zone) as zone
    from page c
    left join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
    left join invoice_lines l on l.tenant_id = c.tenant_id and l.id = c.invoice_line_id
    left join products p on p.tenant_id = c.tenant_id and p.id = c.product_id
    left join resources r on r.tenant_id = c.tenant_id and r.id = c.resource_id
    left join usage_records u on u.tenant_id = c.tenant_id and u.id = c.usage_record_id
    order by c.invoice_id, c.id`
  const last = rows.at(-1)
  return {
    charges: rows.map((row) => ({ invoiceId: row.invoiceId, charge: toCharge(row, languages.get(row.invoiceId) ?? 'en') })),
    last: last && rows.length === pageSize ? { invoiceId: last.invoiceId, id: last.id } : null,
  }
}

function toCharge(row: Row, language: string): FocusCharge {
  const resourceId = row.resourceId ? toPublicId('resource', row.resourceId) : row.resourceRef
  return {
    subAccount: row.accountId === row.payerId ? null : { id: toPublicId('account', row.accountId), name: row.accountName ?? '' },
    productId: row.productId,
    product: row.product && nameIn(row.product, language),
    meter: row.meter,
    unit: row.unit,
    billedQuantity: new Decimal(row.billedQuantity),
    unitPrice: new Decimal(row.unitPrice),
    period: { start: row.periodStart, end: row.periodEnd },
    taxRate: row.taxRate === null ? null : new Decimal(row.taxRate),
    category: row.category,
    frequency: row.frequency,
    feeKind: row.feeKind,
    quantity: new Decimal(row.quantity),
    amount: new Decimal(row.amount),
    currency: row.currency,
    priceRuleId: row.priceRuleId,
    matched: row.matched ?? {},
    isCorrection: row.isCorrection,
    resource: resourceId ? { id: resourceId, name: row.resourceName, type: row.resourceType } : null,
    resourceName: row.resourceName,
    zone: row.zone,
  }
}
