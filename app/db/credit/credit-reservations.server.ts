import { type ReservationStep, reservationStep } from '#app/domain/credit/reservation.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { exposureThatCounts, isJudging, limitOfRow } from './credit-positions.server.ts'

/** What a reservation is for; one source reserves once per position. */
export type ReservationSource = { readonly kind: 'order' | 'change'; readonly id: string }

export type NewReservation = {
  /** Whose contract, and who orders under it. */
  readonly contractId: string
  readonly accountId: string
  readonly source: ReservationSource
  /** Of a change: the subscription whose next fee it waits for. */
  readonly subscriptionId?: string | undefined
  readonly amountMinor: bigint
  /** Until when it is held; null: it is committed at once. */
  readonly heldUntil: Date | null
  /** Whether the limit may be spent; otherwise money in hand alone. */
  readonly usesLimit: boolean
}

/** A position that judged a reservation, and whether it has the room. */
export type Judgement = { readonly accountId: string; readonly hasRoom: boolean }

/**
 * Takes room of every position that judges the order and notes for what, in one statement under the condition that there is room at this
 * instant (D17); positions are held in order of id. A position has room also when the source has its reservation already; one that ended
 * takes no room again. Where one has none the others took theirs: the caller rolls back. @throws a duplicate key when two of one source meet:
 * the caller tries again.
 */
export async function takeRoom(ctx: TenantContext, reservation: NewReservation): Promise<Judgement[]> {
  const { source, amountMinor, heldUntil, usesLimit } = reservation
  // The whole contract judges, and the department that orders.
  const ids = `{${newId()},${newId()}}`
  return ctx.db.$queryRaw<Judgement[]>`
    /* kept: take-room */
    with judging as materialized (
      select p.id, p.account_id from credit_positions p where ${isJudging(ctx, reservation)} order by p.id for no key update
    ), known as (
      select r.position_id, r.state from credit_reservations r, judging j
      where r.tenant_id = ${ctx.tenantId}::uuid and r.source_id = ${source.id}::uuid and r.position_id = j.id
    ), took as (
      update credit_positions p set reserved_minor = p.reserved_minor + ${amountMinor} from judging j
      where p.tenant_id = ${ctx.tenantId}::uuid and p.id = j.id and not exists (select from known k where k.position_id = p.id)
        and ${exposureThatCounts} + ${amountMinor} <= case when ${usesLimit} then ${limitOfRow(ctx.now)} else 0 end
      returning p.id, p.contract_id, p.account_id
    ), noted as (
      insert into credit_reservations (tenant_id, id, position_id, contract_id, account_id, source_kind, source_id, subscription_id, amount_minor,
        open_minor, state, expires_at, created_at, changed_at)
      select ${ctx.tenantId}::uuid, (${ids}::uuid[])[row_number() over ()], t.id, t.contract_id, t.account_id, ${source.kind}, ${source.id}::uuid,
        ${reservation.subscriptionId ?? null}::uuid, ${amountMinor}, ${amountMinor}, ${heldUntil ? 'held' : 'committed'}, ${heldUntil}::timestamptz,
        ${ctx.now}, ${ctx.now}
      from took t returning position_id
    )
    select j.account_id as "accountId", j.id in (
      select position_id from noted union all select position_id from known where state not in ('released', 'expired')) as "hasRoom"
    from judging j order by j.id`
}

/** Commits what a source holds. True when everything it reserved still stands, however far it is. Safe to repeat. */
export async function commitReservations(ctx: TenantContext, sourceId: string): Promise<boolean> {
  const { from, to } = reservationStep('commit')
  await ctx.db.$executeRaw`
    update credit_reservations set state = ${to}, changed_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and source_id = ${sourceId}::uuid and state = any (${[...from]}::text[])`
  const lost = await ctx.db.creditReservation.count({
    where: { tenantId: ctx.tenantId, sourceId, state: { in: ['released', 'expired'] } },
  })
  return lost === 0
}

/** Sources whose time to hold is over, at most `limit`, in order of time. */
export async function overdueSources(ctx: TenantContext, limit: number): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select source_id as id from credit_reservations
    where tenant_id = ${ctx.tenantId}::uuid and state = 'held' and expires_at <= ${ctx.now}
    group by source_id order by min(expires_at), source_id limit ${limit}`
  return rows.map(({ id }) => id)
}

/** Gives back what is left of a source's reservations, released or expired. Safe to repeat. Returns how many reservations that were. */
export async function giveRoomBack(
  ctx: TenantContext,
  sourceId: string,
  step: Extract<ReservationStep, 'release' | 'expire'>,
): Promise<number> {
  const { from, to } = reservationStep(step)
  const [row] = await ctx.db.$queryRaw<{ count: bigint }[]>`
    with held as (
      select p.id from credit_positions p
      where p.tenant_id = ${ctx.tenantId}::uuid and p.id in (
        select r.position_id from credit_reservations r where r.tenant_id = ${ctx.tenantId}::uuid and r.source_id = ${sourceId}::uuid)
      order by p.id for no key update
    ), ended as (
      select r.id, r.position_id, r.open_minor from credit_reservations r join held h on h.id = r.position_id
      where r.tenant_id = ${ctx.tenantId}::uuid and r.source_id = ${sourceId}::uuid and r.state = any (${[...from]}::text[])
      order by r.id for update of r
    ), closed as (
      update credit_reservations r set state = ${to}, open_minor = 0, changed_at = ${ctx.now}
      from ended e where r.tenant_id = ${ctx.tenantId}::uuid and r.id = e.id
      returning e.position_id, e.open_minor
    ), less as (
      update credit_positions p set reserved_minor = p.reserved_minor - c.open
      from (select position_id, sum(open_minor) as open from closed group by 1) c
      where p.tenant_id = ${ctx.tenantId}::uuid and p.id = c.position_id
    )
    select count(*) as count from closed`
  return Number(row?.count ?? 0)
}

export type ReservationRow = {
  readonly id: string
  readonly sourceKind: 'order' | 'change'
  readonly state: 'held' | 'committed'
  readonly amountMinor: bigint
  readonly openMinor: bigint
  readonly createdAt: Date
  readonly expiresAt: Date | null
}

/** Reservations of a position that take room, the newest first; at most 100. */
export async function listReservations(ctx: TenantContext, positionId: string): Promise<ReservationRow[]> {
  return (await ctx.db.creditReservation.findMany({
    where: { tenantId: ctx.tenantId, positionId, openMinor: { gt: 0n } },
    select: { id: true, sourceKind: true, state: true, amountMinor: true, openMinor: true, createdAt: true, expiresAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 100,
  })) as ReservationRow[]
}
