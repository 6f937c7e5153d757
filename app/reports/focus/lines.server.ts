import type { TenantContext } from '#app/db/context.server.ts'
import type { FocusLine, FocusTax } from '#app/domain/focus/rows-of-document.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { type Names, nameIn } from './names.ts'

type LineRow = {
  invoiceId: string
  accountId: string
  sectionId: string
  kind: string
  section: string
  product: Names | null
  discount: Names | null
  text: string | null
  meter: string | null
  unit: string
  billedQuantity: string
  unitPrice: string
  netMinor: bigint
  currency: string
  taxRate: string
  periodStart: Date
  periodEnd: Date
}

export type LineOfDocument = { readonly invoiceId: string; readonly line: FocusLine }

/** The lines of some documents that no charge stands behind, in their order. `languages` names a language by document. */
export async function focusLines(ctx: TenantContext, languages: ReadonlyMap<string, string>): Promise<LineOfDocument[]> {
  const ids = [...languages.keys()]
  const rows = await ctx.db.$queryRaw<LineRow[]>`
    with charged as materialized (
      select distinct c.invoice_line_id as id from charges c
      where c.tenant_id = ${ctx.tenantId}::uuid and c.invoice_id = any (${ids}::uuid[]) and c.invoice_line_id is not null
    )
    select l.invoice_id as "invoiceId", l.account_id as "accountId", l.section_account_id as "sectionId", l.kind,
      l.description ->> 'section' as section, l.description -> 'product' as product, l.description -> 'discount' -> 'name' as discount,
      l.description ->> 'text' as text, l.description ->> 'meter' as meter, l.unit, l.billed_quantity::text as "billedQuantity",
      l.unit_price::text as "unitPrice", l.net_minor as "netMinor", l.currency, l.tax_rate::text as "taxRate",
      l.period_start as "periodStart", l.period_end as "periodEnd"
    from invoice_lines l left join charged c on c.id = l.id
    where l.tenant_id = ${ctx.tenantId}::uuid and l.invoice_id = any (${ids}::uuid[]) and c.id is null
    order by l.invoice_id, l.position`
  return rows.map((row) => ({ invoiceId: row.invoiceId, line: toLine(row, languages.get(row.invoiceId) ?? 'en') }))
}

function toLine(row: LineRow, language: string): FocusLine {
  const names = row.discount ?? null
  return {
    subAccount: row.sectionId === row.accountId ? null : { id: toPublicId('account', row.sectionId), name: row.section },
    productId: null,
    product: isNamed(row.product) ? nameIn(row.product, language) : null,
    text: names ? nameIn(names, language) : row.text,
    meter: row.meter,
    unit: row.unit,
    billedQuantity: new Decimal(row.billedQuantity),
    unitPrice: new Decimal(row.unitPrice),
    period: { start: row.periodStart, end: row.periodEnd },
    taxRate: new Decimal(row.taxRate),
    kind: row.kind,
    net: money(row.netMinor, row.currency),
  }
}

function isNamed(names: Names | null): names is Names {
  return names !== null && Object.keys(names).length > 0
}

type TaxRow = { invoiceId: string; category: string; rate: string; taxMinor: bigint; currency: string }
export type TaxOfDocument = { readonly invoiceId: string; readonly tax: FocusTax }

/** The taxes of some documents by category and rate. */
export async function focusTaxes(ctx: TenantContext, ids: readonly string[]): Promise<TaxOfDocument[]> {
  const rows = await ctx.db.$queryRaw<TaxRow[]>`
    select invoice_id as "invoiceId", category, rate::text as rate, tax_minor as "taxMinor", currency
    from invoice_taxes where tenant_id = ${ctx.tenantId}::uuid and invoice_id = any (${[...ids]}::uuid[])
    order by invoice_id, category, rate`
  return rows.map(({ invoiceId, category, rate, taxMinor, currency }) => ({
    invoiceId,
    tax: { category, rate: new Decimal(rate), tax: money(taxMinor, currency) },
  }))
}
