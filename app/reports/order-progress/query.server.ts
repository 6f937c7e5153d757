import type { TenantContext } from '#app/db/context.server.ts'
import { transferOfOrder } from '#app/db/orders/order-payments.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { type PieceState, stateOfPieces } from '#app/domain/catalog/order-pieces.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { questionsOf } from '../orders/order-questions.server.ts'
import type { AwaitedTransfer, OrderProgress, OrderStepName, OrderStepView, PieceProgress } from './shape.ts'

const shown = { done: 'done', running: 'current', waiting: 'waiting', failed: 'failed' } as const

/** Refusals of the buyer's own seller; those of levels above are none of its. */
const ownProblems = ['no-credit', 'not-paid', 'not-confirmed', 'account-blocked', 'image-not-there', 'apps-silent'] as const

/** Whether apps of a piece that is not given up do not answer. */
function isSilent({ state, orderStepsAsOrder: steps }: Pick<Row, 'state' | 'orderStepsAsOrder'>): boolean {
  return state === 'provisioning' && steps.some((row) => row.step === 'answering' && row.state === 'failed')
}

async function emailOf({ db, tenantId }: TenantContext, id: string): Promise<string> {
  return (await db.account.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } }, select: { email: true } })).email
}

function readRows({ db, tenantId }: TenantContext, id: string) {
  return db.order.findMany({
    where: { tenantId, OR: [{ id }, { leadOrderId: id }] },
    include: { orderStepsAsOrder: { orderBy: { position: 'asc' } }, product: { select: { name: true } } },
    orderBy: { id: 'asc' },
    take: 100,
  })
}

type Row = Awaited<ReturnType<typeof readRows>>[number]

/** An order with the steps its buyer watches, and all its pieces where it has several; null when the scope has none such. */
export async function readOrderProgress(ctx: TenantContext, id: string, language: string): Promise<OrderProgress | null> {
  const rows = await readRows(ctx, id)
  const order = rows.find((row) => row.id === id)
  if (!order) return null
  const pieces = await toPieces(ctx, rows, language)
  const [own] = pieces.filter((piece) => piece.id === id)
  const state = stateOfPieces(pieces.map((piece) => piece.state))
  const payment = await readOrderMoney(ctx, { orderIds: pieces.map((piece) => piece.id), currency: order.currency })
  const { placedAt, currency, subscriptionId, resourceId: serverId } = order
  const isUnpaid = (row: Row) => row.state === 'placed' && !payment.paidIds.has(row.id) && (row.awaits === 'payment' || row.paysNow)
  const isOver = rows.some((row) => row.state === 'failed' || row.state === 'refused')
  const transfer = state === 'placed' || state === 'provisioning' ? await readTransfer(ctx, id) : null
  const missing = rows.flatMap(({ missingMinor }) => missingMinor ?? [])
  return {
    id,
    placedAt,
    state,
    subscriptionId,
    serverId,
    publicId: toPublicId('order', id),
    leadId: order.leadOrderId,
    serverName: own?.name ?? '',
    planName: own?.planName ?? '',
    pieces: pieces.length > 1 ? pieces : [],
    total: money(
      rows.reduce((sum, row) => sum + row.totalMinor, 0n),
      currency,
    ),
    ownProblem: ownProblems.find((problem) => rows.some(({ failure }) => failure === problem)) ?? null,
    missing:
      missing.length === 0
        ? null
        : money(
            missing.reduce((most, minor) => (minor > most ? minor : most)),
            currency,
          ),
    isToPay: transfer === null && rows.some(isUnpaid),
    transfer,
    paysNow: order.paysNow,
    isSilent: rows.some(isSilent),
    unconfirmedEmail: order.state === 'placed' && order.awaits === 'confirmation' ? await emailOf(ctx, order.accountId) : null,
    questions: (await questionsOf(ctx, [id])).get(id) ?? [],
    refunded: payment.refunded,
    kept: isOver ? payment.kept : null,
    steps: stepsOf(order, payment.paidAt),
    hasServer: order.orderStepsAsOrder.some(({ step }) => step === 'building'),
    address: own?.address ?? null,
  }
}

/** The transfer that an order waits for, as its buyer needs it; null when it waits for none. */
export async function readTransfer(ctx: TenantContext, orderId: string): Promise<AwaitedTransfer | null> {
  const transfer = await transferOfOrder(ctx, orderId)
  if (transfer?.state !== 'awaited') return null
  const seller = await ownTenant(ctx)
  if (!seller?.bank) return null
  const { legalName, addressLines, country, bank } = seller
  const { reference, amount, dueOn } = transfer
  return { reference, amount, dueOn, bank, payee: { legalName, addressLines, country } }
}

