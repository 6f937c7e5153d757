import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { lockAccount } from '#app/db/people/account-holds.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { keepAddressChange } from '#app/db/people/address-changes.server.ts'
import { normalEmail } from '#app/db/people/people.server.ts'
import { sealAddress } from '#app/db/sealing/sealed-fields.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { checkVatId } from './check-vat-id.ts'

/** Who an account is and how it is reached, as it stands on documents to come. */
export type AccountData = {
  readonly name: string
  readonly email: string
  readonly language: string
  readonly country: string
  readonly addressLines: readonly string[]
  readonly vatId: string | null
}
export type ChangeAccountDataInput = AccountData & { readonly accountId: string }

/**
 * Changes company and contact data of an account and keeps what it was before. Issued documents stay as they are; another VAT id, or the
 * same in another country, is judged anew by its form. Runs in the office's scope.
 */
export async function changeAccountData(ctx: TenantContext, input: ChangeAccountDataInput): Promise<Result<void, 'account-not-found'>> {
  const { accountId, language, country, addressLines } = input
  const account = (await lockAccount(ctx, accountId)) ? await findAccount(ctx, accountId) : null
  if (!account || account.status === 'closed') return err('account-not-found')

  const { vatId, status } = checkVatId(country, account.kind === 'personal' ? null : input.vatId)
  const after: AccountData = { name: input.name.trim(), email: normalEmail(input.email), language, country, addressLines, vatId }
  const changed = (Object.keys(after) as (keyof AccountData)[]).filter((field) => textOf(account[field]) !== textOf(after[field]))
  if (changed.length === 0) return ok(undefined)
  const isJudged = changed.includes('vatId') || (changed.includes('country') && vatId !== null)
  const vat = isJudged ? { vatIdStatus: status, vatIdCheckedAt: status === 'none' ? null : ctx.now } : {}
  await ctx.db.account.updateMany({
    where: { tenantId: ctx.tenantId, id: accountId },
    data: { ...after, addressLines: sealAddress(ctx, accountId, addressLines), ...vat },
  })
  const changes: object[] = []
  for (const field of changed) {
    const values = { before: textOf(account[field]), after: textOf(after[field]) }
    // The trail never changes, so that it could not be sealed anew: what must be sealed it only names.
    changes.push(
      field === 'addressLines' ? { field, changeId: await keepAddressChange(ctx, { accountId, ...values }) } : { field, ...values },
    )
  }
  await audit(ctx, { action: 'account.data-changed', subjectKind: 'account', subjectId: accountId, detail: { changes } })
  return ok(undefined)
}

function textOf(value: string | readonly string[] | null): string {
  return value === null ? '' : typeof value === 'string' ? value : value.join(', ')
}
