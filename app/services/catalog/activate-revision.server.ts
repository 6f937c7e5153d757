import { audit } from '#app/db/audit.server.ts'
import { readCatalogState, readDueRevisions, readRevision, updateRevision } from '#app/db/catalog/catalog-revisions.server.ts'
import { saveEntries } from '#app/db/catalog/catalogs.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { draftOf, type RevisedCatalog, type RevisionChange, reviseCatalog } from '#app/domain/catalog/revision.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { type PublishRevisionError, publishRevisedPrices } from './publish-revised-prices.server.ts'

/**
 * Lets every scheduled revision of the tenant take effect whose instant has come, each in a transaction of its own. One that
 * cannot any more, since its product went meanwhile, becomes a draft again for somebody to look at.
 */
export async function activateDueRevisions({ inTenant }: TenantProcess<unknown>): Promise<{ activated: number }> {
  let activated = 0
  for (const id of await inTenant(readDueRevisions)) {
    const outcome = await inTenant((ctx) => activateRevision(ctx, id))
    if (outcome.ok) activated += 1
    else await inTenant((ctx) => sendBack(ctx, id, outcome.error))
  }
  return { activated }
}

export type ActivateRevisionError = 'revision-not-found' | 'not-due' | 'refused' | PublishRevisionError

/** Makes a due revision the catalog: places, texts, price books and prices at once, or nothing. Safe to repeat. */
export async function activateRevision(ctx: TenantContext, revisionId: string): Promise<Result<null, ActivateRevisionError>> {
  const revision = await readRevision(ctx, revisionId, { lock: true })
  if (!revision) return err('revision-not-found')
  if (revision.state === 'active') return ok(null)
  if (revision.state !== 'scheduled' || !revision.activateAt || revision.activateAt > ctx.now) return err('not-due')

  const { catalogId, changes, activateAt } = revision
  const state = await readCatalogState(ctx, { catalogId, changes, at: activateAt })
  const revised = reviseCatalog(state, changes)
  if (!revised.ok) return revised
  await saveEntries(ctx, catalogId, changedEntries(draftOf(state), revised.value))
  await saveTexts(ctx, changes, revised.value)
  const priced = await publishRevisedPrices(ctx, { ...revision, activateAt })
  if (!priced.ok) return priced

  await updateRevision(ctx, revisionId, { state: 'active', activatedAt: ctx.now })
  await audit(ctx, { action: 'revision.activated', subjectKind: 'catalog-revision', subjectId: revisionId })
  return ok(null)
}

function changedEntries(before: RevisedCatalog, after: RevisedCatalog) {
  return [...after.entries.values()].filter((entry) => JSON.stringify(entry) !== JSON.stringify(before.entries.get(entry.productId)))
}

async function saveTexts({ db, tenantId }: TenantContext, changes: readonly RevisionChange[], { texts }: RevisedCatalog): Promise<void> {
  const productIds = new Set(changes.flatMap((change) => (change.kind === 'text' ? [change.productId] : [])))
  for (const id of productIds) {
    const text = texts.get(id)
    if (text) await db.product.updateMany({ where: { tenantId, id }, data: { name: text.name, description: text.description } })
  }
}

async function sendBack(ctx: TenantContext, revisionId: string, reason: string): Promise<void> {
  await updateRevision(ctx, revisionId, { state: 'draft', activateAt: null })
  await audit(ctx, { action: 'revision.sent-back', subjectKind: 'catalog-revision', subjectId: revisionId, detail: { reason } })
}
