import type { TenantContext } from '#app/db/context.server.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import type { SignUpRow } from './shape.ts'

const shownAtOnce = 50

/** Sign-ups that wait for a person, the oldest first, and the last ones that did not simply pass. */
export async function readSignUps(ctx: TenantContext): Promise<{ open: SignUpRow[]; decided: SignUpRow[] }> {
  const read = (isOpen: boolean) => ctx.db.$queryRaw<Omit<SignUpRow, 'publicId'>[]>`
    select s.account_id::text as "accountId", a.name, a.kind, a.email, a.country, a.vat_id as "vatId", s.verdict, s.score, s.reasons,
      s.address_hash as "addressHash", s.screened_at as "screenedAt", s.decision, coalesce(u.name, s.decided_by) as "decidedBy",
      s.decided_at as "decidedAt", s.note
    from risk_screenings s
    join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
    left join users u on u.tenant_id = s.tenant_id and u.id::text = s.decided_by
    where s.tenant_id = ${ctx.tenantId}::uuid and s.kind = 'sign-up'
      and case when ${isOpen} then s.verdict = 'review' and s.decision is null else s.decision is not null or s.verdict = 'refuse' end
    order by case when ${isOpen} then s.screened_at end, coalesce(s.decided_at, s.screened_at) desc, s.id
    limit ${shownAtOnce}`
  return { open: (await read(true)).map(withPublicId), decided: (await read(false)).map(withPublicId) }
}

function withPublicId(row: Omit<SignUpRow, 'publicId'>): SignUpRow {
  return { ...row, publicId: toPublicId('account', row.accountId) }
}

/** How many sign-ups wait for a person. */
export function countOpenSignUps(ctx: TenantContext): Promise<number> {
  return ctx.db.riskScreening.count({ where: { tenantId: ctx.tenantId, kind: 'sign-up', verdict: 'review', decision: null } })
}
