import { audit } from '#app/db/audit.server.ts'
import { insertCatalog, insertChannel, type NewChannel } from '#app/db/catalog/catalogs.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import type { AffinityFacts } from '#app/domain/catalog/affinity.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { followCatalog } from './follow-catalog.server.ts'

/** The catalog everything is in, and the channel of everybody nothing else is said about. Safe to repeat. */
export async function openReferenceCatalog(
  ctx: TenantContext,
  names: { readonly catalog: string; readonly channel: string },
): Promise<{ catalogId: string }> {
  const { tenantId } = ctx
  const known = await ctx.db.catalog.findFirst({
    where: { tenantId, isReference: true },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
  })
  const catalogId = known?.id ?? (await insertCatalog(ctx, { code: 'reference', name: names.catalog, isReference: true }))
  const channels = await ctx.db.channel.count({ where: { tenantId } })
  const everybody = { segment: null, countries: [], currencies: [], isDefault: true }
  if (channels === 0) await insertChannel(ctx, { code: 'direct', name: names.channel, catalogId, ...everybody })
  return { catalogId }
}

/** Adds a catalog of a channel. It is empty: what it shows comes by revisions. */
export async function addCatalog(
  ctx: TenantContext,
  { code, name }: { readonly code: string; readonly name: string },
): Promise<Result<{ catalogId: string }, 'code-taken'>> {
  if ((await ctx.db.catalog.count({ where: { tenantId: ctx.tenantId, code } })) > 0) return err('code-taken')
  const catalogId = await insertCatalog(ctx, { code, name, isReference: false })
  await audit(ctx, { action: 'catalog.added', subjectKind: 'catalog', subjectId: catalogId, detail: { code } })
  return ok({ catalogId })
}

export type AddChannelError = 'code-taken' | 'catalog-not-found' | 'unknown-currency' | 'unknown-country'

/** Adds a channel that sells from a catalog; whom it fits is priced by that from now on. The default channel is the one of visitors. */
export async function addChannel(ctx: TenantContext, channel: NewChannel): Promise<Result<null, AddChannelError>> {
  const { tenantId } = ctx
  if (!channel.currencies.every(isCurrency)) return err('unknown-currency')
  if (!channel.countries.every((country) => /^[A-Z]{2}$/.test(country))) return err('unknown-country')
  if ((await ctx.db.catalog.count({ where: { tenantId, id: channel.catalogId } })) === 0) return err('catalog-not-found')
  if (!(await insertChannel(ctx, channel))) return err('code-taken')
  await followCatalog(ctx, { accountIds: null, from: ctx.now })
  await audit(ctx, { action: 'channel.added', subjectKind: 'channel', subjectId: channel.code, detail: { catalogId: channel.catalogId } })
  return ok(null)
}

export type AddAffinityError = 'nothing-asked' | 'catalog-not-found' | 'level-not-found'

/** Adds a rule that gives a catalog, with its prices from now on, to buyers of a partner level, segment or country. */
export async function addAffinity(
  ctx: TenantContext,
  affinity: Omit<AffinityFacts, 'id'>,
): Promise<Result<{ affinityId: string }, AddAffinityError>> {
  const { tenantId, now } = ctx
  const { partnerLevelId, segment, country, catalogId } = affinity
  if (partnerLevelId === null && segment === null && country === null) return err('nothing-asked')
  if ((await ctx.db.catalog.count({ where: { tenantId, id: catalogId } })) === 0) return err('catalog-not-found')
  if (partnerLevelId && (await ctx.db.partnerLevel.count({ where: { tenantId, id: partnerLevelId } })) === 0) return err('level-not-found')
  const affinityId = newId()
  await ctx.db.catalogAffinity.createMany({ data: [{ tenantId, id: affinityId, ...affinity, createdAt: now }] })
  await followCatalog(ctx, { accountIds: null, from: ctx.now })
  await audit(ctx, { action: 'affinity.added', subjectKind: 'catalog', subjectId: catalogId, detail: { partnerLevelId, segment, country } })
  return ok({ affinityId })
}

/** Takes such a rule away. */
export async function removeAffinity(ctx: TenantContext, affinityId: string): Promise<Result<null, 'not-found'>> {
  const { count } = await ctx.db.catalogAffinity.deleteMany({ where: { tenantId: ctx.tenantId, id: affinityId } })
  if (count === 0) return err('not-found')
  await followCatalog(ctx, { accountIds: null, from: ctx.now })
  await audit(ctx, { action: 'affinity.removed', subjectKind: 'catalog-affinity', subjectId: affinityId })
  return ok(null)
}

export type PlaceAccountInput = { readonly accountId: string; readonly channelId: string | null; readonly segment: string | null }

/**
 * Puts an account in a channel, or lets the rules decide again. Segment is what rules and channels ask for. From now on the
 * account sees another catalog, and is priced by the book of that where it has one.
 */
export async function placeAccount(
  ctx: TenantContext,
  { accountId, channelId, segment }: PlaceAccountInput,
): Promise<Result<null, 'account-not-found' | 'channel-not-found'>> {
  const { tenantId } = ctx
  if (channelId && (await ctx.db.channel.count({ where: { tenantId, id: channelId, status: 'active' } })) === 0)
    return err('channel-not-found')
  const { count } = await ctx.db.account.updateMany({ where: { tenantId, id: accountId }, data: { channelId, segment } })
  if (count === 0) return err('account-not-found')
  await followCatalog(ctx, { accountIds: [accountId], from: ctx.now })
  await audit(ctx, { action: 'account.placed', subjectKind: 'account', subjectId: accountId, detail: { channelId, segment } })
  return ok(null)
}
