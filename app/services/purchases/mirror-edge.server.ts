import { inPanel, inTenant, type TenantContext } from '#app/db/context.server.ts'
import {
  type BoughtAmounts,
  type BoughtDocument,
  keepParentDocuments,
  parentDocumentsById,
  readDocumentsOfBuyer,
} from '#app/db/documents/parent-documents.server.ts'
import { type EdgeEntryRow, type EdgePlace, edgeLedgerAccounts, readEdgeEntries } from '#app/db/documents/statements.server.ts'
import { readBooksState } from '#app/db/ledger/accounting-periods.server.ts'
import { insertParentEntries, knownParentEntries } from '#app/db/ledger/parent-entries.server.ts'
import { findTenant } from '#app/db/sellers/tenants.server.ts'
import { bookMonthOf, daysOfMonth } from '#app/domain/ledger/accounting-period.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { type MirroredDocument, mirroredKey, postingsOfMirrored } from '#app/domain/statement/mirrored-entry.ts'
import { statementKindOf } from '#app/domain/statement/statement.ts'
import type { TaxCategory } from '#app/domain/tax/determine-tax.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { type EntryInput, postEntries } from '../ledger/post-entry.server.ts'

const pageSize = 200

export type MirrorEdgeInput = { readonly tenantId: string; readonly accountId: string; readonly actor: Actor }

type Edge = {
  readonly parentTenantId: string
  readonly accountId: string
  readonly ledgerAccountIds: readonly string[]
  readonly childTenantId: string
  readonly actor: Actor
}

/**
 * Brings what a tenant charges the reseller `accountId` into the reseller's own books: its documents by reference, and an entry for each of
 * the tenant's that changes what the reseller owes. The tenant's rows are read as that buyer may read them, so nothing else can cross. An
 * operating unit gets none. Safe to repeat and at any moment: what is mirrored already stays, whatever the order it came in.
 */
export async function mirrorEdge({ tenantId, accountId, actor }: MirrorEdgeInput): Promise<{ mirrored: number }> {
  const above = await inTenant(tenantId, async (ctx) => ({
    childTenantId: await childOf(ctx, accountId),
    ledgerAccountIds: await edgeLedgerAccounts(ctx),
  }))
  const child = above.childTenantId ? await findTenant(above.childTenantId) : null
  if (!child || child.isOperatingUnit || child.parentTenantId !== tenantId || child.parentAccountId !== accountId) return { mirrored: 0 }

  const { ledgerAccountIds } = above
  const edge: Edge = { parentTenantId: tenantId, accountId, ledgerAccountIds, childTenantId: child.tenantId, actor }
  await mirrorDocuments(edge)
  return { mirrored: await mirrorEntries(edge) }
}

async function childOf(ctx: TenantContext, accountId: string): Promise<string | null> {
  const account = await ctx.db.account.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: accountId } },
    select: { childTenantId: true },
  })
  return account?.childTenantId ?? null
}

async function mirrorDocuments({ parentTenantId, accountId, childTenantId, actor }: Edge): Promise<void> {
  for (let afterId: string | null = null; ; ) {
    const page = { accountId, afterId, limit: pageSize }
    const documents: BoughtDocument[] = await inPanel(parentTenantId, [accountId], (ctx) => readDocumentsOfBuyer(ctx, page))
    if (documents.length > 0) await inTenant(childTenantId, (ctx) => keepParentDocuments(ctx, documents), { actor })
    afterId = documents.at(-1)?.parentDocumentId ?? null
    if (documents.length < pageSize) return
  }
}

async function mirrorEntries({ parentTenantId, accountId, ledgerAccountIds, childTenantId, actor }: Edge): Promise<number> {
  let mirrored = 0
  for (let after: EdgePlace | null = null; ; ) {
    const page = { accountId, ledgerAccountIds, after, limit: pageSize }
    const entries: EdgeEntryRow[] = await inPanel(parentTenantId, [accountId], (ctx) => readEdgeEntries(ctx, page))
    if (entries.length > 0) mirrored += await inTenant(childTenantId, (ctx) => receive(ctx, entries), { actor })
    after = entries.at(-1) ?? null
    if (entries.length < pageSize) return mirrored
  }
}

async function receive(ctx: TenantContext, entries: readonly EdgeEntryRow[]): Promise<number> {
  const known = await knownParentEntries(
    ctx,
    entries.map(({ id }) => id),
  )
  const missing = entries.filter(({ id }) => !known.has(id))
  if (missing.length === 0) return 0
  const documents = await parentDocumentsById(
    ctx,
    missing.flatMap(({ invoiceId }) => invoiceId ?? []),
  )
  const openFrom = await firstOpenDay(ctx)
  await postEntries(
    ctx,
    missing.map((entry) => mirrorOf(entry, { documents, openFrom })),
  )
  await insertParentEntries(
    ctx,
    missing.map(({ id, sourceKey, bookedOn, invoiceId, currency, text, ...nature }) => ({
      parentEntryId: id,
      sourceKey: mirroredKey(sourceKey),
      kind: statementKindOf(nature),
      bookedOn,
      parentDocumentId: invoiceId,
      text,
      currency,
    })),
  )
  return missing.length
}

/** The first day that the books take entries for; null when no month is closed. */
async function firstOpenDay(ctx: TenantContext): Promise<LocalDate | null> {
  const { lastClosed } = await readBooksState(ctx)
  return lastClosed && daysOfMonth(lastClosed).end
}

type Around = { readonly documents: ReadonlyMap<string, BoughtAmounts>; readonly openFrom: LocalDate | null }

/** The entry of the child's own books. One that belongs to a month which the child closed already counts for its first open day. */
function mirrorOf(entry: EdgeEntryRow, { documents, openFrom }: Around): EntryInput {
  const { sourceKey, kind, bookedOn, currency, owedMinor, invoiceId } = entry
  const document = invoiceId ? documents.get(invoiceId) : undefined
  const isLate = openFrom !== null && bookMonthOf(bookedOn) < bookMonthOf(openFrom)
  return {
    sourceKey: mirroredKey(sourceKey),
    kind: 'purchase',
    accountId: null,
    invoiceId: null,
    bookedOn: isLate ? openFrom : bookedOn,
    postings: postingsOfMirrored({ kind, owed: money(owedMinor, currency), document: document ? amountsOf(document) : null }),
  }
}

function amountsOf({ taxes, totalMinor, currency }: BoughtAmounts): MirroredDocument {
  return {
    total: money(totalMinor, currency),
    // A document carries the categories that determineTax gave it.
    taxes: taxes.map(({ category, rate, taxMinor }) => ({
      category: category as TaxCategory,
      rate: new Decimal(rate),
      tax: money(BigInt(taxMinor), currency),
    })),
  }
}
