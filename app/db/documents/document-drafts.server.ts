import { DraftContent, type StoredDraftContent } from '#app/domain/invoice/document-draft.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { openLines, sealLines } from '../sealing/sealed-fields.server.ts'

export type DraftedType = 'invoice' | 'debit-note' | 'pro-forma'

export type DocumentDraftRow = {
  readonly id: string
  readonly accountId: string
  readonly contractId: string
  readonly documentType: DraftedType
  /** The document a debit note changes, or the one an invoice takes over: a pro-forma, or one that was credited. */
  readonly refersToId: string | null
  readonly state: 'open' | 'issued' | 'discarded'
  readonly version: number
  readonly content: DraftContent
  readonly invoiceId: string | null
}

export type NewDocumentDraft = Pick<DocumentDraftRow, 'accountId' | 'contractId' | 'documentType' | 'refersToId'> & {
  readonly content: StoredDraftContent
}

/** The content as it is stored: the buyer's address is sealed. */
function stored(ctx: TenantContext, id: string, content: StoredDraftContent): string {
  const addressLines = sealLines(ctx, 'document_drafts.content', id, content.buyer.addressLines)
  return JSON.stringify({ ...content, buyer: { ...content.buyer, addressLines } })
}

function opened(ctx: TenantContext, id: string, content: StoredDraftContent): StoredDraftContent {
  const addressLines = [...openLines(ctx, 'document_drafts.content', id, content.buyer.addressLines)]
  return { ...content, buyer: { ...content.buyer, addressLines } }
}

/** Saves a new draft and returns its id. */
export async function insertDocumentDraft(ctx: TenantContext, draft: NewDocumentDraft): Promise<string> {
  const id = newId()
  await ctx.db.$executeRaw`
    insert into document_drafts (tenant_id, id, account_id, contract_id, document_type, refers_to_id, state, version, content, created_at, changed_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${draft.accountId}::uuid, ${draft.contractId}::uuid, ${draft.documentType},
      ${draft.refersToId}::uuid, 'open', 1, ${stored(ctx, id, draft.content)}::jsonb, ${ctx.now}, ${ctx.now})`
  return id
}

/** A draft; undefined when the scope holds no such one. */
export async function readDocumentDraft(ctx: TenantContext, id: string): Promise<DocumentDraftRow | undefined> {
  const [row] = await ctx.db.$queryRaw<(Omit<DocumentDraftRow, 'content'> & { readonly content: StoredDraftContent })[]>`
    select id, account_id as "accountId", contract_id as "contractId", document_type as "documentType", refers_to_id as "refersToId", state,
      version, content, invoice_id as "invoiceId"
    from document_drafts where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
  return row && { ...row, content: DraftContent.parse(opened(ctx, id, row.content)) }
}

/** Whether a draft that was not discarded takes `invoiceId` over already. */
export async function isTakenOver(ctx: TenantContext, invoiceId: string): Promise<boolean> {
  const [row] = await ctx.db.$queryRaw<{ isTaken: boolean }[]>`
    select exists (select from document_drafts where tenant_id = ${ctx.tenantId}::uuid and refers_to_id = ${invoiceId}::uuid
      and document_type = 'invoice' and state <> 'discarded') as "isTaken"`
  return row?.isTaken ?? false
}

/** Writes `content` over an open draft; false when it is no longer the version that was read. */
export async function saveDocumentDraft(
  ctx: TenantContext,
  draft: { readonly id: string; readonly version: number; readonly content: StoredDraftContent },
): Promise<boolean> {
  const saved = await ctx.db.$executeRaw`
    update document_drafts set content = ${stored(ctx, draft.id, draft.content)}::jsonb, version = version + 1, changed_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${draft.id}::uuid and version = ${draft.version} and state = 'open'`
  return saved > 0
}

/** Ends an open draft, with the document it became if any; false when it is not open, or not the version that was read. */
export async function closeDocumentDraft(
  ctx: TenantContext,
  draft: { readonly id: string; readonly version: number; readonly invoiceId: string | null },
): Promise<boolean> {
  const closed = await ctx.db.$executeRaw`
    update document_drafts set state = ${draft.invoiceId === null ? 'discarded' : 'issued'}, invoice_id = ${draft.invoiceId}::uuid,
      version = version + 1, changed_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${draft.id}::uuid and version = ${draft.version} and state = 'open'`
  return closed > 0
}

/** The contract that `accountId` is charged under: its own, or its enterprise's. */
export async function contractOfAccount(ctx: TenantContext, accountId: string): Promise<string | undefined> {
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    select c.id from accounts a join contracts c on c.tenant_id = a.tenant_id and c.account_id in (a.id, a.parent_account_id)
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${accountId}::uuid order by c.account_id = a.id desc limit 1`
  return row?.id
}
