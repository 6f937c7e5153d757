import { audit } from '#app/db/audit.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { limitsAsText, readSignUpTerms, saveSignUpTermsRow } from '#app/db/people/sign-up-terms.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { type SignUpTerms, startingLimit } from '#app/domain/subscription/sign-up-terms.ts'

/** Sets by which terms accounts are opened from now on; those that are there keep theirs. */
export async function saveSignUpTerms(ctx: TenantContext, terms: SignUpTerms): Promise<void> {
  const before = await readSignUpTerms(ctx)
  await saveSignUpTermsRow(ctx, terms)
  const detail = { before: asJson(before), after: asJson(terms) }
  await audit(ctx, { action: 'sign-up-terms.changed', subjectKind: 'tenant', subjectId: ctx.tenantId, detail })
}

const asJson = (terms: SignUpTerms) => ({ ...terms, limits: limitsAsText(terms) })

/** What a visitor could owe who signs up now. */
export function limitOfSignUp(tenantId: string, currency: string): Promise<Money> {
  return inTenant(tenantId, async (ctx) => startingLimit(await readSignUpTerms(ctx), currency))
}
