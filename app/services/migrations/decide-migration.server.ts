import { audit } from '#app/db/audit.server.ts'
import {
  lockMigration,
  moveMigration,
  type PlanMigrationRow,
  type Selection,
  scheduleMigrationItems,
  selectedItems,
  selectMigrationItems,
  undoMigrationItems,
} from '#app/db/catalog/plan-migrations.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { appliesAt } from './applies-at.ts'

export type MigrationInput = { readonly migrationId: string }
export type MigrationError = 'migration-not-found' | 'migration-closed'
export type SelectSubscribersInput = MigrationInput & Selection

/** Selects subscribers of a draft or leaves them out; all of them when none are named. */
export async function selectSubscribers(
  ctx: TenantContext,
  input: SelectSubscribersInput,
): Promise<Result<{ readonly changed: number }, MigrationError>> {
  const open = await openMigration(ctx, input.migrationId)
  if (!open.ok) return open
  return ok({ changed: await selectMigrationItems(ctx, input.migrationId, input) })
}

/** Lets every selected customer be told by mail what changes and when. Once; the migration can still be changed or undone. */
export async function notifySubscribers(
  ctx: TenantContext,
  { migrationId }: MigrationInput,
): Promise<Result<void, MigrationError | 'already-notified'>> {
  const open = await openMigration(ctx, migrationId)
  if (!open.ok) return open
  if (open.value.notifiedAt) return err('already-notified')
  await moveMigration(ctx, migrationId, 'notified')
  await enqueue(ctx, {
    name: 'plan-migration/notified',
    data: { tenantId: ctx.tenantId, migrationId },
    key: `migration-notified:${migrationId}`,
  })
  await audit(ctx, { action: 'plan-migration.notified', subjectKind: 'plan-migration', subjectId: migrationId })
  return ok(undefined)
}

const pageSize = 2000

/**
 * Fixes the migration: each selected subscription takes the new plan at its instant, by a job. Until then nothing changes
 * for it, and undoing is enough to keep it as it is.
 */
export async function scheduleMigration(
  ctx: TenantContext,
  { migrationId }: MigrationInput,
): Promise<Result<{ readonly scheduled: number }, MigrationError | 'nobody-selected'>> {
  const open = await openMigration(ctx, migrationId)
  if (!open.ok) return open
  let scheduled = 0
  for (let afterId: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof selectedItems>> = await selectedItems(ctx, migrationId, { afterId, limit: pageSize })
    const items = page.map((item) => ({ id: item.id, appliesAt: appliesAt(item, { ...open.value, now: ctx.now }) }))
    scheduled += await scheduleMigrationItems(ctx, migrationId, items)
    afterId = page.at(-1)?.id ?? null
    if (page.length < pageSize) break
  }
  if (scheduled === 0) return err('nobody-selected')
  await moveMigration(ctx, migrationId, 'scheduled')
  await enqueue(ctx, {
    name: 'plan-migration/scheduled',
    data: { tenantId: ctx.tenantId, migrationId },
    key: `migration-scheduled:${migrationId}`,
  })
  await audit(ctx, { action: 'plan-migration.scheduled', subjectKind: 'plan-migration', subjectId: migrationId, detail: { scheduled } })
  return ok({ scheduled })
}

/** Takes a migration back: whoever it was not applied to yet stays as they are. Who has the new plan already keeps it. */
export async function undoMigration(
  ctx: TenantContext,
  { migrationId }: MigrationInput,
): Promise<Result<{ readonly undone: number }, MigrationError>> {
  const migration = await lockMigration(ctx, migrationId)
  if (!migration) return err('migration-not-found')
  if (migration.state === 'applied' || migration.state === 'undone') return err('migration-closed')
  const undone = await undoMigrationItems(ctx, migrationId)
  await moveMigration(ctx, migrationId, 'undone')
  await audit(ctx, { action: 'plan-migration.undone', subjectKind: 'plan-migration', subjectId: migrationId, detail: { undone } })
  return ok({ undone })
}

async function openMigration(ctx: TenantContext, migrationId: string): Promise<Result<PlanMigrationRow, MigrationError>> {
  const migration = await lockMigration(ctx, migrationId)
  if (!migration) return err('migration-not-found')
  return migration.state === 'draft' || migration.state === 'notified' ? ok(migration) : err('migration-closed')
}
