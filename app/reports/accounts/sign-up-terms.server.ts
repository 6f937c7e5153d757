import type { TenantContext } from '#app/db/context.server.ts'
import { readSignUpTerms } from '#app/db/people/sign-up-terms.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { money } from '#app/domain/money/money.ts'
import { type SignUpTerms, startingLimit } from '#app/domain/subscription/sign-up-terms.ts'

export type ShownSignUpTerms = Omit<SignUpTerms, 'limits'> & { readonly limits: readonly Money[] }
export type SignUpTermsChange = { readonly id: string; readonly at: Date; readonly by: string | null; readonly after: ShownSignUpTerms }

type Kept = Omit<SignUpTerms, 'limits'> & { readonly limits: Readonly<Record<string, string>> }
type Row = Omit<SignUpTermsChange, 'after'> & { readonly after: Kept }

/** By which terms the seller takes new customers, with the limit in each currency it sells in, and the last changes of them. */
export async function readSignUpTermsPage(
  ctx: TenantContext,
): Promise<{ readonly terms: ShownSignUpTerms; readonly history: readonly SignUpTermsChange[] }> {
  const terms = await readSignUpTerms(ctx)
  const currencies = await ctx.db.$queryRaw<{ currency: string }[]>`
    select t.currency from tenants t where t.tenant_id = ${ctx.tenantId}::uuid
    union select b.currency from price_books b where b.tenant_id = ${ctx.tenantId}::uuid and b.is_public order by 1`
  const rows = await ctx.db.$queryRaw<Row[]>`
    select e.id, e.at, u.name as by, e.detail -> 'after' as after
    from audit_entries e left join users u on u.tenant_id = e.tenant_id and u.id::text = e.actor ->> 'userId'
    where e.tenant_id = ${ctx.tenantId}::uuid and e.subject_kind = 'tenant' and e.subject_id = ${ctx.tenantId} and e.action = 'sign-up-terms.changed'
    order by e.at desc, e.id desc limit 50`
  return {
    terms: { ...terms, limits: currencies.map(({ currency }) => startingLimit({ ...terms, mode: 'postpaid' }, currency)) },
    history: rows.map(({ after, ...row }) => ({
      ...row,
      after: { ...after, limits: Object.entries(after.limits).map(([currency, minor]) => money(BigInt(minor), currency)) },
    })),
  }
}
