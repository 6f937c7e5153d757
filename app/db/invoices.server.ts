import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { InvoiceLineKind } from '#app/domain/invoice/finalised-invoice.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'

export type NewInvoice = {
  readonly id: string
  readonly accountId: string
  readonly contractId: string
  readonly billingRunId: string | null
  readonly documentType: DocumentType
  readonly series: string
  readonly year: number
  readonly sequence: number
  readonly number: string
  readonly issueDate: LocalDate
  readonly dueDate: LocalDate
  readonly periodStart: LocalDate
  readonly periodEnd: LocalDate
  readonly currency: string
  readonly netMinor: bigint
  readonly taxMinor: bigint
  readonly totalMinor: bigint
  readonly language: string
  /** The document that a credit or debit note changes. */
  readonly refersToId: string | null
  readonly reason: string | null
  readonly seller: object
  readonly buyer: object
  readonly contentHash: string
  readonly previousHash: string | null
}

export type NewInvoiceLine = {
  readonly id: string
  readonly sectionAccountId: string
  readonly kind: InvoiceLineKind
  readonly description: object
  readonly quantity: Decimal
  readonly unit: string
  readonly includedQuantity: Decimal
  readonly billedQuantity: Decimal
  readonly unitPrice: Decimal
  readonly netMinor: bigint
  readonly taxCategory: string
  readonly taxRate: Decimal
  readonly periodStart: Date
  readonly periodEnd: Date
  /** Of a credit note: the line of the invoice that it credits. */
  readonly creditsLineId?: string
}

export type NewInvoiceTax = {
  readonly category: string
  readonly rate: Decimal
  readonly baseMinor: bigint
  readonly taxMinor: bigint
  readonly reason: string
}

