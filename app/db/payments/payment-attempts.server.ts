import { type Money, money } from '#app/domain/money/money.ts'
import { type AttemptState, isFinished } from '#app/domain/payment-attempt/attempt-state.ts'
import type { AttemptPurpose, AttemptTarget } from '#app/domain/payment-attempt/attempt-target.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

export type AttemptKind = 'checkout' | 'off-session' | 'setup'

/** One try at a gateway, as it is kept. `id` is the idempotency key. */
export type PaymentAttempt = {
  readonly id: string
  readonly accountId: string
  readonly gatewayAccountId: string
  readonly paymentMethodId: string | null
  readonly kind: AttemptKind
  readonly purpose: AttemptPurpose
  readonly state: AttemptState
  readonly amount: Money
  readonly captured: Money
  readonly saves: boolean
  readonly checkoutRef: string | null
  readonly paymentRef: string | null
  readonly redirectUrl: string | null
  readonly returnPath: string | null
  readonly failureCode: string | null
  readonly paymentId: string | null
  readonly createdAt: Date
  readonly finishedAt: Date | null
}

type Columns = Omit<PaymentAttempt, 'amount' | 'captured'> & { currency: string; amountMinor: bigint; capturedMinor: bigint }

const columns = Prisma.sql`a.id, a.account_id as "accountId", a.gateway_account_id as "gatewayAccountId",
  a.payment_method_id as "paymentMethodId", a.kind, a.purpose, a.state, a.currency, a.amount_minor as "amountMinor",
  a.captured_minor as "capturedMinor", a.saves, a.checkout_ref as "checkoutRef", a.payment_ref as "paymentRef",
  a.redirect_url as "redirectUrl", a.return_path as "returnPath", a.failure_code as "failureCode", a.payment_id as "paymentId",
  a.created_at as "createdAt", a.finished_at as "finishedAt"`

function attemptOf({ currency, amountMinor, capturedMinor, ...facts }: Columns): PaymentAttempt {
  return { ...facts, amount: money(amountMinor, currency), captured: money(capturedMinor, currency) }
}

export type NewAttempt = Pick<
  PaymentAttempt,
  'accountId' | 'gatewayAccountId' | 'paymentMethodId' | 'kind' | 'purpose' | 'amount' | 'saves' | 'returnPath'
> & {
  /** The deed behind it; null where what it pays is key enough. */ readonly key: string | null
  readonly targets: readonly AttemptTarget[]
  readonly deadlineAt: Date
}

/** Saves an attempt with what it pays. @throws when something of that is being paid already: its key is unique while it is open. */
export async function insertAttempt(ctx: TenantContext, { targets, amount, ...attempt }: NewAttempt): Promise<string> {
  const id = newId()
  const { accountId } = attempt
  await ctx.db.$executeRaw`
    insert into payment_attempts (tenant_id, id, account_id, gateway_account_id, payment_method_id, kind, purpose, state, currency,
      amount_minor, saves, attempt_key, return_path, deadline_at, started_by, created_at, changed_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${accountId}::uuid, ${attempt.gatewayAccountId}::uuid, ${attempt.paymentMethodId}::uuid,
      ${attempt.kind}, ${attempt.purpose}, 'created', ${amount.currency}, ${amount.minor}, ${attempt.saves}, ${attempt.key}, ${attempt.returnPath},
      ${attempt.deadlineAt}, ${actorName(ctx.actor)}, ${ctx.now}, ${ctx.now})`
  await ctx.db.$executeRaw`
    insert into payment_attempt_targets (tenant_id, id, account_id, attempt_id, kind, target_id, amount_minor, is_open)
    select ${ctx.tenantId}::uuid, t.id, ${accountId}::uuid, ${id}::uuid, t.kind, t.target_id, t.amount, true
    from unnest(${sqlArray(targets, () => newId())}::uuid[], ${sqlArray(targets, (target) => target.kind)}::text[],
      ${sqlArray(targets, (target) => target.id)}::uuid[], ${sqlArray(targets, (target) => target.amount.minor.toString())}::bigint[])
      as t (id, kind, target_id, amount)`
  return id
}

/** One attempt; undefined when the scope holds none of that id. */
export async function readAttempt(ctx: TenantContext, id: string): Promise<PaymentAttempt | undefined> {
  const [row] = await ctx.db.$queryRaw<Columns[]>`
    select ${columns} from payment_attempts a where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${id}::uuid`
  return row && attemptOf(row)
}

/** The attempt of a deed; undefined when it made none yet. */
export async function attemptOfKey(ctx: TenantContext, key: string): Promise<PaymentAttempt | undefined> {
  const [row] = await ctx.db.$queryRaw<Columns[]>`
    select ${columns} from payment_attempts a where a.tenant_id = ${ctx.tenantId}::uuid and a.attempt_key = ${key}`
  return row && attemptOf(row)
}

/** An attempt, held until the transaction ends: what is learnt of it is taken in one after the other. */
export async function lockAttempt(ctx: TenantContext, id: string): Promise<PaymentAttempt | undefined> {
  const [row] = await ctx.db.$queryRaw<Columns[]>`
    select ${columns} from payment_attempts a where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${id}::uuid for update`
  return row && attemptOf(row)
}

export type OpenAttempt = PaymentAttempt & { readonly targets: readonly AttemptTarget[] }

const attemptsAtMost = 100

