import type { FinalisedInvoice, FinalisedLine } from '#app/domain/invoice/finalised-invoice.ts'
import type { ShowbackFacts } from '#app/domain/invoice/showbacks.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/**
 * Writes what the users of a document used, before the document itself: each line names the line that the document must have, and
 * the database refuses the transaction when one is left out or has another amount.
 */
export async function insertShowbacks(
  ctx: TenantContext,
  document: Pick<FinalisedInvoice, 'id' | 'accountId' | 'documentType' | 'issueDate' | 'periodStart' | 'periodEnd' | 'total'>,
  showbacks: readonly ShowbackFacts[],
): Promise<void> {
  if (showbacks.length === 0) return
  const placed = showbacks.map((showback) => ({ ...showback, id: newId() }))
  await ctx.db.$executeRaw`
    insert into showbacks (tenant_id, payer_account_id, invoice_id, document_type, issue_date, period_start, period_end, currency, created_at,
      id, account_id, name, net_minor, tax_minor)
    select ${ctx.tenantId}::uuid, ${document.accountId}::uuid, ${document.id}::uuid, ${document.documentType}, ${document.issueDate}::date,
      ${document.periodStart}::date, ${document.periodEnd}::date, ${document.total.currency}, ${ctx.now}, s.*
    from unnest(${sqlArray(placed, (each) => each.id)}::uuid[], ${sqlArray(placed, (each) => each.accountId)}::uuid[],
      ${sqlArray(placed, (each) => each.name)}::text[], ${sqlArray(placed, (each) => each.net.minor.toString())}::bigint[],
      ${sqlArray(placed, (each) => each.tax.minor.toString())}::bigint[]) as s`
  for (const { id, accountId, lines } of placed) await insertLines(ctx, { id, accountId, currency: document.total.currency }, lines)
}

async function insertLines(
  ctx: TenantContext,
  showback: { readonly id: string; readonly accountId: string; readonly currency: string },
  lines: readonly FinalisedLine[],
): Promise<void> {
  await ctx.db.$executeRaw`
    insert into showback_lines (tenant_id, showback_id, account_id, currency, position, id, invoice_line_id, kind, description, quantity, unit,
      included_quantity, billed_quantity, unit_price, net_minor, period_start, period_end)
    select ${ctx.tenantId}::uuid, ${showback.id}::uuid, ${showback.accountId}::uuid, ${showback.currency}, l.position, l.id, l.invoice_line_id,
      l.kind, l.description::jsonb, l.quantity, l.unit, l.included_quantity, l.billed_quantity, l.unit_price, l.net_minor, l.period_start,
      l.period_end
    from unnest(${sqlArray(lines, () => newId())}::uuid[], ${sqlArray(lines, (l) => l.id)}::uuid[], ${sqlArray(lines, (l) => l.kind)}::text[],
      ${sqlArray(lines, (l) => JSON.stringify(l.subject))}::text[], ${sqlArray(lines, (l) => l.quantity.toFixed(12))}::numeric[],
      ${sqlArray(lines, (l) => l.unit)}::text[], ${sqlArray(lines, (l) => l.includedQuantity.toFixed(12))}::numeric[],
      ${sqlArray(lines, (l) => l.billedQuantity.toFixed(12))}::numeric[], ${sqlArray(lines, (l) => l.unitPrice.toFixed(12))}::numeric[],
      ${sqlArray(lines, (l) => l.net.minor.toString())}::bigint[], ${sqlArray(lines, (l) => l.period.start.toISOString())}::timestamptz[],
      ${sqlArray(lines, (l) => l.period.end.toISOString())}::timestamptz[]
    ) with ordinality as l (id, invoice_line_id, kind, description, quantity, unit, included_quantity, billed_quantity, unit_price, net_minor,
      period_start, period_end, position)`
}
