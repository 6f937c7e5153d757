import { isDeepStrictEqual } from 'node:util'
import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  brandPicture,
  findBrandVersion,
  findLegalVersion,
  insertBrandVersion,
  insertLegalVersions,
  keepPictures,
} from '#app/db/sellers/brands.server.ts'
import { type BrandContent, legalPages } from '#app/domain/brand/brand-content.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { CleanPicture } from '#app/ports/picture-press.ts'
import type { BrandPorts } from './brand-ports.ts'
import { rowOf } from './store-pictures.server.ts'

/** Draws what stands for the store where a link to it is shared. `pictures` are those not kept yet. */
export async function drawCard(
  { press, cardColours, directionOf }: BrandPorts,
  { content, logo }: { readonly content: BrandContent; readonly logo: CleanPicture | null },
): Promise<CleanPicture> {
  const [language] = content.languages
  const card = await press.card({
    name: content.name,
    promise: content.texts[language]?.promise ?? content.name,
    direction: directionOf(language),
    logo,
    colours: cardColours(content.look),
  })
  return { content: card, kind: 'png' }
}

/** The light logo as it is kept. */
export async function keptLogo(tenantId: string, { logo: { light } }: BrandContent): Promise<CleanPicture | null> {
  const content = light ? await brandPicture(tenantId, light) : null
  return content && { content, kind: light?.endsWith('.svg') ? 'svg' : 'png' }
}

export type Publication = { readonly content: BrandContent; readonly card: CleanPicture; readonly restoredFrom: number | null }

/**
 * Makes `content` what the seller wears from now on, under the next number; legal pages whose text changed get a number of their own.
 * Returns the number. Refused with `published-meanwhile` when another publication took it.
 */
export async function publishContent(
  ctx: TenantContext,
  { content, card, restoredFrom }: Publication,
): Promise<Result<number, 'published-meanwhile'>> {
  const number = ((await findBrandVersion(ctx))?.number ?? 0) + 1
  const picture = rowOf(card)
  await keepPictures(ctx, [picture])
  const publishedBy = actorName(ctx.actor)
  if (!(await insertBrandVersion(ctx, { number, content, cardPicture: picture.name, restoredFrom, publishedBy })))
    return err('published-meanwhile')
  await publishLegal(ctx, content, number)
  const detail = { number, ...(restoredFrom === null ? {} : { restoredFrom }) }
  await audit(ctx, { action: 'brand.published', subjectKind: 'tenant', subjectId: ctx.tenantId, detail })
  return ok(number)
}

async function publishLegal(ctx: TenantContext, { legal }: BrandContent, brandNumber: number): Promise<void> {
  for (const page of legalPages) {
    const before = await findLegalVersion(ctx, page)
    const texts = legal[page] ?? {}
    const isUnchanged = isDeepStrictEqual(before?.texts ?? {}, texts)
    if (!isUnchanged) await insertLegalVersions(ctx, [{ page, number: (before?.number ?? 0) + 1, texts, brandNumber }])
  }
}
