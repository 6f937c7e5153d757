import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { deleteListEntry, insertListEntry } from '#app/db/people/fraud-lists.server.ts'
import { type FraudList, type ListKind, listValue } from '#app/domain/fraud/list-entry.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type AddListEntryInput = {
  readonly list: FraudList
  readonly kind: ListKind
  readonly typed: string
  readonly note: string
}

/** Puts a value on a list; orders to come are judged by it. Returns the entry's id. */
export async function addListEntry(
  ctx: TenantContext,
  { list, kind, typed, note }: AddListEntryInput,
): Promise<Result<string, 'malformed-value' | 'already-listed'>> {
  const value = listValue(kind, typed)
  if (!value.ok) return value
  const id = await insertListEntry(ctx, { list, kind, value: value.value, note })
  if (!id) return err('already-listed')
  await audit(ctx, {
    action: 'screening.listed',
    subjectKind: 'fraud-list-entry',
    subjectId: id,
    detail: { list, kind, value: value.value },
  })
  return ok(id)
}

/** Takes a value off its list. Safe to repeat. */
export async function removeListEntry(ctx: TenantContext, id: string): Promise<void> {
  const gone = await deleteListEntry(ctx, id)
  if (gone) await audit(ctx, { action: 'screening.unlisted', subjectKind: 'fraud-list-entry', subjectId: id, detail: { ...gone } })
}
