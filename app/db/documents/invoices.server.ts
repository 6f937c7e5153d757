import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { InvoiceBuyer, InvoiceLineKind } from '#app/domain/invoice/finalised-invoice.ts'
import type { IssueSettlement } from '#app/domain/invoice/issue-settlement.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { noteDepartmentDebts } from '../credit/department-debts.server.ts'
import { newId } from '../ids.server.ts'
import { presentDocumentKey } from '../sealing/document-keys.server.ts'
import { sqlArray } from '../sql-array.server.ts'
import { storedSettlements } from './issue-settlements.server.ts'
import { sealBuyer } from './issued-buyers.server.ts'
import type { SeriesIssuer } from './number-series.server.ts'

export type NewInvoice = {
  readonly id: string
  readonly accountId: string
  readonly contractId: string
  readonly billingRunId: string | null
  readonly documentType: DocumentType
  readonly issuer: SeriesIssuer
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
  readonly buyer: InvoiceBuyer
  readonly contentHash: string
  readonly previousHash: string | null
  readonly settlements?: readonly IssueSettlement[]
  readonly lineCount: number
}

/** What a document says beneath its head. */
export type NewInvoiceParts = {
  readonly id: string
  readonly accountId: string
  readonly currency: string
  /** As shown, in their order. */
  readonly lines: readonly NewInvoiceLine[]
  readonly taxes: readonly NewInvoiceTax[]
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
  readonly creditsLineId?: string | null
}

export type NewInvoiceTax = {
  readonly category: string
  readonly rate: Decimal
  readonly baseMinor: bigint
  readonly taxMinor: bigint
  readonly reason: string
}

