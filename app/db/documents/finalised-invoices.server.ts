import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type {
  FinalisedInvoice,
  FinalisedLine,
  FinalisedTax,
  InvoiceBuyer,
  InvoiceLineKind,
  InvoiceSeller,
  LineSubject,
} from '#app/domain/invoice/finalised-invoice.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { type StoredSettlement, settlementOf } from './issue-settlements.server.ts'
import { openBuyer } from './issued-buyers.server.ts'

/** A stored document with its place in the hash chain. */
export type StoredInvoice = { readonly invoice: FinalisedInvoice; readonly contentHash: string; readonly previousHash: string | null }

type InvoiceRow = {
  id: string
  accountId: string
  contractId: string
  documentType: DocumentType
  number: string
  issueDate: LocalDate
  dueDate: LocalDate
  periodStart: LocalDate
  periodEnd: LocalDate
  language: string
  refersToNumber: string | null
  refersToIssueDate: LocalDate | null
  reason: string | null
  seller: InvoiceSeller
  buyer: InvoiceBuyer
  currency: string
  netMinor: bigint
  taxMinor: bigint
  totalMinor: bigint
  contentHash: string
  previousHash: string | null
  finalisedAt: Date
  settlements: readonly StoredSettlement[] | null
}

/** The whole document as it was finalised; undefined when the scope holds no such invoice. */
export async function readFinalisedInvoice(ctx: TenantContext, id: string): Promise<StoredInvoice | undefined> {
  const [row] = await ctx.db.$queryRaw<InvoiceRow[]>`
    select i.id, i.account_id as "accountId", i.contract_id as "contractId", i.document_type as "documentType", i.number,
      i.issue_date::text as "issueDate", i.due_date::text as "dueDate", i.period_start::text as "periodStart",
      i.period_end::text as "periodEnd", i.language, i.seller, i.buyer, i.currency, i.net_minor as "netMinor", i.tax_minor as "taxMinor",
      i.total_minor as "totalMinor", i.content_hash as "contentHash", i.previous_hash as "previousHash", i.finalised_at as "finalisedAt",
      r.number as "refersToNumber", r.issue_date::text as "refersToIssueDate", i.reason, i.settlements
    from invoices i left join invoices r on r.tenant_id = i.tenant_id and r.id = i.refers_to_id
    where i.tenant_id = ${ctx.tenantId}::uuid and i.id = ${id}::uuid`
  if (!row) return undefined
  const { currency, netMinor, taxMinor, totalMinor, contentHash, previousHash, refersToNumber, refersToIssueDate, settlements, ...facts } =
    row
  const invoice: FinalisedInvoice = {
    ...facts,
    buyer: await openBuyer(ctx, row),
    refersTo: refersToNumber && refersToIssueDate ? { number: refersToNumber, issueDate: refersToIssueDate } : null,
    lines: await readLines(ctx, id),
    taxes: await readTaxes(ctx, id),
    net: money(netMinor, currency),
    tax: money(taxMinor, currency),
    total: money(totalMinor, currency),
    ...(settlements ? { settlements: settlements.map((each) => settlementOf(each, currency)) } : {}),
  }
  return { invoice, contentHash, previousHash }
}

type LineRow = {
  id: string
  sectionAccountId: string
  kind: InvoiceLineKind
  subject: LineSubject
  quantity: string
  unit: string
  includedQuantity: string
  billedQuantity: string
  unitPrice: string
  currency: string
  netMinor: bigint
  taxCategory: string
  taxRate: string
  periodStart: Date
  periodEnd: Date
}

async function readLines(ctx: TenantContext, invoiceId: string): Promise<FinalisedLine[]> {
  const rows = await ctx.db.$queryRaw<LineRow[]>`
    select id, section_account_id as "sectionAccountId", kind, description as subject, quantity::text as quantity, unit,
      included_quantity::text as "includedQuantity", billed_quantity::text as "billedQuantity", unit_price::text as "unitPrice", currency,
      net_minor as "netMinor", tax_category as "taxCategory", tax_rate::text as "taxRate", period_start as "periodStart", period_end as "periodEnd"
    from invoice_lines where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid order by position`
  return rows.map(({ currency, netMinor, periodStart, periodEnd, ...row }) => ({
    ...row,
    quantity: new Decimal(row.quantity),
    includedQuantity: new Decimal(row.includedQuantity),
    billedQuantity: new Decimal(row.billedQuantity),
    unitPrice: new Decimal(row.unitPrice),
    net: money(netMinor, currency),
    taxRate: new Decimal(row.taxRate),
    period: { start: periodStart, end: periodEnd },
  }))
}

type TaxRow = { category: string; rate: string; currency: string; baseMinor: bigint; taxMinor: bigint; reason: string }

async function readTaxes(ctx: TenantContext, invoiceId: string): Promise<FinalisedTax[]> {
  const rows = await ctx.db.$queryRaw<TaxRow[]>`
    select category, rate::text as rate, currency, base_minor as "baseMinor", tax_minor as "taxMinor", reason
    from invoice_taxes where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid order by category, rate`
  return rows.map((row) => ({
    category: row.category,
    rate: new Decimal(row.rate),
    base: money(row.baseMinor, row.currency),
    tax: money(row.taxMinor, row.currency),
    reason: row.reason,
  }))
}
