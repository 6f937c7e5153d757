import { placeName } from '#app/db/cloud/place-name.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { BackupSchedule } from '#app/domain/cloud/backup-schedule.ts'
import { ServerSpec, type ThingKind, type ThingSpec, thingSpecs } from '#app/domain/cloud/resource-specs.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal } from '#app/domain/money/money.ts'
import { Uuid } from '#app/domain/shared/ids.ts'
import { offsetOf, pageSize } from '../paging.ts'
import { sellerMonth } from '../seller-month.server.ts'
import type { ServerChoice, ServerSurroundings, ThingDetail, ThingList, ThingOf, ThingRow, ThingState } from './shape.ts'

type Row = {
  id: string
  kind: string
  accountId: string
  name: string
  state: ThingState
  zone: string
  place: string
  address: string | null
  pendingAction: string | null
  spec: Record<string, unknown>
  createdAt: Date
  serverId: string | null
  serverName: string | null
  amount: string
  currency: string
  total: number
}

type Ask = {
  readonly kinds: readonly string[]
  readonly id?: string
  readonly serverId?: string
  /** Only what was made before this one. */
  readonly before?: string | undefined
  readonly offset: number
  readonly limit: number
}

/** Things of one kind as far as the scope sees them, newest first; what is gone is left out. */
export async function listThings<Kind extends ThingKind>(
  ctx: TenantContext,
  { kind, page }: { readonly kind: Kind; readonly page: number },
): Promise<ThingList<Kind>> {
  const rows = await readRows(ctx, { kinds: [kind], offset: offsetOf(page), limit: pageSize })
  return { rows: rows.map((row) => toThing(row, kind)), total: rows[0]?.total ?? 0, page, pageSize }
}

