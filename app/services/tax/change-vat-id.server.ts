import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { setVatId } from '#app/db/documents/vat-ids.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { checkVatId, type VatIdCheck } from '../accounts/check-vat-id.ts'

export type ChangeVatIdInput = { readonly accountId: string; readonly vatId: string | null }
export type ChangeVatIdError = 'account-not-found' | 'vat-id-invalid'

/**
 * Gives an account another VAT id, or none, from the next document on. One whose form is wrong is refused; a register is asked about
 * a new one by the next run of the checks.
 */
export async function changeVatId(
  ctx: TenantContext,
  { accountId, vatId }: ChangeVatIdInput,
): Promise<Result<VatIdCheck, ChangeVatIdError>> {
  const account = await findAccount(ctx, accountId)
  if (!account) return err('account-not-found')
  const checked = checkVatId(account.country, vatId)
  if (checked.status === 'invalid') return err('vat-id-invalid')
  if (checked.vatId === account.vatId) return ok(checked)

  await setVatId(ctx, { accountId, ...checked })
  const detail = { from: account.vatId, to: checked.vatId }
  await audit(ctx, { action: 'account.vat-id-changed', subjectKind: 'account', subjectId: accountId, detail })
  return ok(checked)
}