/** Open attempts that pay one of `targets`, with all that they pay. */
export async function openAttemptsOn(ctx: TenantContext, targets: readonly AttemptTarget[]): Promise<OpenAttempt[]> {
  const rows = await ctx.db.$queryRaw<Columns[]>`
    select ${columns} from payment_attempts a where a.tenant_id = ${ctx.tenantId}::uuid and a.id in (
      select t.attempt_id from payment_attempt_targets t
      join unnest(${sqlArray(targets, (target) => target.kind)}::text[], ${sqlArray(targets, (target) => target.id)}::uuid[])
        as w (kind, target_id) on w.kind = t.kind and w.target_id = t.target_id
      where t.tenant_id = ${ctx.tenantId}::uuid and t.is_open)
    order by a.id limit ${attemptsAtMost}`
  const open: OpenAttempt[] = []
  for (const row of rows) open.push({ ...attemptOf(row), targets: await targetsOf(ctx, row.id) })
  return open
}

/** What an attempt pays, in the order it was asked for. */
export async function targetsOf(ctx: TenantContext, attemptId: string): Promise<AttemptTarget[]> {
  const rows = await ctx.db.$queryRaw<{ kind: AttemptTarget['kind']; id: string; minor: bigint; currency: string }[]>`
    select t.kind, t.target_id as id, t.amount_minor as minor, a.currency
    from payment_attempt_targets t join payment_attempts a on a.tenant_id = t.tenant_id and a.id = t.attempt_id
    where t.tenant_id = ${ctx.tenantId}::uuid and t.attempt_id = ${attemptId}::uuid order by t.id limit ${attemptsAtMost}`
  return rows.map(({ minor, currency, ...target }) => ({ ...target, amount: money(minor, currency) }))
}

export type AttemptChange = Pick<PaymentAttempt, 'state'> & {
  readonly attempt: PaymentAttempt
  readonly deadlineAt: Date
} & Partial<Pick<PaymentAttempt, 'captured' | 'checkoutRef' | 'paymentRef' | 'redirectUrl' | 'failureCode' | 'paymentMethodId'>>

/** Notes what was learnt of an attempt that is held; what is left out stays. One that is finished lets go of what it pays. */
export async function saveAttempt(ctx: TenantContext, { attempt, state, captured, ...change }: AttemptChange): Promise<void> {
  const isOver = isFinished(state)
  const finishedAt = isOver ? (attempt.finishedAt ?? ctx.now) : null
  await ctx.db.paymentAttempt.updateMany({
    where: { tenantId: ctx.tenantId, id: attempt.id },
    data: { ...change, state, ...(captured ? { capturedMinor: captured.minor } : {}), finishedAt, changedAt: ctx.now },
  })
  const open = { tenantId: ctx.tenantId, attemptId: attempt.id, isOpen: true }
  if (isOver) await ctx.db.paymentAttemptTarget.updateMany({ where: open, data: { isOpen: false } })
}

/** Ties an attempt to the payment that was recorded for it. */
export async function notePayment(ctx: TenantContext, attemptId: string, paymentId: string): Promise<void> {
  await ctx.db.paymentAttempt.updateMany({ where: { tenantId: ctx.tenantId, id: attemptId }, data: { paymentId } })
}

/** Ids of open attempts whose outcome is to be asked for now, the one that waits longest first; at most 100. */
export async function dueAttempts(ctx: TenantContext): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from payment_attempts where tenant_id = ${ctx.tenantId}::uuid and finished_at is null and deadline_at <= ${ctx.now}
    order by deadline_at, id limit ${attemptsAtMost}`
  return rows.map(({ id }) => id)
}

export type GatewayRefs = { readonly gatewayAccountId: string } & Readonly<
  Record<'attemptId' | 'paymentRef' | 'checkoutRef', string | null>
>

/** The attempt that a gateway means, by our id or by one of its own names. */
export async function attemptOfRefs(ctx: TenantContext, refs: GatewayRefs): Promise<string | undefined> {
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from payment_attempts
    where tenant_id = ${ctx.tenantId}::uuid and gateway_account_id = ${refs.gatewayAccountId}::uuid
      and (id::text = ${refs.attemptId} or payment_ref = ${refs.paymentRef} or checkout_ref = ${refs.checkoutRef})
    order by id::text = ${refs.attemptId} desc limit 1`
  return row?.id
}

/** Payments that were made ahead for orders whose subscriptions stand on a document, the oldest first. */
export async function paymentsOfOrdersOn(ctx: TenantContext, invoiceId: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    with charged as (
      select o.id, coalesce(o.lead_order_id, o.id) as lead_id from orders o
      where o.tenant_id = ${ctx.tenantId}::uuid and exists (
        select from charges c where c.tenant_id = o.tenant_id and c.subscription_id = o.subscription_id and c.invoice_id = ${invoiceId}::uuid)
    )
    select a.payment_id as id from payment_attempts a
    join payment_attempt_targets t on t.tenant_id = a.tenant_id and t.attempt_id = a.id and t.kind = 'order'
    join charged on charged.id = t.target_id
    where a.tenant_id = ${ctx.tenantId}::uuid and a.state = 'captured' and a.payment_id is not null
    union
    select x.payment_id from expected_payments x join charged on charged.lead_id = x.id
    where x.tenant_id = ${ctx.tenantId}::uuid and x.purpose = 'order' and x.state = 'received'
    order by id limit ${attemptsAtMost}`
  return rows.map(({ id }) => id)
}
