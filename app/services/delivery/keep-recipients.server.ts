import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { deleteRecipient, listRecipients, savePreference, saveRecipient } from '#app/db/documents/delivery-recipients.server.ts'
import { type DeliveryPreference, mostRecipients, plainAddress, type RecipientDocument } from '#app/domain/delivery/recipients.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type KeepRecipientInput = {
  readonly accountId: string
  readonly name: string
  readonly email: string
  /** Null: the language of the document. */
  readonly language: string | null
  readonly documents: readonly RecipientDocument[]
}

/** Adds somebody to those an account's documents go to, or changes what that address is sent. Takes effect with the next document. */
export async function keepRecipient(ctx: TenantContext, input: KeepRecipientInput): Promise<Result<void, 'no-documents' | 'too-many'>> {
  if (input.documents.length === 0) return err('no-documents')
  const recipient = { ...input, email: plainAddress(input.email) }
  const others = (await listRecipients(ctx, input.accountId)).filter(({ email }) => email !== recipient.email)
  if (others.length >= mostRecipients) return err('too-many')
  await saveRecipient(ctx, recipient)
  await audit(ctx, {
    action: 'delivery.recipient-kept',
    subjectKind: 'account',
    subjectId: input.accountId,
    detail: { email: recipient.email, documents: [...input.documents] },
  })
  return ok(undefined)
}

export type RemoveRecipientInput = { readonly accountId: string; readonly recipientId: string }

/** Takes somebody off the list; without anybody documents go to the account's own address again. Safe to repeat. */
export async function removeRecipient(ctx: TenantContext, input: RemoveRecipientInput): Promise<void> {
  const email = await deleteRecipient(ctx, input)
  if (email)
    await audit(ctx, { action: 'delivery.recipient-removed', subjectKind: 'account', subjectId: input.accountId, detail: { email } })
}

export type KeepPreferenceInput = DeliveryPreference & { readonly accountId: string }

/** Notes whether an account's documents come inside the mail or as links, whether the electronic document comes with them, and whether lines stand by project. */
export async function keepPreference(ctx: TenantContext, { accountId, ...preference }: KeepPreferenceInput): Promise<void> {
  await savePreference(ctx, accountId, preference)
  await audit(ctx, { action: 'delivery.preference-kept', subjectKind: 'account', subjectId: accountId, detail: preference })
}
