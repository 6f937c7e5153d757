import { listPayouts } from '#app/db/settlement/payouts.server.ts'
import type { StatementSpan } from '#app/domain/statement/statement.ts'
import { addDays } from '#app/domain/time/local-date.ts'
import { readPayoutStatement } from '#app/services/payouts/read-statement.server.ts'
import { mirroredResellers } from '#app/services/purchases/mirrored-resellers.server.ts'
import { openStatement } from '#app/services/statements/open-statement.server.ts'
import { readStatement } from '#app/services/statements/read-statement.server.ts'
import { documentRenderer, fileStore, inTenant, pageOfPayout, pageOfStatement } from '#app/wiring.server.ts'
import type { DocumentSummary } from './documents.ts'
import { openedCopy } from './opened-copy.ts'
import type { DemoMonth } from './stories/story.ts'

/** The statement of every reseller of a seller, from the billed month to the end of the next, in which it was invoiced; made as a file. */
export async function makeStatements(tenantId: string, month: DemoMonth): Promise<DocumentSummary[]> {
  const made: DocumentSummary[] = []
  for (const { accountId } of await mirroredResellers(tenantId)) made.push(...(await statementsOf(tenantId, accountId, month)))
  return made
}

async function statementsOf(tenantId: string, accountId: string, month: DemoMonth): Promise<DocumentSummary[]> {
  const desk = await inTenant(tenantId, (ctx) => openStatement(ctx, accountId))
  if (!desk) return []
  const { currencies, ledgerAccountIds, parties } = desk
  const made: DocumentSummary[] = []
  for (const currency of currencies) {
    const span: StatementSpan = { currency, start: dayOf(month.start), end: endOfNext(month) }
    const read = await inTenant(tenantId, (ctx) => readStatement(ctx, { accountId, ledgerAccountIds, span }))
    if (!read.ok) continue
    const key = `statements/${tenantId}/${accountId}-${currency}.pdf`
    await fileStore().put(key, await documentRenderer().renderStatement(await pageOfStatement(read.value, parties)))
    const number = `${currency} ${span.start} ${addDays(span.end, -1)}`
    made.push({ type: 'statement', number, pdf: await openedCopy(key), xml: null })
  }
  return made
}

/** The statement of every payout that a seller made, as a file. */
export async function makePayoutStatements(tenantId: string): Promise<DocumentSummary[]> {
  const made: DocumentSummary[] = []
  for (const { id } of await inTenant(tenantId, (ctx) => listPayouts(ctx, {}))) {
    const parts = await inTenant(tenantId, (ctx) => readPayoutStatement(ctx, id))
    if (!parts) continue
    const { accountId, accountName, through } = parts.payout
    const key = `statements/${tenantId}/${accountId}-payout-${through}.pdf`
    await fileStore().put(key, await documentRenderer().renderStatement(await pageOfPayout(parts)))
    made.push({ type: 'payout', number: `${accountName} ${through}`, pdf: await openedCopy(key), xml: null })
  }
  return made
}

const dayOf = (instant: Date) => instant.toISOString().slice(0, 10)

function endOfNext({ end }: DemoMonth): string {
  return dayOf(new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 1)))
}
