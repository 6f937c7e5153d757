import { createHash } from 'node:crypto'
import { audit } from '#app/db/audit.server.ts'
import { readOwnMeters } from '#app/db/catalog/meters.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { type NamedOwners, readNamedOwners } from '#app/db/usage/usage-upload.server.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { identityOf, type LineProblem, readUsageLines, type TableLine, type UsageLine } from '#app/domain/usage/usage-lines.ts'
import type { RawUsageRecord } from '#app/ports/cloud-driver.ts'
import { type ImportedUsage, importUsageFile } from './import-usage-file.server.ts'

export type UploadUsageInput = {
  readonly tenantId: string
  readonly actor: Actor
  /** The cloud whose resources the table names. */
  readonly cloudConnectionId: string
  /** Names the content: the same again changes nothing. */
  readonly contentHash: string
  readonly table: readonly TableLine[]
}

export type UploadAnswer =
  | { readonly ok: true; readonly value: ImportedUsage & { readonly records: number } }
  | { readonly ok: false; readonly problems: readonly LineProblem[] }

/**
 * Takes a table of usage in as from a cloud: judged, rated, and handed down by jobs. A table that is wrong anywhere changes nothing, and
 * everything that is wrong with it is named. The same table, or the same fact in another one, counts once; a fact that comes again with
 * a greater quantity takes the place of the former, one with a smaller goes to quarantine.
 */
export async function uploadUsage({ table, ...input }: UploadUsageInput): Promise<UploadAnswer> {
  const { tenantId, actor, cloudConnectionId, contentHash } = input
  const read = await inTenant(tenantId, (ctx) => readTable(ctx, { cloudRef: cloudConnectionId, table }))
  if (!read.ok) return read
  const imported = await importUsageFile({ tenantId, cloudConnectionId, contentHash, pages: inPages(read.value) })
  await inTenant(
    tenantId,
    (ctx) =>
      audit(ctx, {
        action: 'usage.uploaded',
        subjectKind: 'usage-batch',
        subjectId: imported.batchId,
        detail: { contentHash, records: read.value.length, stored: imported.stored },
      }),
    { actor },
  )
  return { ok: true, value: { ...imported, records: read.value.length } }
}

type Read =
  | { readonly ok: true; readonly value: readonly RawUsageRecord[] }
  | { readonly ok: false; readonly problems: readonly LineProblem[] }

async function readTable(ctx: TenantContext, { cloudRef, table }: { cloudRef: string; table: readonly TableLine[] }): Promise<Read> {
  const lines = readUsageLines(table, await readOwnMeters(ctx))
  if (!lines.ok) return lines
  const owners = await readNamedOwners(ctx, {
    cloudRef,
    resources: lines.value.flatMap(({ resource }) => resource ?? []),
    accounts: lines.value.flatMap(({ account }) => account ?? []),
  })
  const problems = lines.value.flatMap((line) => strangersIn(line, owners))
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, value: lines.value.map((line) => recordOf(line, { cloudRef, owners })) }
}

function strangersIn({ line, resource, account }: UsageLine, { resources, accounts }: NamedOwners): LineProblem[] {
  return [
    ...(resource && !resources.has(resource) ? [{ line, column: 'resource', code: 'unknown-resource' } as const] : []),
    ...(account && !accounts.has(account) ? [{ line, column: 'account', code: 'unknown-account' } as const] : []),
  ]
}

function recordOf(line: UsageLine, { cloudRef, owners }: { cloudRef: string; owners: NamedOwners }): RawUsageRecord {
  const { meter, unit, quantity, from, to, account } = line
  const resource = line.resource === undefined ? undefined : owners.resources.get(line.resource)
  const identity = identityOf({ ...line, resource: resource?.ref })
  return {
    contentKey: createHash('sha256')
      .update(JSON.stringify(['table', cloudRef, ...identity]))
      .digest('hex'),
    usageType: meter,
    quantity,
    windowStart: from,
    windowEnd: to,
    resourceRef: resource?.ref,
    resourceName: resource?.name,
    owner: account === undefined ? {} : { accountId: account },
    dimensions: { ...line.dimensions, unit },
    payload: {
      meter,
      quantity,
      unit,
      from: from.toISOString(),
      to: to.toISOString(),
      resource: line.resource ?? null,
      account: account ?? null,
    },
  }
}

const pageSize = 500

async function* inPages(records: readonly RawUsageRecord[]): AsyncGenerator<readonly RawUsageRecord[]> {
  for (let start = 0; start < records.length; start += pageSize) yield records.slice(start, start + pageSize)
}