async function toPieces({ db, tenantId }: TenantContext, rows: readonly Row[], language: string): Promise<PieceProgress[]> {
  const ids = rows.flatMap(({ resourceId }) => resourceId ?? [])
  const where = { tenantId, id: { in: ids } }
  const servers = ids.length === 0 ? [] : await db.resource.findMany({ where, select: { id: true, address: true }, take: ids.length })
  return rows.map((row) => {
    const { id, state, input, product, resourceId, subscriptionId, orderStepsAsOrder } = row
    const names = product.name as Record<string, string>
    const step = orderStepsAsOrder.findLast((each) => each.state === 'running' || each.state === 'done')?.step as OrderStepName | undefined
    return {
      id,
      subscriptionId,
      serverId: resourceId,
      step: step ?? null,
      state: state as PieceState,
      name: (input as { name?: string }).name ?? '',
      planName: names[language] ?? names.en ?? '',
      isSilent: isSilent(row),
      address: servers.find((server) => server.id === resourceId)?.address ?? null,
    }
  })
}

type StepRow = { readonly step: string; readonly state: string; readonly at: Date }

/** The steps of an order; paying is one of them where it was paid, or is to be before anything is built. */
function stepsOf(
  order: { readonly orderStepsAsOrder: readonly StepRow[]; readonly paysNow: boolean },
  paidAt: Date | null,
): OrderStepView[] {
  const steps = order.orderStepsAsOrder.map((row): OrderStepView => {
    const state = shown[row.state as keyof typeof shown]
    return { step: row.step as OrderStepName, state, at: state === 'waiting' ? null : row.at }
  })
  if (!paidAt && !order.paysNow) return steps
  const [accepted, ...others] = steps
  return [...(accepted ? [accepted] : []), { step: 'paid', state: paidAt ? 'done' : 'waiting', at: paidAt }, ...others]
}

type OrderMoney = {
  /** Which pieces a payment has come for, and when the first came. */
  readonly paidIds: ReadonlySet<string>
  readonly paidAt: Date | null
  readonly refunded: Money | null
  /** What was paid for pieces that ended unfulfilled, did not go back and settles nothing. */
  readonly kept: Money | null
}

type PaidRow = {
  readonly paidIds: string[] | null
  readonly paidAt: Date | null
  readonly refundedMinor: bigint | null
  readonly keptMinor: bigint | null
}

/** What was paid for an order, went back of it, and is left of it unspent. One payment may pay for several pieces. */
async function readOrderMoney(
  ctx: TenantContext,
  { orderIds, currency }: { orderIds: readonly string[]; currency: string },
): Promise<OrderMoney> {
  const [row] = await ctx.db.$queryRaw<PaidRow[]>`
    with paid as (
      select t.target_id, t.amount_minor, a.finished_at, a.payment_id, o.state in ('failed', 'refused') as is_over
      from payment_attempt_targets t
      join payment_attempts a on a.tenant_id = t.tenant_id and a.id = t.attempt_id and a.state = 'captured'
      join orders o on o.tenant_id = t.tenant_id and o.id = t.target_id
      where t.tenant_id = ${ctx.tenantId}::uuid and t.kind = 'order' and t.target_id = any (${[...orderIds]}::uuid[])
      union all
      select o.id, o.total_minor, x.closed_at, x.payment_id, o.state in ('failed', 'refused')
      from orders o join expected_payments x on x.tenant_id = o.tenant_id and x.id = coalesce(o.lead_order_id, o.id)
        and x.purpose = 'order' and x.state = 'received'
      where o.tenant_id = ${ctx.tenantId}::uuid and o.id = any (${[...orderIds]}::uuid[])
    ), money as (
      select sum(p.refunded_minor) as refunded, sum(p.amount_minor - p.allocated_minor - p.refunded_minor) as unused from payments p
      where p.tenant_id = ${ctx.tenantId}::uuid and p.id in (select payment_id from paid)
    )
    select array_agg(distinct target_id::text) as "paidIds", min(finished_at) as "paidAt", (select refunded from money)::bigint as "refundedMinor",
      least((select unused from money), sum(amount_minor) filter (where is_over) - (select refunded from money))::bigint as "keptMinor"
    from paid`
  const some = (minor: bigint | null | undefined) => (minor && minor > 0n ? money(minor, currency) : null)
  return {
    paidIds: new Set(row?.paidIds ?? []),
    paidAt: row?.paidAt ?? null,
    refunded: some(row?.refundedMinor),
    kept: some(row?.keptMinor),
  }
}
