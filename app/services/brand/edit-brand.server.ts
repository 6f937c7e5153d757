import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  type BrandPictureRow,
  dropBrandDraft,
  findBrandDraft,
  findBrandVersion,
  keepPictures,
  saveBrandDraftRow,
} from '#app/db/sellers/brands.server.ts'
import { BrandContent } from '#app/domain/brand/brand-content.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** What the editor shows: the draft, else what is worn. */
export type BrandDesk = {
  readonly content: BrandContent
  /** What a save must name, so that nobody overwrites another one's work; 0 while there is no draft. */
  readonly revision: number
  readonly draft: { readonly changedBy: string; readonly changedAt: Date } | null
  readonly published: { readonly number: number; readonly publishedAt: Date } | null
}

/** The brand as it is worked on. `neutral` is worn by a seller that has published none. */
export async function openBrandDesk(ctx: TenantContext, neutral: BrandContent): Promise<BrandDesk> {
  const draft = await findBrandDraft(ctx)
  const published = await findBrandVersion(ctx)
  return {
    content: draft?.content ?? published?.content ?? neutral,
    revision: draft?.revision ?? 0,
    draft: draft && { changedBy: draft.changedBy, changedAt: draft.changedAt },
    published: published && { number: published.number, publishedAt: published.publishedAt },
  }
}

export type SaveBrandInput = {
  readonly neutral: BrandContent
  readonly revision: number
  /** What is typed anew; the rest of the draft stays. */
  readonly change: Partial<BrandContent>
  /** Pictures that the change names and nobody keeps yet. */
  readonly pictures?: readonly BrandPictureRow[]
}
export type SaveBrandError = 'changed-meanwhile' | 'brand-invalid'

/** Saves a part of the brand in the draft; nobody wears it before it is published. Returns the draft's new revision. */
export async function saveBrandDraft(ctx: TenantContext, input: SaveBrandInput): Promise<Result<number, SaveBrandError>> {
  const { neutral, revision, change, pictures = [] } = input
  const desk = await openBrandDesk(ctx, neutral)
  if (desk.revision !== revision) return err('changed-meanwhile')
  const content = BrandContent.safeParse({ ...desk.content, ...change })
  if (!content.success) return err('brand-invalid')
  await keepPictures(ctx, pictures)
  const isSaved = await saveBrandDraftRow(ctx, { content: content.data, changedBy: actorName(ctx.actor), revision })
  return isSaved ? ok(revision + 1) : err('changed-meanwhile')
}

/** Throws the draft away: the editor shows what is worn again. */
export async function discardBrandDraft(ctx: TenantContext, revision: number): Promise<Result<null, 'changed-meanwhile'>> {
  if (!(await dropBrandDraft(ctx, revision))) return err('changed-meanwhile')
  await audit(ctx, { action: 'brand.draft-discarded', subjectKind: 'tenant', subjectId: ctx.tenantId })
  return ok(null)
}
