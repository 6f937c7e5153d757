import type { TenantContext } from '#app/db/context.server.ts'

/** One document that is being written. */
export type DraftListItem = {
  readonly id: string
  readonly documentType: 'invoice' | 'debit-note' | 'pro-forma'
  readonly buyerName: string
  readonly lines: number
  readonly changedAt: Date
}

/** Open drafts, those changed last first, at most 200. */
export async function listDocumentDrafts(ctx: TenantContext): Promise<DraftListItem[]> {
  return ctx.db.$queryRaw<DraftListItem[]>`
    select id, document_type as "documentType", content -> 'buyer' ->> 'name' as "buyerName",
      jsonb_array_length(content -> 'lines') as lines, changed_at as "changedAt"
    from document_drafts where tenant_id = ${ctx.tenantId}::uuid and state = 'open' order by changed_at desc, id desc limit 200`
}

export type NamedProduct = { readonly id: string; readonly name: Readonly<Record<string, string>> }

/** What a line of a document may be about: products for sale, at most 500. */
export async function listLineProducts(ctx: TenantContext): Promise<NamedProduct[]> {
  return ctx.db.$queryRaw<NamedProduct[]>`
    select id, name from products where tenant_id = ${ctx.tenantId}::uuid and status = 'published' order by code limit 500`
}

export type NamedAccount = { readonly id: string; readonly name: string }

/** Accounts that a document can be written to: those with a contract of their own, by name, at most 1000. */
export async function listPayers(ctx: TenantContext): Promise<NamedAccount[]> {
  return ctx.db.$queryRaw<NamedAccount[]>`
    select a.id, a.name from accounts a join contracts c on c.tenant_id = a.tenant_id and c.account_id = a.id
    where a.tenant_id = ${ctx.tenantId}::uuid order by lower(a.name), a.id limit 1000`
}
