import { audit } from '#app/db/audit.server.ts'
import { bookOfVisitor } from '#app/db/catalog/buyer-catalog.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import {
  type AccountKind,
  type AccountRow,
  findAccount,
  findPriceBook,
  insertAccount,
  insertContract,
  type PriceBookRow,
} from '#app/db/people/accounts.server.ts'
import { normalEmail } from '#app/db/people/people.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { followCatalog } from '../catalog/follow-catalog.server.ts'
import { checkVatId } from './check-vat-id.ts'
import { type ContractTerms, contractTerms } from './contract-terms.ts'

export type AddAccountInput = {
  /** Chosen by a caller that may repeat itself: the same id again changes nothing. */
  readonly id?: string
  readonly kind: AccountKind
  readonly name: string
  readonly email: string
  readonly language: string
  readonly country: string
  readonly addressLines: readonly string[]
  readonly vatId?: string | null
  /** The enterprise this is a department of. */
  readonly parentAccountId?: string
  /** The account is a reseller: the tenant it is below. */
  readonly childTenantId?: string
  /** A department without a contract of its own is charged to its enterprise's; everyone else gets one on the store's book. */
  readonly contract?: { readonly priceBookCode: string; readonly terms?: ContractTerms }
}
export type AddAccountError = 'parent-not-found' | 'parent-not-enterprise' | 'price-book-not-found'

/** Opens an account with its contract. A VAT id is judged by its form; a wrong one is kept as `invalid`, not refused. */
export async function addAccount(ctx: TenantContext, input: AddAccountInput): Promise<Result<{ accountId: string }, AddAccountError>> {
  const parentProblem = await problemWithParent(ctx, input)
  if (parentProblem) return err(parentProblem)

  const book = await bookOf(ctx, input)
  if (book === 'missing') return err('price-book-not-found')

  const account = toAccount(ctx, input)
  const isNew = await insertAccount(ctx, account)
  if (book) await insertContract(ctx, contractTerms(account.id, book, input.contract?.terms ?? {}, ctx.now))
  if (book) await followCatalog(ctx, { accountIds: [account.id], from: ctx.now })
  if (isNew) await audit(ctx, { action: 'account.added', subjectKind: 'account', subjectId: account.id, detail: { kind: account.kind } })
  return ok({ accountId: account.id })
}

async function problemWithParent(ctx: TenantContext, input: AddAccountInput): Promise<AddAccountError | undefined> {
  if (!input.parentAccountId) return undefined
  const parent = await findAccount(ctx, input.parentAccountId)
  if (!parent) return 'parent-not-found'
  return parent.kind === 'enterprise' && !parent.parentAccountId ? undefined : 'parent-not-enterprise'
}

async function bookOf(ctx: TenantContext, input: AddAccountInput): Promise<PriceBookRow | 'missing' | undefined> {
  if (input.contract) return (await findPriceBook(ctx, input.contract.priceBookCode)) ?? 'missing'
  if (input.parentAccountId) return undefined
  return (await bookOfVisitor(ctx)) ?? 'missing'
}

function toAccount(ctx: TenantContext, input: AddAccountInput): AccountRow {
  const { vatId, status: vatIdStatus } = checkVatId(input.country, input.vatId)
  return {
    id: input.id ?? newId(),
    parentAccountId: input.parentAccountId ?? null,
    kind: input.kind,
    name: input.name.trim(),
    email: normalEmail(input.email),
    language: input.language,
    country: input.country,
    addressLines: [...input.addressLines],
    vatId,
    vatIdStatus,
    vatIdCheckedAt: vatIdStatus === 'none' ? null : ctx.now,
    childTenantId: input.childTenantId ?? null,
    status: 'active',
  }
}
