import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readBillingSettings } from '#app/db/documents/billing-settings.server.ts'
import { insertTerms, readSettledContract, type SettledContract } from '#app/db/settlement/settlement-terms.server.ts'
import { checkSettings, type SettingsProblem } from '#app/domain/settlement/check-settings.ts'
import type { SettlementSettings } from '#app/domain/settlement/settings.ts'
import { modelOf } from '#app/domain/settlement/settlement-effect.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { settleTerms } from './settle-terms.server.ts'

export type ProposeTermsInput = {
  readonly accountId: string
  readonly validFrom: LocalDate
  readonly settings: SettlementSettings
  readonly reason: string
}
export type ProposeTermsError = SettingsProblem | 'no-contract' | 'in-the-past' | 'no-reseller'

/**
 * Proposes how a contract is settled from a day on. It holds at once, unless somebody must see it first: a second person, when the contract
 * may owe more than the seller's limit for approvals; the child, when the parent's name is to stand on its customers' documents.
 */
export async function proposeTerms(
  ctx: TenantContext,
  input: ProposeTermsInput,
): Promise<Result<{ termsId: string; isAgreed: boolean }, ProposeTermsError>> {
  const { accountId, validFrom, settings, reason } = input
  const contract = await readSettledContract(ctx, accountId)
  if (!contract) return err('no-contract')
  if (contract.childTenantId === null) return err('no-reseller')
  const [problem] = checkSettings(settings, { contractCurrency: contract.currency })
  if (problem) return err(problem)
  if (validFrom < localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)) return err('in-the-past')

  const { contractId } = contract
  const needs = { needsSecondPerson: await isAboveLimit(ctx, contract), needsChild: settings.issuer === 'parent' }
  const termsId = await insertTerms(ctx, { accountId, contractId, validFrom, settings, reason, model: modelOf(settings), ...needs })
  await audit(ctx, {
    action: 'settlement-terms.proposed',
    subjectKind: 'account',
    subjectId: accountId,
    detail: { termsId, validFrom, model: modelOf(settings), reason },
  })
  return ok({ termsId, isAgreed: await settleTerms(ctx, termsId) })
}

/** Whether the contract may owe more than what a single person lets go. */
async function isAboveLimit(ctx: TenantContext, { currency, creditLimitMinor }: SettledContract): Promise<boolean> {
  const limit = (await readBillingSettings(ctx)).approvalAbove[currency]
  return limit !== undefined && creditLimitMinor > limit
}
