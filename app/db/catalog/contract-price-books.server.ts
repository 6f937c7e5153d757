import { type ContractLayer, contractLayers, rulesOfLayers } from '#app/domain/pricing/contract-layers.ts'
import type { PriceLayer } from '#app/domain/pricing/price-rule.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { readPriceRules, type StoredPriceRule } from './catalog.server.ts'

type LayerRow = {
  readonly contractId: string
  readonly baseBookId: string
  readonly currency: string
  readonly isOfLevel: boolean
  readonly isPublic: boolean
  readonly dated: readonly { readonly bookId: string; readonly layer: PriceLayer; readonly fromMs: number; readonly toMs: number | null }[]
}

/**
 * The prices of each of `contractIds`, every version ever in force: those of its own prices (layer 0), its contract's book
 * (1), its partner level (2) and its channel's catalog (3), each cut to the dates of its layer. A price in another currency
 * than the contract's is no price of it. Contracts with the same layers share one list.
 */
export async function readContractRules(
  ctx: TenantContext,
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredPriceRule[]>> {
  const contracts = await readLayers(ctx, contractIds)
  const bookIds = new Set(contracts.flatMap(({ layers }) => layers.map((layer) => layer.priceBookId)))
  const byBook = new Map<string, StoredPriceRule[]>([...bookIds].map((id) => [id, []]))
  for (const rule of await readPriceRules(ctx, [...bookIds])) byBook.get(rule.priceBookId)?.push(rule)
  const known = new Map<string, readonly StoredPriceRule[]>()
  const rulesOf = ({ currency, layers }: LayeredContract) => {
    const key = JSON.stringify([currency, layers])
    const found = known.get(key)
    if (found) return found
    const made = rulesOfLayers(layers, (bookId) => (byBook.get(bookId) ?? []).filter((rule) => rule.currency === currency))
    known.set(key, made)
    return made
  }
  return new Map(contracts.map((contract) => [contract.contractId, rulesOf(contract)]))
}

/** The prices of one contract; none when it is not there. */
export async function readRulesOfContract(ctx: TenantContext, contractId: string): Promise<readonly StoredPriceRule[]> {
  return (await readContractRules(ctx, [contractId])).get(contractId) ?? []
}

type LayeredContract = { readonly contractId: string; readonly currency: string; readonly layers: readonly ContractLayer[] }

async function readLayers(ctx: TenantContext, contractIds: readonly string[]): Promise<LayeredContract[]> {
  if (contractIds.length === 0) return []
  const rows = await ctx.db.$queryRaw<LayerRow[]>`
    select c.id as "contractId", c.price_book_id as "baseBookId", c.currency, b.partner_level_id is not null as "isOfLevel",
      b.is_public as "isPublic", coalesce(jsonb_agg(jsonb_build_object('bookId', l.price_book_id, 'layer', l.layer,
        'fromMs', (extract(epoch from l.valid_from) * 1000)::bigint, 'toMs', (extract(epoch from l.valid_to) * 1000)::bigint)
        order by l.layer, l.valid_from, l.id) filter (where l.id is not null), '[]') as dated
    from contracts c
    join price_books b on b.tenant_id = c.tenant_id and b.id = c.price_book_id
    left join contract_price_books l on l.tenant_id = c.tenant_id and l.contract_id = c.id
    where c.tenant_id = ${ctx.tenantId}::uuid and c.id = any (${contractIds}::uuid[])
    group by c.id, c.price_book_id, c.currency, b.partner_level_id, b.is_public
    order by c.id`
  return rows.map(({ contractId, currency, baseBookId, isOfLevel, isPublic, dated }) => ({
    contractId,
    currency,
    layers: contractLayers(
      { priceBookId: baseBookId, isOfLevel, isPublic },
      dated.map(({ bookId, layer, fromMs, toMs }) => ({
        priceBookId: bookId,
        layer,
        validFrom: new Date(fromMs),
        validTo: toMs === null ? null : new Date(toMs),
      })),
    ),
  }))
}

export type SetLayerInput = {
  readonly accountId: string
  readonly contractId: string
  readonly priceBookId: string
  readonly layer: PriceLayer
  readonly validFrom: Date
  readonly reason: string
}

/**
 * Lets `priceBookId` be the layer of the contract from `validFrom` on, without end: what was in force then ends there, what
 * was to begin later begins with this book instead. What the layer was before stays as it was.
 */
export async function setContractLayer(ctx: TenantContext, input: SetLayerInput): Promise<void> {
  const { accountId, contractId, priceBookId, layer, validFrom, reason } = input
  const createdBy = actorName(ctx.actor)
  await ctx.db.$executeRaw`
    update contract_price_books set price_book_id = ${priceBookId}::uuid, reason = ${reason}
    where tenant_id = ${ctx.tenantId}::uuid and contract_id = ${contractId}::uuid and layer = ${layer} and valid_from >= ${validFrom}`
  await ctx.db.$executeRaw`
    update contract_price_books set valid_to = ${validFrom}
    where tenant_id = ${ctx.tenantId}::uuid and contract_id = ${contractId}::uuid and layer = ${layer} and valid_from < ${validFrom}
      and (valid_to is null or valid_to > ${validFrom})`
  await ctx.db.$executeRaw`
    insert into contract_price_books (tenant_id, id, account_id, contract_id, price_book_id, layer, valid_from, valid_to, reason, created_by,
      created_at)
    select ${ctx.tenantId}::uuid, ${newId()}::uuid, ${accountId}::uuid, ${contractId}::uuid, ${priceBookId}::uuid, ${layer}, ${validFrom},
      (select min(valid_from) from contract_price_books
       where tenant_id = ${ctx.tenantId}::uuid and contract_id = ${contractId}::uuid and layer = ${layer} and valid_from >= ${validFrom}),
      ${reason}, ${createdBy}, ${ctx.now}
    where not exists (select 1 from contract_price_books
      where tenant_id = ${ctx.tenantId}::uuid and contract_id = ${contractId}::uuid and layer = ${layer} and valid_from = ${validFrom})`
}
