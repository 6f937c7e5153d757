import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { setTaxBehaviour } from '#app/db/documents/tax-settings.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { TaxBehaviour } from '#app/domain/tax/tax-lines.ts'

export type SetPriceTaxInput = { readonly priceBookId: string; readonly behaviour: TaxBehaviour }

/** Says whether the prices of a book include tax. Refused once something was charged by them: another book is needed then. */
export async function setPriceTax(ctx: TenantContext, input: SetPriceTaxInput): Promise<Result<null, 'book-in-use'>> {
  if (!(await setTaxBehaviour(ctx, input))) return err('book-in-use')
  const { priceBookId, behaviour } = input
  await audit(ctx, { action: 'price-book.tax-set', subjectKind: 'price-book', subjectId: priceBookId, detail: { behaviour } })
  return ok(null)
}
