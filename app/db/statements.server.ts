import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { EntryKind } from '#app/domain/ledger/entry-kind.ts'
import { edgeAccounts } from '#app/domain/statement/mirrored-entry.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from './context.server.ts'
import { Prisma } from './generated/client.ts'

const codes = edgeAccounts.map(({ code }) => code)

/** Ids of the ledger accounts that together say what a buyer owes; read in the office's scope. */
export async function edgeLedgerAccounts(ctx: TenantContext): Promise<string[]> {
  const rows = await ctx.db.ledgerAccount.findMany({
    where: { tenantId: ctx.tenantId, code: { in: codes } },
    select: { id: true },
    orderBy: { code: 'asc' },
    take: codes.length,
  })
  return rows.map(({ id }) => id)
}

/**
 * An entry that changes what an account owes: `owedMinor` is what it adds, below zero what it takes off. `kind` of a reversal is that of the
 * entry it takes back. The document is the one it books or settles.
 */
export type EdgeEntryRow = {
  readonly id: string
  readonly sourceKey: string
  readonly kind: EntryKind
  readonly isReversal: boolean
  readonly bookedOn: LocalDate
  readonly currency: string
  readonly owedMinor: bigint
  readonly invoiceId: string | null
  readonly documentType: DocumentType | null
  readonly number: string | null
}

/** The place of an entry in the order of statements. */
export type EdgePlace = { readonly bookedOn: LocalDate; readonly id: string }

export type EdgePage = {
  readonly accountId: string
  /** Those of `edgeLedgerAccounts`, which a buyer cannot read itself. */
  readonly ledgerAccountIds: readonly string[]
  readonly after: EdgePlace | null
  readonly limit: number
  /** Only entries of one currency, and of the days from `start` to before `end`. */
  readonly within?: { readonly currency: string; readonly start: LocalDate; readonly end: LocalDate }
}

/** Entries that change what an account owes, by date and then as they were booked, after `after`. Those that only move it about are left out. */
export function readEdgeEntries(
  ctx: TenantContext,
  { accountId, ledgerAccountIds, after, limit, within }: EdgePage,
): Promise<EdgeEntryRow[]> {
  return ctx.db.$queryRaw<EdgeEntryRow[]>`
    select e.id, e.source_key as "sourceKey", coalesce(r.kind, e.kind) as kind, e.reverses_id is not null as "isReversal",
      e.booked_on::text as "bookedOn", s.currency, s.owed as "owedMinor", e.invoice_id as "invoiceId", i.document_type as "documentType",
      i.number
    from (
      select p.entry_id, p.currency, sum(p.amount_minor)::bigint as owed
      from ledger_postings p
      where p.tenant_id = ${ctx.tenantId}::uuid and p.account_id = ${accountId}::uuid and p.ledger_account_id = any (${ledgerAccountIds}::uuid[])
        ${within ? Prisma.sql`and p.currency = ${within.currency} and p.booked_on >= ${within.start}::date and p.booked_on < ${within.end}::date` : Prisma.empty}
        ${after ? Prisma.sql`and p.booked_on >= ${after.bookedOn}::date` : Prisma.empty}
      group by p.entry_id, p.currency having sum(p.amount_minor) <> 0
    ) s
    join ledger_entries e on e.tenant_id = ${ctx.tenantId}::uuid and e.id = s.entry_id
    left join ledger_entries r on r.tenant_id = e.tenant_id and r.id = e.reverses_id
    left join invoices i on i.tenant_id = e.tenant_id and i.id = e.invoice_id
    where true ${after ? Prisma.sql`and (e.booked_on, e.id) > (${after.bookedOn}::date, ${after.id}::uuid)` : Prisma.empty}
    order by e.booked_on, e.id limit ${limit}`
}
