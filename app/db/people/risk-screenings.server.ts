import type { RiskKind } from '#app/domain/fraud/risk-hold.ts'
import type { Screening, ScreeningVerdict } from '#app/domain/fraud/screen.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'

const dayMs = 86_400_000

export type SignUpRow = {
  readonly email: string
  readonly vatId: string | null
  readonly country: string
  readonly homeCountry: string
  readonly accountsAtAddress: number
  readonly accountsWithVatId: number
}

/** A sign-up with what happened around it in the 24 hours before. */
export async function readSignUp(ctx: TenantContext, accountId: string, addressHash: string | null): Promise<SignUpRow | null> {
  const since = new Date(ctx.now.getTime() - dayMs)
  const [row] = await ctx.db.$queryRaw<SignUpRow[]>`
    select a.email, a.vat_id as "vatId", a.country, t.country as "homeCountry",
      (select count(*)::int from risk_screenings s where s.tenant_id = a.tenant_id and s.address_hash = ${addressHash} and s.kind = 'sign-up'
        and s.account_id <> a.id and s.screened_at > ${since}) as "accountsAtAddress",
      (select count(*)::int from accounts o where o.tenant_id = a.tenant_id and o.vat_id = a.vat_id and o.id <> a.id) as "accountsWithVatId"
    from accounts a join tenants t on t.tenant_id = a.tenant_id
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${accountId}::uuid`
  return row ?? null
}

export type PaidRow = {
  readonly accountId: string
  readonly paymentId: string
  readonly currency: string
  readonly minor: bigint
  readonly isFirst: boolean
  readonly email: string
  readonly vatId: string | null
  readonly country: string
  readonly accountSince: Date
  readonly cards: string[] | null
  readonly accountsWithCard: number
  readonly failedPayments: number
  readonly disputes: number
}

/** A payment that an attempt brought, with what is known of its payer and its card; null when none came. */
export async function readPaidAttempt(ctx: TenantContext, attemptId: string): Promise<PaidRow | null> {
  const since = new Date(ctx.now.getTime() - dayMs)
  const [row] = await ctx.db.$queryRaw<PaidRow[]>`
    select p.account_id::text as "accountId", p.id::text as "paymentId", p.currency, p.amount_minor as minor, a.email, a.vat_id as "vatId",
      a.country, a.created_at as "accountSince",
      not exists (select from payments e where e.tenant_id = p.tenant_id and e.account_id = p.account_id and e.id < p.id) as "isFirst",
      (select array_agg(distinct m.fingerprint) from payment_methods m
        where m.tenant_id = p.tenant_id and m.account_id = p.account_id and m.fingerprint is not null) as cards,
      (select count(distinct other.account_id)::int from payment_methods own
        join payment_methods other on other.tenant_id = own.tenant_id and other.account_id <> own.account_id and case
          when own.fingerprint is not null and other.fingerprint is not null then other.fingerprint = own.fingerprint
          else other.label = own.label and other.last_digits = own.last_digits end
        where own.tenant_id = p.tenant_id and own.account_id = p.account_id and own.kind = 'card'
          and (t.payment_method_id is null or own.id = t.payment_method_id)) as "accountsWithCard",
      (select count(*)::int from payment_attempts f where f.tenant_id = p.tenant_id and f.account_id = p.account_id
        and f.state = 'failed' and f.created_at > ${since}) as "failedPayments",
      (select count(*)::int from disputes d where d.tenant_id = p.tenant_id and d.account_id = p.account_id and d.payment_id <> p.id) as disputes
    from payment_attempts t
    join payments p on p.tenant_id = t.tenant_id and p.id = t.payment_id
    join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
    where t.tenant_id = ${ctx.tenantId}::uuid and t.id = ${attemptId}::uuid`
  return row ?? null
}

export type NewRisk = Screening & {
  readonly kind: 'sign-up' | 'payment'
  readonly accountId: string
  readonly paymentId: string | null
  readonly addressHash: string | null
  readonly facts: Prisma.InputJsonObject
}

/** Keeps how a sign-up or a payment was judged; the first one stays. True when it is new. */
export async function insertRisk(ctx: TenantContext, { reasons, ...risk }: NewRisk): Promise<boolean> {
  const id = risk.paymentId ?? risk.accountId
  const made = await ctx.db.riskScreening.createMany({
    data: [{ tenantId: ctx.tenantId, id, ...risk, reasons: reasons.map((reason) => ({ ...reason })), screenedAt: ctx.now }],
    skipDuplicates: true,
  })
  return made.count === 1
}

/** How the sign-up of an account stands, a person's decision before the rules'; null of one that was never judged. */
export async function standingOfSignUp(ctx: TenantContext, accountId: string): Promise<ScreeningVerdict | null> {
  const row = await ctx.db.riskScreening.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: accountId } },
    select: { verdict: true, decision: true },
  })
  return row ? ((row.decision ?? row.verdict) as ScreeningVerdict) : null
}

export type RiskDecision = { readonly id: string; readonly decision: 'pass' | 'refuse'; readonly note: string }

/** Keeps what a person decided of a sign-up or a payment. */
export async function decideRisk(ctx: TenantContext, { id, decision, note }: RiskDecision): Promise<void> {
  await ctx.db.riskScreening.updateMany({
    where: { tenantId: ctx.tenantId, id },
    data: { decision, note, decidedBy: actorName(ctx.actor), decidedAt: ctx.now },
  })
}

/** Orders of an account that wait for a person, with their points, the oldest first; at most 100. */
export async function openReviewsOf(ctx: TenantContext, accountId: string): Promise<{ orderId: string; score: number }[]> {
  return ctx.db.orderScreening.findMany({
    where: { tenantId: ctx.tenantId, accountId, verdict: 'review', decision: null },
    select: { orderId: true, score: true },
    orderBy: [{ screenedAt: 'asc' }, { orderId: 'asc' }],
    take: 100,
  })
}

/** The account of a sign-up, an order or a payment that was judged; null when there is none such. */
export async function riskAccount(ctx: TenantContext, kind: RiskKind, id: string): Promise<string | null> {
  const { tenantId } = ctx
  const select = { accountId: true } as const
  const row =
    kind === 'order'
      ? await ctx.db.orderScreening.findUnique({ where: { tenantId_orderId: { tenantId, orderId: id } }, select })
      : await ctx.db.riskScreening.findUnique({ where: { tenantId_id: { tenantId, id }, kind }, select })
  return row?.accountId ?? null
}
