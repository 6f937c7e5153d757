import { audit } from '#app/db/audit.server.ts'
import { insertRevision, readCatalogState, readRevision, updateRevision } from '#app/db/catalog/catalog-revisions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { type RevisionChange, type RevisionError, reviseCatalog } from '#app/domain/catalog/revision.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** Opens a draft of changes to a catalog. Nothing of it is seen until it is activated. */
export async function draftRevision(
  ctx: TenantContext,
  { catalogId, note }: { readonly catalogId: string; readonly note: string },
): Promise<Result<{ revisionId: string }, 'catalog-not-found'>> {
  const { tenantId } = ctx
  if ((await ctx.db.catalog.count({ where: { tenantId, id: catalogId } })) === 0) return err('catalog-not-found')
  const revisionId = await insertRevision(ctx, catalogId, note)
  await audit(ctx, { action: 'revision.drafted', subjectKind: 'catalog-revision', subjectId: revisionId, detail: { catalogId } })
  return ok({ revisionId })
}

export type EditRevisionError = 'revision-not-found' | 'not-a-draft' | 'refused'
/** A refusal names the change that cannot be made. */
export type EditRevision = Result<null, EditRevisionError> & { readonly at?: RevisionError }

/** Gives a draft these changes in place of those it has. Refused as a whole when one of them cannot be made. */
export async function editRevision(
  ctx: TenantContext,
  { revisionId, changes }: { readonly revisionId: string; readonly changes: readonly RevisionChange[] },
): Promise<EditRevision> {
  const revision = await readRevision(ctx, revisionId, { lock: true })
  if (!revision) return err('revision-not-found')
  if (revision.state !== 'draft') return err('not-a-draft')
  const refused = await problemOf(ctx, revision.catalogId, changes)
  if (refused) return { ...err('refused'), at: refused }
  await updateRevision(ctx, revisionId, { changes })
  return ok(null)
}

/** Adds one change behind those a draft has. Refused when it cannot be made after them. */
export async function addChangeTo(
  ctx: TenantContext,
  { revisionId, change }: { readonly revisionId: string; readonly change: RevisionChange },
): Promise<EditRevision> {
  const revision = await readRevision(ctx, revisionId, { lock: true })
  return editRevision(ctx, { revisionId, changes: [...(revision?.changes ?? []), change] })
}

export type RemoveChangeInput = { readonly revisionId: string; readonly index: number; readonly of: number }

/**
 * Takes one change out of a draft. `of` is how many there were when it was chosen: a draft that somebody changed meanwhile is
 * left alone. Refused when a later change cannot be made without it.
 */
export async function removeChangeFrom(
  ctx: TenantContext,
  { revisionId, index, of }: RemoveChangeInput,
): Promise<Result<null, EditRevisionError | 'changed-meanwhile'> & { readonly at?: RevisionError }> {
  const revision = await readRevision(ctx, revisionId, { lock: true })
  if (revision && revision.changes.length !== of) return err('changed-meanwhile')
  return editRevision(ctx, { revisionId, changes: (revision?.changes ?? []).filter((_, place) => place !== index) })
}

/** The first change that cannot be made to the catalog as it stands. */
async function problemOf(ctx: TenantContext, catalogId: string, changes: readonly RevisionChange[]): Promise<RevisionError | undefined> {
  const revised = reviseCatalog(await readCatalogState(ctx, { catalogId, changes, at: ctx.now }), changes)
  return revised.ok ? undefined : revised.at
}

export type ScheduleRevisionError = EditRevisionError | 'starts-in-the-past' | 'nothing-changes'

/** Lets a draft take effect at an instant. Until then nobody sees it; it can still be taken back. */
export async function scheduleRevision(
  ctx: TenantContext,
  { revisionId, activateAt }: { readonly revisionId: string; readonly activateAt: Date },
): Promise<Result<null, ScheduleRevisionError> & { readonly at?: RevisionError }> {
  const revision = await readRevision(ctx, revisionId, { lock: true })
  if (!revision) return err('revision-not-found')
  if (revision.state !== 'draft') return err('not-a-draft')
  if (revision.changes.length === 0) return err('nothing-changes')
  if (activateAt < ctx.now) return err('starts-in-the-past')
  const refused = await problemOf(ctx, revision.catalogId, revision.changes)
  if (refused) return { ...err('refused'), at: refused }

  await updateRevision(ctx, revisionId, { state: 'scheduled', activateAt })
  await enqueue(ctx, {
    name: 'catalog/revision.scheduled',
    data: { tenantId: ctx.tenantId, revisionId, activateAt: activateAt.toISOString() },
  })
  const detail = { activateAt: activateAt.toISOString() }
  await audit(ctx, { action: 'revision.scheduled', subjectKind: 'catalog-revision', subjectId: revisionId, detail })
  return ok(null)
}

/** Takes a scheduled revision back: it is a draft again. */
export async function unscheduleRevision(
  ctx: TenantContext,
  revisionId: string,
): Promise<Result<null, 'revision-not-found' | 'not-scheduled'>> {
  const revision = await readRevision(ctx, revisionId, { lock: true })
  if (!revision) return err('revision-not-found')
  if (revision.state !== 'scheduled') return err('not-scheduled')
  await updateRevision(ctx, revisionId, { state: 'draft', activateAt: null })
  await audit(ctx, { action: 'revision.unscheduled', subjectKind: 'catalog-revision', subjectId: revisionId })
  return ok(null)
}

/** Gives a revision up that has not taken effect. It stays readable. */
export async function discardRevision(
  ctx: TenantContext,
  revisionId: string,
): Promise<Result<null, 'revision-not-found' | 'already-active'>> {
  const revision = await readRevision(ctx, revisionId, { lock: true })
  if (!revision) return err('revision-not-found')
  if (revision.state === 'active') return err('already-active')
  await updateRevision(ctx, revisionId, { state: 'discarded', activateAt: null })
  await audit(ctx, { action: 'revision.discarded', subjectKind: 'catalog-revision', subjectId: revisionId })
  return ok(null)
}
