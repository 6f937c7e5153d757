import type { BrandContent, BrandLanguage, LegalPage } from '#app/domain/brand/brand-content.ts'
import type { PlainSeller } from '#app/domain/brand/neutral-brand.ts'
import { asSystem, type TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'

/** A seller with the number of the brand it has published; null when there is none. */
export type BrandStanding = PlainSeller & {
  readonly tenantId: string
  readonly slug: string
  readonly currency: string
  readonly timeZone: string
  readonly number: number | null
}

/** What the seller `slug` wears at this moment, by number. Reads across tenants; null for a slug that is nobody's. */
export function brandStanding(slug: string): Promise<BrandStanding | null> {
  return asSystem('brand of a seller', async (db) => {
    const rows = await db.$queryRaw<BrandStanding[]>`
      select t.tenant_id as "tenantId", t.slug, t.legal_name as "legalName", t.language, t.country, t.currency, t.time_zone as "timeZone",
        t.vat_id as "vatId", t.address_lines as "addressLines", t.email,
        (select max(v.number) from brand_versions v where v.tenant_id = t.tenant_id) as number
      from tenants t where t.slug = ${slug} order by t.tenant_id limit 1`
    return rows[0] ?? null
  })
}

export type StoredBrand = { readonly content: BrandContent; readonly cardPicture: string | null; readonly publishedAt: Date }

/** A published version of any seller. Reads across tenants. */
export function publishedBrand(tenantId: string, number: number): Promise<StoredBrand | null> {
  return asSystem('brand of a seller', async (db) => {
    const select = { content: true, cardPicture: true, publishedAt: true } as const
    const row = await db.brandVersion.findUnique({ where: { tenantId_number: { tenantId, number } }, select })
    return row && { ...row, content: row.content as unknown as BrandContent }
  })
}

/** A picture of any seller by its name. Reads across tenants. */
export function brandPicture(tenantId: string, name: string): Promise<Uint8Array | null> {
  return asSystem('picture of a brand', async (db) => {
    const row = await db.brandPicture.findUnique({ where: { tenantId_name: { tenantId, name } }, select: { content: true } })
    return row?.content ?? null
  })
}

export type BrandPictureRow = { readonly name: string; readonly content: Uint8Array }

/** Keeps pictures; one that is there already stays, for its name is its content. */
export async function keepPictures(ctx: TenantContext, pictures: readonly BrandPictureRow[]): Promise<void> {
  const data = pictures.map(({ name, content }) => ({
    tenantId: ctx.tenantId,
    name,
    content: new Uint8Array(content),
    createdAt: ctx.now,
  }))
  await ctx.db.brandPicture.createMany({ data, skipDuplicates: true })
}

export type BrandDraft = {
  readonly content: BrandContent
  readonly revision: number
  readonly changedBy: string
  readonly changedAt: Date
}

/** What somebody works on and nobody wears yet; null when nothing is. */
export async function findBrandDraft(ctx: TenantContext): Promise<BrandDraft | null> {
  const select = { content: true, revision: true, changedBy: true, changedAt: true } as const
  const row = await ctx.db.brandDraft.findUnique({ where: { tenantId: ctx.tenantId }, select })
  return row && { ...row, content: row.content as unknown as BrandContent }
}

type SavedDraft = { readonly content: BrandContent; readonly changedBy: string; readonly revision: number }

/** Saves the draft when the one that stands has `revision`, 0 for none; false when somebody else was faster. */
export async function saveBrandDraftRow(ctx: TenantContext, { content, changedBy, revision }: SavedDraft): Promise<boolean> {
  const saved = await ctx.db.$executeRaw`
    insert into brand_drafts as d (tenant_id, content, revision, changed_by, changed_at)
    select ${ctx.tenantId}::uuid, ${JSON.stringify(content)}::jsonb, ${revision + 1}, ${changedBy}, ${ctx.now}
    where ${revision} = 0 or exists (select 1 from brand_drafts e where e.tenant_id = ${ctx.tenantId}::uuid)
    on conflict (tenant_id) do update
    set content = excluded.content, revision = excluded.revision, changed_by = excluded.changed_by, changed_at = excluded.changed_at
    where d.revision = ${revision}`
  return saved === 1
}

/** Forgets the draft when it has `revision`; false when somebody else has changed it. */
export async function dropBrandDraft(ctx: TenantContext, revision: number): Promise<boolean> {
  const { count } = await ctx.db.brandDraft.deleteMany({ where: { tenantId: ctx.tenantId, revision } })
  return count === 1
}

export type BrandVersionRow = StoredBrand & { readonly number: number; readonly restoredFrom: number | null; readonly publishedBy: string }

const versionColumns = { number: true, content: true, cardPicture: true, restoredFrom: true, publishedBy: true, publishedAt: true } as const

/** One published version of the tenant, the newest without `number`; null when there is none. */
export async function findBrandVersion(ctx: TenantContext, number?: number): Promise<BrandVersionRow | null> {
  const where = { tenantId: ctx.tenantId, ...(number === undefined ? {} : { number }) }
  const row = await ctx.db.brandVersion.findFirst({ where, orderBy: { number: 'desc' }, select: versionColumns })
  return row && { ...row, content: row.content as unknown as BrandContent }
}

export type NewBrandVersion = {
  readonly number: number
  readonly content: BrandContent
  readonly cardPicture: string | null
  readonly restoredFrom: number | null
  readonly publishedBy: string
}

/** Adds a version; false when its number is taken. */
export async function insertBrandVersion(ctx: TenantContext, version: NewBrandVersion): Promise<boolean> {
  const content = version.content as unknown as Prisma.InputJsonObject
  const { count } = await ctx.db.brandVersion.createMany({
    data: [{ ...version, content, tenantId: ctx.tenantId, publishedAt: ctx.now }],
    skipDuplicates: true,
  })
  return count === 1
}

export type LegalTexts = Partial<Record<BrandLanguage, string>>
export type LegalVersionRow = { readonly page: LegalPage; readonly number: number; readonly texts: LegalTexts; readonly publishedAt: Date }

/** A version of a legal page, the newest without `number`; null when there is none. */
export async function findLegalVersion(ctx: TenantContext, page: LegalPage, number?: number): Promise<LegalVersionRow | null> {
  const where = { tenantId: ctx.tenantId, page, ...(number === undefined ? {} : { number }) }
  const select = { number: true, texts: true, publishedAt: true } as const
  const row = await ctx.db.legalVersion.findFirst({ where, orderBy: { number: 'desc' }, select })
  return row && { page, number: row.number, texts: row.texts as LegalTexts, publishedAt: row.publishedAt }
}

type NewLegalVersion = { readonly page: LegalPage; readonly number: number; readonly texts: LegalTexts; readonly brandNumber: number }

/** Adds versions of legal pages. */
export async function insertLegalVersions(ctx: TenantContext, versions: readonly NewLegalVersion[]): Promise<void> {
  await ctx.db.legalVersion.createMany({ data: versions.map((row) => ({ ...row, tenantId: ctx.tenantId, publishedAt: ctx.now })) })
}
