import { actorName } from '#app/domain/shared/actor.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** `pause`: staff leave the account alone. `promise`: it said it would pay. */
export type AgreementKind = 'pause' | 'promise'
export type AgreementState = 'standing' | 'kept' | 'broken' | 'ended'

type NewAgreement = { readonly accountId: string; readonly kind: AgreementKind; readonly untilOn: LocalDate; readonly reason: string }

/** Writes an agreement in the place of the standing one of its kind. */
export async function insertAgreement(ctx: TenantContext, { accountId, kind, untilOn, reason }: NewAgreement): Promise<void> {
  await endAgreement(ctx, { accountId, kind, state: 'ended' })
  const made = { state: 'standing', createdBy: actorName(ctx.actor), createdAt: ctx.now }
  await ctx.db.dunningAgreement.createMany({
    data: [{ tenantId: ctx.tenantId, id: newId(), accountId, kind, untilOn: new Date(untilOn), reason, ...made }],
  })
}

/** Ends the standing agreement of a kind; false when there is none. */
export async function endAgreement(
  ctx: TenantContext,
  { accountId, kind, state }: { accountId: string; kind: AgreementKind; state: Exclude<AgreementState, 'standing'> },
): Promise<boolean> {
  const ended = await ctx.db.dunningAgreement.updateMany({
    where: { tenantId: ctx.tenantId, accountId, kind, state: 'standing' },
    data: { state, endedAt: ctx.now },
  })
  return ended.count > 0
}

/** Ends agreements of an account whose last day is over. Returns their kinds. */
export async function endRunOut(ctx: TenantContext, accountId: string, today: LocalDate): Promise<AgreementKind[]> {
  const over = await ctx.db.dunningAgreement.findMany({
    where: { tenantId: ctx.tenantId, accountId, state: 'standing', untilOn: { lt: new Date(today) } },
    select: { kind: true },
    orderBy: { kind: 'asc' },
  })
  const kinds = over.map(({ kind }) => kind as AgreementKind)
  for (const kind of kinds) await endAgreement(ctx, { accountId, kind, state: kind === 'promise' ? 'broken' : 'ended' })
  return kinds
}
