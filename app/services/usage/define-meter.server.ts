import { audit } from '#app/db/audit.server.ts'
import { insertMeter, lockMeter, type MeterRow, updateMeter } from '#app/db/catalog/meters.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { checkMeter, checkMeterTexts, type MeterDraft, type MeterProblem, type WordsProblem } from '#app/domain/usage/define-meter.ts'
import type { MeterWords } from '#app/domain/usage/own-meter.ts'

export type DefineMeterError = MeterProblem | 'code-taken'

/** Defines a meter of the tenant. Its resellers learn of it by a job. */
export async function defineMeter(ctx: TenantContext, draft: MeterDraft): Promise<Result<{ readonly meterId: string }, DefineMeterError>> {
  const checked = checkMeter(draft, await sellerWord(ctx))
  if (!checked.ok) return checked
  const meterId = await insertMeter(ctx, { ...draft, sourceTenantId: null, sourceCode: null, retiredAt: null })
  if (!meterId) return err('code-taken')
  const { code, unit, kind } = draft
  await note(ctx, { action: 'meter.defined', meterId, detail: { code, unit, kind } })
  return ok({ meterId })
}

export type ChangeMeterInput = {
  readonly meterId: string
  readonly names: MeterWords
  readonly unitWords: MeterWords
  readonly greatest: Decimal
}
export type ChangeMeterError = 'meter-not-found' | WordsProblem

/**
 * Renames a meter and sets what counts as impossible. Documents that name it stay as they are. A reseller's own words for a meter of
 * its parent stay when the parent changes its words.
 */
export async function changeMeter(
  ctx: TenantContext,
  { meterId, names, unitWords, greatest }: ChangeMeterInput,
): Promise<Result<null, ChangeMeterError>> {
  const meter = await lockMeter(ctx, meterId)
  if (!meter) return err('meter-not-found')
  const checked = checkMeterTexts({ names, unitWords }, await sellerWord(ctx))
  if (!checked.ok) return checked
  const isRenamed = meter.isRenamed || (meter.sourceTenantId !== null && !sameWords(meter, { names, unitWords }))
  await updateMeter(ctx, meterId, { names, unitWords, greatest, isRenamed, retiredAt: meter.retiredAt })
  await note(ctx, { action: 'meter.changed', meterId, detail: { names, unitWords, greatest: greatest.toFixed() } })
  return ok(null)
}

export type RetireMeterError = 'meter-not-found' | 'meter-of-parent'

/** Retires a meter: usage of windows that end later is set aside, and no new price offers it. Or brings it back. */
export async function retireMeter(
  ctx: TenantContext,
  { meterId, isRetired }: { readonly meterId: string; readonly isRetired: boolean },
): Promise<Result<null, RetireMeterError>> {
  const meter = await lockMeter(ctx, meterId)
  if (!meter) return err('meter-not-found')
  if (meter.sourceTenantId !== null) return err('meter-of-parent')
  if ((meter.retiredAt !== null) === isRetired) return ok(null)
  await updateMeter(ctx, meterId, { ...meter, retiredAt: isRetired ? ctx.now : null })
  await note(ctx, { action: isRetired ? 'meter.retired' : 'meter.reinstated', meterId, detail: { code: meter.code } })
  return ok(null)
}

/** The word that stands for the seller: a meter's words reach buyers who never read it. */
async function sellerWord(ctx: TenantContext): Promise<string> {
  const seller = await ownTenant(ctx)
  invariant(seller, `tenant ${ctx.tenantId} is not there`)
  return seller.slug.replaceAll('-', ' ')
}

function sameWords(one: Pick<MeterRow, 'names' | 'unitWords'>, other: Pick<MeterRow, 'names' | 'unitWords'>): boolean {
  return (['names', 'unitWords'] as const).every((field) => sorted(one[field]) === sorted(other[field]))
}

function sorted(words: MeterWords): string {
  return JSON.stringify(Object.entries(words).sort(([a], [b]) => (a < b ? -1 : 1)))
}

type Deed = { readonly action: string; readonly meterId: string; readonly detail: Record<string, string | Record<string, string>> }

async function note(ctx: TenantContext, { action, meterId, detail }: Deed): Promise<void> {
  await audit(ctx, { action, subjectKind: 'meter', subjectId: meterId, detail })
  await enqueue(ctx, { name: 'meters/changed', data: { tenantId: ctx.tenantId } })
}