/** Things of one kind, newest first, `limit` at a time; a cursor is the id of the last one, and one that is not ours begins at the newest. */
export async function listThingsAfter<Kind extends ThingKind>(
  ctx: TenantContext,
  { kind, cursor, limit }: { readonly kind: Kind; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ rows: ThingOf<Kind>[]; nextCursor: string | null }> {
  const before = Uuid.safeParse(cursor).success ? cursor : undefined
  const found = await readRows(ctx, { kinds: [kind], before, offset: 0, limit: limit + 1 })
  const page = found.slice(0, limit)
  const rows = page.map((row) => ({ ...toThing(row, kind), accountId: row.accountId }))
  return { rows, nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null }
}

/** One thing; null when the scope has none such of that kind. */
export async function readThing<Kind extends ThingKind>(
  ctx: TenantContext,
  { kind, id }: { readonly kind: Kind; readonly id: string },
): Promise<ThingDetail<Kind> | null> {
  const [row] = await readRows(ctx, { kinds: [kind], id, offset: 0, limit: 1 })
  return row ? { ...toThing(row, kind), accountId: row.accountId, problem: await lastProblem(ctx, id) } : null
}

const mostChoices = 500

/** Servers in scope that things can be tied to, by name; of one account and place where these are given. */
export async function listServerChoices(
  ctx: TenantContext,
  of: { readonly accountId?: string; readonly location?: string } = {},
): Promise<ServerChoice[]> {
  const servers = await ctx.db.resource.findMany({
    where: {
      tenantId: ctx.tenantId,
      kind: 'server',
      isManaged: true,
      state: { in: ['running', 'stopped'] },
      ...(of.accountId ? { accountId: of.accountId } : {}),
      ...(of.location ? { zone: of.location } : {}),
    },
    select: { id: true, name: true, zone: true, accountId: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: mostChoices,
  })
  return servers.map(({ zone, ...server }) => ({ ...server, location: zone }))
}

/** What a server has around it; null when the scope has none such. */
export async function readSurroundings(ctx: TenantContext, serverId: string): Promise<ServerSurroundings | null> {
  const { tenantId } = ctx
  const server = await ctx.db.resource.findUnique({
    where: { tenantId_id: { tenantId, id: serverId } },
    select: { kind: true, name: true, accountId: true, zone: true, spec: true },
  })
  if (server?.kind !== 'server') return null
  const spec = ServerSpec.parse(server.spec)
  const rows = await readRows(ctx, { kinds: ['backup', 'volume', 'address', 'network'], serverId, offset: 0, limit: mostChoices })
  const schedule = await ctx.db.backupSchedule.findUnique({ where: { tenantId_resourceId: { tenantId, resourceId: serverId } } })
  const of = <Kind extends ThingKind>(kind: Kind) => rows.filter((row) => row.kind === kind).map((row) => toThing(row, kind))
  return {
    name: server.name,
    accountId: server.accountId,
    location: server.zone,
    image: spec.image,
    firewall: spec.firewall,
    reverseName: spec.reverseName,
    problem: await lastProblem(ctx, serverId),
    schedule: schedule && {
      ...BackupSchedule.parse({ every: schedule.every, hour: schedule.hour, keep: schedule.keep }),
      nextAt: schedule.nextAt,
    },
    backups: of('backup'),
    volumes: of('volume'),
    addresses: of('address'),
    networks: of('network'),
  }
}

/** Why the cloud did not do what was asked of a resource last; null when it did, or has not answered yet. */
async function lastProblem(ctx: TenantContext, resourceId: string): Promise<string | null> {
  const last = await ctx.db.cloudDeed.findFirst({
    where: { tenantId: ctx.tenantId, resourceId },
    select: { problem: true },
    orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
  })
  return last?.problem ?? null
}

async function readRows(ctx: TenantContext, { kinds, id, serverId, before, offset, limit }: Ask): Promise<Row[]> {
  const { month } = await sellerMonth(ctx)
  return ctx.db.$queryRaw<Row[]>`
    select r.id, r.kind, r.account_id as "accountId", r.name, r.state, r.zone, ${placeName} as place, r.address, r.pending_action as "pendingAction", r.spec,
      r.created_at as "createdAt", s.id as "serverId", s.name as "serverName", coalesce(cost.amount, 0)::text as amount,
      coalesce(k.currency, t.currency) as currency, count(*) over ()::int as total
    from resources r
    join tenants t on t.tenant_id = r.tenant_id
    left join resources s on s.tenant_id = r.tenant_id and s.id = (r.spec ->> 'serverId')::uuid
    left join lateral (
      select own.currency from contracts own join accounts a on a.tenant_id = own.tenant_id and own.account_id in (a.id, a.parent_account_id)
      where a.tenant_id = r.tenant_id and a.id = r.account_id order by own.account_id = a.id desc limit 1
    ) k on true
    left join lateral (
      select sum(c.amount) as amount from charges c
      where c.tenant_id = r.tenant_id and c.account_id = r.account_id and c.resource_id = r.id and c.period_start >= ${month.start} and c.period_start < ${month.end}
        and c.currency = coalesce(k.currency, t.currency)
    ) cost on true
    where r.tenant_id = ${ctx.tenantId}::uuid and r.kind = any (${[...kinds]}::text[]) and r.state <> 'deleted'
      and (${id ?? null}::uuid is null or r.id = ${id ?? null}::uuid)
      and (${before ?? null}::uuid is null or r.id < ${before ?? null}::uuid)
      and (${serverId ?? null}::text is null or r.spec ->> 'serverId' = ${serverId ?? null} or r.spec -> 'serverIds' ? ${serverId ?? ''})
    order by r.id desc
    limit ${limit} offset ${offset}`
}

function toThing<Kind extends ThingKind>(row: Row, kind: Kind): ThingRow<Kind> {
  const { id, name, state, zone, place, address, pendingAction, createdAt } = row
  return {
    id,
    name,
    state,
    location: zone,
    place,
    address,
    pendingAction,
    createdAt,
    spec: thingSpecs[kind].parse(row.spec) as ThingSpec<Kind>,
    server: row.serverId && row.serverName ? { id: row.serverId, name: row.serverName } : null,
    costSoFar: fromDecimal(new Decimal(row.amount), row.currency),
  }
}