/** The invoice that a run made of a contract for the period that begins on `periodStart`; undefined while there is none that counts. */
export async function invoiceOfPeriod(ctx: TenantContext, contractId: string, periodStart: LocalDate): Promise<{ id: string } | undefined> {
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    select invoice_id as id from invoice_states where tenant_id = ${ctx.tenantId}::uuid and period_key = ${periodKey(contractId, periodStart)}`
  return row
}

/** One invoice of a contract and period counts; a void one gives its place free. */
function periodKey(contractId: string, periodStart: LocalDate): string {
  return `${contractId}:${periodStart}`
}

/** Documents that ask for a payment; the others are issued, and that is all. */
const payable: readonly DocumentType[] = ['invoice', 'debit-note']

function firstStatus({ documentType, totalMinor }: NewInvoice): 'issued' | 'open' | 'paid' {
  if (!payable.includes(documentType)) return 'issued'
  return totalMinor === 0n ? 'paid' : 'open'
}

/** Saves a finalised invoice with its lines, taxes and first state. Rows of it are never updated. */
export async function insertInvoice(
  ctx: TenantContext,
  invoice: NewInvoice,
  parts: { readonly lines: readonly NewInvoiceLine[]; readonly taxes: readonly NewInvoiceTax[] },
): Promise<void> {
  await ctx.db.$executeRaw`
    insert into invoices (tenant_id, id, account_id, contract_id, billing_run_id, document_type, series, year, sequence, number, issue_date,
      due_date, period_start, period_end, currency, net_minor, tax_minor, total_minor, language, refers_to_id, reason, line_count, seller, buyer,
      content_hash, previous_hash, finalised_at)
    values (${ctx.tenantId}::uuid, ${invoice.id}::uuid, ${invoice.accountId}::uuid, ${invoice.contractId}::uuid, ${invoice.billingRunId}::uuid,
      ${invoice.documentType}, ${invoice.series}, ${invoice.year}, ${invoice.sequence}, ${invoice.number}, ${invoice.issueDate}::date,
      ${invoice.dueDate}::date, ${invoice.periodStart}::date, ${invoice.periodEnd}::date, ${invoice.currency}, ${invoice.netMinor},
      ${invoice.taxMinor}, ${invoice.totalMinor}, ${invoice.language}, ${invoice.refersToId}::uuid, ${invoice.reason}, ${parts.lines.length},
      ${JSON.stringify(invoice.seller)}::jsonb,
      ${JSON.stringify(invoice.buyer)}::jsonb, ${invoice.contentHash}, ${invoice.previousHash}, ${ctx.now})`
  await insertLines(ctx, invoice, parts.lines)
  await insertTaxes(ctx, invoice, parts.taxes)
  await ctx.db.$executeRaw`
    insert into invoice_states (tenant_id, invoice_id, account_id, status, total_minor, paid_minor, changed_at, period_key)
    values (${ctx.tenantId}::uuid, ${invoice.id}::uuid, ${invoice.accountId}::uuid, ${firstStatus(invoice)}, ${invoice.totalMinor}, 0, ${ctx.now},
      ${invoice.billingRunId === null ? null : periodKey(invoice.contractId, invoice.periodStart)})`
}

async function insertLines(ctx: TenantContext, invoice: NewInvoice, lines: readonly NewInvoiceLine[]): Promise<void> {
  const column = <T>(pick: (line: NewInvoiceLine) => T) => lines.map(pick)
  await ctx.db.$executeRaw`
    insert into invoice_lines (tenant_id, invoice_id, account_id, currency, position, id, section_account_id, kind, description, quantity, unit,
      included_quantity, billed_quantity, unit_price, net_minor, tax_category, tax_rate, period_start, period_end,
      credits_line_id)
    select ${ctx.tenantId}::uuid, ${invoice.id}::uuid, ${invoice.accountId}::uuid, ${invoice.currency}, l.position, l.id,
      l.section_account_id, l.kind, l.description::jsonb, l.quantity, l.unit, l.included_quantity, l.billed_quantity, l.unit_price,
      l.net_minor, l.tax_category, l.tax_rate, l.period_start, l.period_end, l.credits_line_id
    from unnest(${column((l) => l.id)}::uuid[], ${column((l) => l.sectionAccountId)}::uuid[], ${column((l) => l.kind)}::text[],
      ${column((l) => JSON.stringify(l.description))}::text[], ${column((l) => l.quantity.toFixed(12))}::numeric[],
      ${column((l) => l.unit)}::text[], ${column((l) => l.includedQuantity.toFixed(12))}::numeric[],
      ${column((l) => l.billedQuantity.toFixed(12))}::numeric[], ${column((l) => l.unitPrice.toFixed(12))}::numeric[],
      ${column((l) => l.netMinor.toString())}::bigint[], ${column((l) => l.taxCategory)}::text[],
      ${column((l) => l.taxRate.toFixed(12))}::numeric[], ${column((l) => l.periodStart.toISOString())}::timestamptz[],
      ${column((l) => l.periodEnd.toISOString())}::timestamptz[], ${column((l) => l.creditsLineId ?? null)}::uuid[]
    ) with ordinality as l (id, section_account_id, kind, description, quantity, unit, included_quantity, billed_quantity, unit_price, net_minor,
      tax_category, tax_rate, period_start, period_end, credits_line_id, position)`
}

async function insertTaxes(ctx: TenantContext, invoice: NewInvoice, taxes: readonly NewInvoiceTax[]): Promise<void> {
  const column = <T>(pick: (tax: NewInvoiceTax) => T) => taxes.map(pick)
  await ctx.db.$executeRaw`
    insert into invoice_taxes (tenant_id, invoice_id, account_id, currency, id, category, rate, base_minor, tax_minor, reason)
    select ${ctx.tenantId}::uuid, ${invoice.id}::uuid, ${invoice.accountId}::uuid, ${invoice.currency}, t.*
    from unnest(${taxes.map(() => newId())}::uuid[], ${column((t) => t.category)}::text[], ${column((t) => t.rate.toFixed(12))}::numeric[],
      ${column((t) => t.baseMinor.toString())}::bigint[], ${column((t) => t.taxMinor.toString())}::bigint[], ${column((t) => t.reason)}::text[]
    ) as t`
}
