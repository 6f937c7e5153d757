import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { EntryKind } from '#app/domain/ledger/entry-kind.ts'
import { edgeAccounts } from '#app/domain/statement/mirrored-entry.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { openAddress } from '../sealing/sealed-fields.server.ts'

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
  readonly createdAt: Date
  readonly currency: string
  readonly owedMinor: bigint
  readonly invoiceId: string | null
  readonly documentType: DocumentType | null
  readonly number: string | null
  /** What the payer wrote with a payment. */
  readonly text: string | null
  /** Whether a refund is money that the payer's bank took back. */
  readonly isReturn: boolean
}

/** The place of an entry in the order of statements. */
export type EdgePlace = { readonly bookedOn: LocalDate; readonly id: string }

export type EdgePage = EdgeOfAccount & {
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
      e.booked_on::text as "bookedOn", e.created_at as "createdAt", s.currency, s.owed as "owedMinor", e.invoice_id as "invoiceId", i.document_type as "documentType",
      i.number, pm.reference as text, coalesce(pr.kind = 'return', false) as "isReturn"
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
    -- Lateral with a limit: the planner would read every payment of the seller.
    left join lateral (select n.reference from payments n where n.tenant_id = e.tenant_id
      and n.id = case when e.source_key ~ '^payment:[0-9a-f-]{36}$' then substr(e.source_key, 9)::uuid end limit 1) pm on true
    left join lateral (select n.kind from payment_refunds n where n.tenant_id = e.tenant_id
      and n.id = case when e.source_key ~ '^refund:[0-9a-f-]{36}$' then substr(e.source_key, 8)::uuid end limit 1) pr on true
    where true ${after ? Prisma.sql`and (e.booked_on, e.id) > (${after.bookedOn}::date, ${after.id}::uuid)` : Prisma.empty}
    order by e.booked_on, e.id limit ${limit}`
}

/** What a buyer owes in the books: `ledgerAccountIds` are those of `edgeLedgerAccounts`, which a buyer cannot read itself. */
export type EdgeOfAccount = { readonly accountId: string; readonly ledgerAccountIds: readonly string[] }

/** What an account owed before a day, in minor units: below zero what it has. */
export async function edgeBalance(
  ctx: TenantContext,
  { accountId, ledgerAccountIds, currency, before }: EdgeOfAccount & { readonly currency: string; readonly before: LocalDate },
): Promise<bigint> {
  const [row] = await ctx.db.$queryRaw<{ balance: bigint }[]>`
    select coalesce(sum(debit_minor - credit_minor), 0)::bigint as balance from ledger_balances
    where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid and ledger_account_id = any (${ledgerAccountIds}::uuid[])
      and currency = ${currency} and booked_on < ${before}::date`
  return row?.balance ?? 0n
}

/** The currencies in which an account ever owed or had anything, in order. */
export async function edgeCurrencies(ctx: TenantContext, { accountId, ledgerAccountIds }: EdgeOfAccount): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ currency: string }[]>`
    select distinct currency from ledger_balances
    where tenant_id = ${ctx.tenantId}::uuid and account_id = ${accountId}::uuid and ledger_account_id = any (${ledgerAccountIds}::uuid[])
    order by currency limit 200`
  return rows.map(({ currency }) => currency)
}

/** Both sides of a statement: who sends it, and the account it is for, by its id. */
export type StatementParties = { readonly seller: StatementSeller; readonly buyer: StatementBuyer }
export type StatementSeller = {
  readonly slug: string
  readonly legalName: string
  readonly timeZone: string
  readonly currency: string
}
export type StatementBuyer = {
  readonly accountId: string
  readonly name: string
  readonly email: string
  readonly addressLines: readonly string[]
  readonly country: string
  readonly vatId: string | null
  readonly language: string
}

/** Both sides of a statement of account; undefined when the scope holds no such account. */
export async function readStatementParties(ctx: TenantContext, accountId: string): Promise<StatementParties | undefined> {
  const { tenantId } = ctx
  const buyer = await ctx.db.account.findUnique({
    where: { tenantId_id: { tenantId, id: accountId } },
    select: { id: true, name: true, email: true, addressLines: true, country: true, vatId: true, language: true },
  })
  if (!buyer) return undefined
  const seller = await ctx.db.tenant.findUniqueOrThrow({
    where: { tenantId },
    select: { slug: true, legalName: true, timeZone: true, currency: true },
  })
  const { id, ...facts } = buyer
  return { seller, buyer: { accountId: id, ...facts, addressLines: openAddress(ctx, id, facts.addressLines) } }
}
