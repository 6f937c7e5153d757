import { isEuMember } from '#app/domain/tax/vat-area.ts'
import { currentTerms } from '#app/services/brand/current-terms.server.ts'
import { asVisitor } from '../request/as-visitor.server.ts'
import { languageOf } from '../request/preferences.server.ts'

/** Which version of the seller's terms the reader is shown; undefined while the seller has none. */
export async function termsVersionOf(request: Request): Promise<number | undefined> {
  return (await asVisitor(request, async (ctx, tenant) => currentTerms(ctx, await languageOf(request, tenant))))?.version
}

/** Whether a buyer has a right of withdrawal that it must be told of before a service begins: a consumer in the European Union. */
export function mayWithdraw({ kind, country }: { readonly kind: string; readonly country: string }): boolean {
  return kind === 'personal' && isEuMember(country)
}
