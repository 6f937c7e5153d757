import { audit } from '#app/db/audit.server.ts'
import { countBatch, insertCodes, moveCode } from '#app/db/catalog/promo-codes.server.ts'
import { readPromotion } from '#app/db/catalog/promotions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { codeBytes, codeFrom, normaliseCode } from '#app/domain/promo/promo-code.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** Codes made in one transaction. */
const pageSize = 10_000
const mostCodes = 1_000_000

export type RequestCodesInput = { readonly promotionId: string; readonly count: number; readonly maxRedemptions: number | null }

/** Has a batch of unguessable codes made once this transaction has committed. Refuses more than a million at a time. */
export async function requestCodes(
  ctx: TenantContext,
  input: RequestCodesInput,
): Promise<Result<undefined, 'promotion-not-found' | 'count-out-of-range'>> {
  const { promotionId, count, maxRedemptions } = input
  if (!Number.isInteger(count) || count < 1 || count > mostCodes) return err('count-out-of-range')
  if (!(await readPromotion(ctx, promotionId))) return err('promotion-not-found')
  const requestedAt = ctx.now.toISOString()
  await enqueue(ctx, {
    name: 'promo/codes.requested',
    data: { tenantId: ctx.tenantId, promotionId, count, maxRedemptions, requestedAt },
    key: `promo-codes:${promotionId}:${requestedAt}`,
  })
  await audit(ctx, { action: 'promotion.codes-requested', subjectKind: 'promotion', subjectId: promotionId, detail: { count } })
  return ok(undefined)
}

/** Bytes from a cryptographic source. */
export type RandomBytes = (count: number) => Uint8Array

export type MakeCodesInput = RequestCodesInput & { readonly requestedAt: string }

/**
 * Makes the next page of a batch and says how many codes are still missing. A step that runs twice counts what is there and makes
 * the rest; a code that exists already, by a chance nobody will live to see, is made anew.
 */
export async function makeNextCodes(
  process: TenantProcess<{ randomBytes: RandomBytes }>,
  input: MakeCodesInput,
): Promise<{ missing: number }> {
  const batch = { promotionId: input.promotionId, maxRedemptions: input.maxRedemptions, createdAt: new Date(input.requestedAt) }
  return process.inTenant(async (ctx) => {
    const missing = input.count - (await countBatch(ctx, batch))
    if (missing <= 0) return { missing: 0 }
    const codes = Array.from({ length: Math.min(missing, pageSize) }, () => codeFrom(process.ports.randomBytes(codeBytes)))
    return { missing: missing - (await insertCodes(ctx, batch, codes)) }
  })
}

export type AddCodeInput = { readonly promotionId: string; readonly code: string; readonly maxRedemptions: number | null }

/** Adds a code that staff chose, e.g. WEEKEND10. Whoever knows it may use it, so it wants limits. */
export async function addCode(
  ctx: TenantContext,
  input: AddCodeInput,
): Promise<Result<undefined, 'promotion-not-found' | 'malformed-code' | 'code-taken'>> {
  const code = normaliseCode(input.code)
  if (!code) return err('malformed-code')
  if (!(await readPromotion(ctx, input.promotionId))) return err('promotion-not-found')
  const batch = { promotionId: input.promotionId, maxRedemptions: input.maxRedemptions, createdAt: ctx.now }
  if ((await insertCodes(ctx, batch, [code])) === 0) return err('code-taken')
  await audit(ctx, { action: 'promotion.code-added', subjectKind: 'promotion', subjectId: input.promotionId, detail: { code } })
  return ok(undefined)
}

export type SwitchCodeInput = { readonly promotionId: string; readonly promoCodeId: string; readonly state: 'active' | 'disabled' }

/** Allows or forbids further use of a code; what was redeemed stays. */
export async function switchCode(ctx: TenantContext, input: SwitchCodeInput): Promise<Result<undefined, 'code-not-found'>> {
  if (!(await moveCode(ctx, input))) return err('code-not-found')
  const { promotionId, promoCodeId, state } = input
  await audit(ctx, { action: 'promotion.code-switched', subjectKind: 'promotion', subjectId: promotionId, detail: { promoCodeId, state } })
  return ok(undefined)
}