/** Of contracts and the days their periods begin on: the invoices that runs made of them already, those that count. */
export async function invoicesOfPeriods(
  ctx: TenantContext,
  periods: readonly { readonly contractId: string; readonly periodStart: LocalDate }[],
): Promise<{ id: string; contractId: string }[]> {
  const keys = periods.map(({ contractId, periodStart }) => periodKey(contractId, periodStart))
  return ctx.db.$queryRaw<{ id: string; contractId: string }[]>`
    select invoice_id as id, split_part(period_key, ':', 1) as "contractId" from invoice_states
    where tenant_id = ${ctx.tenantId}::uuid and period_key = any (${keys}::text[]) order by period_key`
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

/**
 * Saves the lines and taxes of documents whose heads come later in the same transaction: until then whatever names the documents waits with
 * its foreign key.
 */
export async function insertInvoiceParts(ctx: TenantContext, documents: readonly NewInvoiceParts[]): Promise<void> {
  await ctx.db.$executeRaw`
    set constraints charges_tenant_id_invoice_id_fkey, invoice_lines_tenant_id_invoice_id_fkey, invoice_taxes_tenant_id_invoice_id_fkey,
      discount_uses_tenant_id_invoice_id_fkey, settlement_items_tenant_id_invoice_id_fkey deferred`
  await insertLines(ctx, documents)
  await insertTaxes(ctx, documents)
}

/** Saves finalised documents, whose parts are there, with their first states. Rows of them are never updated: their addresses are sealed by a key of the tenant's. */
export async function insertInvoices(ctx: TenantContext, invoices: readonly NewInvoice[]): Promise<void> {
  const key = await presentDocumentKey(ctx)
  const text = (pick: (invoice: NewInvoice) => string | null) => sqlArray(invoices, pick)
  await ctx.db.$executeRaw`
    insert into invoices (tenant_id, finalised_at, id, account_id, contract_id, billing_run_id, document_type, issuer, series, year, sequence, number,
      issue_date, due_date, period_start, period_end, currency, net_minor, tax_minor, total_minor, language, refers_to_id, reason, line_count,
      seller, buyer, content_hash, previous_hash, settlements)
    select ${ctx.tenantId}::uuid, ${ctx.now}, i.*
    from unnest(${text((i) => i.id)}::uuid[], ${text((i) => i.accountId)}::uuid[], ${text((i) => i.contractId)}::uuid[],
      ${text((i) => i.billingRunId)}::uuid[], ${text((i) => i.documentType)}::text[], ${text((i) => i.issuer)}::text[],
      ${text((i) => i.series)}::text[], ${text((i) => String(i.year))}::int[], ${text((i) => String(i.sequence))}::int[], ${text((i) => i.number)}::text[],
      ${text((i) => i.issueDate)}::date[], ${text((i) => i.dueDate)}::date[], ${text((i) => i.periodStart)}::date[],
      ${text((i) => i.periodEnd)}::date[], ${text((i) => i.currency)}::text[], ${text((i) => i.netMinor.toString())}::bigint[],
      ${text((i) => i.taxMinor.toString())}::bigint[], ${text((i) => i.totalMinor.toString())}::bigint[], ${text((i) => i.language)}::text[],
      ${text((i) => i.refersToId)}::uuid[], ${text((i) => i.reason)}::text[], ${text((i) => String(i.lineCount))}::int[],
      ${text((i) => JSON.stringify(i.seller))}::jsonb[], ${text((i) => JSON.stringify(sealBuyer(ctx, key, i)))}::jsonb[],
      ${text((i) => i.contentHash)}::text[], ${text((i) => i.previousHash)}::text[],
      ${text((i) => storedSettlements(i.settlements))}::jsonb[]) as i`
  await ctx.db.$executeRaw`
    insert into invoice_states (tenant_id, paid_minor, changed_at, invoice_id, account_id, status, total_minor, period_key)
    select ${ctx.tenantId}::uuid, 0, ${ctx.now}, s.*
    from unnest(${text((i) => i.id)}::uuid[], ${text((i) => i.accountId)}::uuid[], ${text(firstStatus)}::text[],
      ${text((i) => i.totalMinor.toString())}::bigint[],
      ${text((i) => (i.billingRunId === null ? null : periodKey(i.contractId, i.periodStart)))}::text[]) as s`
  await noteDepartmentDebts(ctx, [...new Set(invoices.map(({ contractId }) => contractId))])
}

/** A part of a document, with what its row keeps of the whole. */
type Part<T> = { readonly own: T; readonly document: NewInvoiceParts; readonly position: number }

function partsOf<T>(documents: readonly NewInvoiceParts[], pick: (document: NewInvoiceParts) => readonly T[]): Part<T>[] {
  return documents.flatMap((document) => pick(document).map((own, place) => ({ own, document, position: place + 1 })))
}

async function insertLines(ctx: TenantContext, documents: readonly NewInvoiceParts[]): Promise<void> {
  const lines = partsOf(documents, (document) => document.lines)
  const text = (pick: (line: Part<NewInvoiceLine>) => string | null) => sqlArray(lines, pick)
  await ctx.db.$executeRaw`
    insert into invoice_lines (tenant_id, invoice_id, account_id, currency, position, id, section_account_id, kind, description, quantity, unit,
      included_quantity, billed_quantity, unit_price, net_minor, tax_category, tax_rate, period_start, period_end, credits_line_id)
    select ${ctx.tenantId}::uuid, l.*
    from unnest(${text((l) => l.document.id)}::uuid[], ${text((l) => l.document.accountId)}::uuid[], ${text((l) => l.document.currency)}::text[],
      ${text((l) => String(l.position))}::int[], ${text((l) => l.own.id)}::uuid[], ${text((l) => l.own.sectionAccountId)}::uuid[],
      ${text((l) => l.own.kind)}::text[], ${text((l) => JSON.stringify(l.own.description))}::jsonb[],
      ${text((l) => l.own.quantity.toFixed())}::numeric[], ${text((l) => l.own.unit)}::text[],
      ${text((l) => l.own.includedQuantity.toFixed())}::numeric[], ${text((l) => l.own.billedQuantity.toFixed())}::numeric[],
      ${text((l) => l.own.unitPrice.toFixed())}::numeric[], ${text((l) => l.own.netMinor.toString())}::bigint[],
      ${text((l) => l.own.taxCategory)}::text[], ${text((l) => l.own.taxRate.toFixed())}::numeric[],
      ${text((l) => l.own.periodStart.toISOString())}::timestamptz[], ${text((l) => l.own.periodEnd.toISOString())}::timestamptz[],
      ${text((l) => l.own.creditsLineId ?? null)}::uuid[]) as l`
}

async function insertTaxes(ctx: TenantContext, documents: readonly NewInvoiceParts[]): Promise<void> {
  const taxes = partsOf(documents, (document) => document.taxes)
  const text = (pick: (tax: Part<NewInvoiceTax>) => string | null) => sqlArray(taxes, pick)
  await ctx.db.$executeRaw`
    insert into invoice_taxes (tenant_id, invoice_id, account_id, currency, id, category, rate, base_minor, tax_minor, reason)
    select ${ctx.tenantId}::uuid, t.*
    from unnest(${text((t) => t.document.id)}::uuid[], ${text((t) => t.document.accountId)}::uuid[], ${text((t) => t.document.currency)}::text[],
      ${text(() => newId())}::uuid[], ${text((t) => t.own.category)}::text[], ${text((t) => t.own.rate.toFixed())}::numeric[],
      ${text((t) => t.own.baseMinor.toString())}::bigint[], ${text((t) => t.own.taxMinor.toString())}::bigint[], ${text((t) => t.own.reason)}::text[]) as t`
}
