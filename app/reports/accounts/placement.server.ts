import { catalogOfBuyer, listedIn } from '#app/db/catalog/buyer-catalog.server.ts'
import { readPricedContracts } from '#app/db/catalog/catalog-prices.server.ts'
import { readBuyerFacts, readCatalogs, readChannels } from '#app/db/catalog/catalogs.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { Placement } from './shape.ts'

/** Where an account is placed, what could be chosen, and which catalog it sees by that; null when there is no such account. */
export async function readPlacement(ctx: TenantContext, accountId: string): Promise<Placement | null> {
  const { db, tenantId } = ctx
  const account = await db.account.findUnique({
    where: { tenantId_id: { tenantId, id: accountId } },
    select: { channelId: true, segment: true, parentAccountId: true },
  })
  const facts = await readBuyerFacts(ctx, accountId)
  if (!account || !facts) return null
  const channels = await readChannels(ctx)
  const catalogs = new Map((await readCatalogs(ctx)).map(({ id, name }) => [id, name]))
  const segments = [...new Set(channels.flatMap(({ segment }) => segment ?? []))].sort()
  return {
    channelId: account.channelId,
    segment: account.segment,
    isDepartment: account.parentAccountId !== null,
    channels: channels.map(({ id, name, catalogId }) => ({ id, name, catalog: catalogs.get(catalogId) ?? '' })),
    segments,
    sees: await readSeen(ctx, accountId, { facts, channels, catalogs }),
  }
}

type Known = {
  readonly facts: NonNullable<Awaited<ReturnType<typeof readBuyerFacts>>>
  readonly channels: Awaited<ReturnType<typeof readChannels>>
  readonly catalogs: ReadonlyMap<string, string>
}

async function readSeen(ctx: TenantContext, accountId: string, { facts, channels, catalogs }: Known): Promise<Placement['sees']> {
  const { db, tenantId } = ctx
  const choice = await catalogOfBuyer(ctx, facts)
  if (!choice) return null
  const products = await db.product.findMany({
    where: { tenantId, kind: 'plan', status: 'published' },
    select: { id: true, code: true, position: true },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    take: 10_000,
  })
  const { reason } = choice
  const contract = (await readPricedContracts(ctx, [accountId])).find((row) => row.accountId === accountId)
  const begun = contract?.layerFrom && contract.layerFrom <= ctx.now ? contract.layerBookId : null
  const bookId = begun ?? contract?.listBookId ?? null
  const book = bookId ? await db.priceBook.findUnique({ where: { tenantId_id: { tenantId, id: bookId } }, select: { name: true } }) : null
  return {
    catalog: catalogs.get(choice.catalogId) ?? '',
    plans: (await listedIn(ctx, choice, products)).length,
    reason: reason.kind,
    channel: 'channelId' in reason ? (channels.find(({ id }) => id === reason.channelId)?.name ?? null) : null,
    matched: 'matched' in reason ? reason.matched : [],
    book: book?.name ?? null,
  }
}
