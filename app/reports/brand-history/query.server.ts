import type { TenantContext } from '#app/db/context.server.ts'

export type PublishedVersion = {
  readonly number: number
  readonly publishedAt: Date
  /** A person's name, or what published on its own. */
  readonly author: string
  readonly restoredFrom: number | null
  readonly name: string
  readonly accent: string
  /** Legal pages that got a new text with it, by page, with their numbers. */
  readonly legal: readonly { readonly page: string; readonly number: number }[]
}

const most = 100

/** What the seller has worn, newest first; the last hundred versions. */
export function readBrandHistory(ctx: TenantContext): Promise<PublishedVersion[]> {
  return ctx.db.$queryRaw<PublishedVersion[]>`
    select v.number, v.published_at as "publishedAt", coalesce(u.name, v.published_by) as author, v.restored_from as "restoredFrom",
      v.content ->> 'name' as name, v.content -> 'look' ->> 'accent' as accent,
      coalesce((select json_agg(json_build_object('page', l.page, 'number', l.number) order by l.page) from legal_versions l
        where l.tenant_id = v.tenant_id and l.brand_number = v.number), '[]') as legal
    from brand_versions v left join users u on u.tenant_id = v.tenant_id and u.id::text = v.published_by
    where v.tenant_id = ${ctx.tenantId}::uuid order by v.number desc limit ${most}`
}

/** Who is behind a stored author: a person's name, else the text itself. */
export async function readAuthor(ctx: TenantContext, author: string): Promise<string> {
  const rows = await ctx.db.$queryRaw<{ name: string }[]>`
    select u.name from users u where u.tenant_id = ${ctx.tenantId}::uuid and u.id::text = ${author}`
  return rows[0]?.name ?? author
}
