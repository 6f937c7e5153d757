import { type ChargeReach, isInReach, reachRows, thing } from '../charges/charge-reach.server.ts'
import type { TenantContext } from '../context.server.ts'

/** `lineId` is null for a thing that is settled without a line. */
export type TakenGroup = { readonly key: string; readonly lineId: string | null }

/** What one invoice takes of a contract's open charges. */
export type TakenCharges = { readonly reach: ChargeReach; readonly invoiceId: string; readonly groups: readonly TakenGroup[] }

/**
 * Ties every open charge in reach to its invoice and line. Returns how many there were: callers hold the contracts since they counted them,
 * and another number means that one belongs to no group.
 */
export async function markInvoiced(ctx: TenantContext, taken: readonly TakenCharges[]): Promise<number> {
  // A look-up in one JSON object costs the same for each charge, however many lines there are; a join would try every pair. It is the one row
  // of a subquery: of a parameter the planner would read it anew for every charge, and of a joined row copy it.
  const lines = taken.flatMap(({ reach, groups }) => groups.map(({ key, lineId }) => memberOf(`${reach.contractId} ${key}`, lineId)))
  const reaches = taken.map(({ reach, invoiceId }) => ({ ...reach, invoiceId }))
  return ctx.db.$executeRaw`
    with lines as materialized (select ${`{${lines.join(',')}}`}::jsonb as by_key),
      ${reachRows(ctx, reaches, ({ invoiceId }) => invoiceId)}
    update charges c
    set invoice_id = r.invoice_id, invoice_line_id = ((select by_key from lines) ->> (r.contract_id || ' ' || (${thing})))::uuid
    from r where ${isInReach(ctx, reaches)}`
}

/** As JSON says it: an object of so many names would be dearer to make than its text. */
function memberOf(name: string, value: string | null): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`
}
