import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { agreeTerms, lockTerms, noteConsent, type SettlementTerms, withdrawTermsRow } from '#app/db/settlement/settlement-terms.server.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** Lets proposed terms hold once everybody saw them who must; false while somebody did not. */
export async function settleTerms(ctx: TenantContext, termsId: string): Promise<boolean> {
  const terms = await lockTerms(ctx, termsId)
  if (terms?.state !== 'waiting' || isOpen(terms)) return terms?.state === 'agreed'
  await agreeTerms(ctx, terms)
  await enqueue(ctx, { name: 'edge/changed', data: { tenantId: ctx.tenantId, accountId: terms.accountId } })
  await audit(ctx, {
    action: 'settlement-terms.agreed',
    subjectKind: 'account',
    subjectId: terms.accountId,
    detail: { termsId, validFrom: terms.validFrom },
  })
  return true
}

function isOpen({ needsSecondPerson, approvedBy, needsChild, acceptedBy }: SettlementTerms): boolean {
  return (needsSecondPerson && approvedBy === null) || (needsChild && acceptedBy === null)
}

export type TermsInput = { readonly termsId: string; readonly accountId: string }
export type ApproveTermsError = 'terms-not-found' | 'second-person-needed'

/** A second person of the parent agrees. Safe to repeat. */
export async function approveTerms(ctx: TenantContext, input: TermsInput): Promise<Result<{ isAgreed: boolean }, ApproveTermsError>> {
  const terms = await waitingTerms(ctx, input)
  if (!terms) return err('terms-not-found')
  if (terms.proposedBy === actorName(ctx.actor)) return err('second-person-needed')
  await noteConsent(ctx, terms.id, 'parent')
  return ok({ isAgreed: await settleTerms(ctx, terms.id) })
}

/** The child wants the terms that need its consent. Called in the parent, in the name of the child's staff. Safe to repeat. */
export async function acceptTerms(ctx: TenantContext, input: TermsInput): Promise<Result<{ isAgreed: boolean }, 'terms-not-found'>> {
  const terms = await waitingTerms(ctx, input)
  if (!terms) return err('terms-not-found')
  await noteConsent(ctx, terms.id, 'child')
  return ok({ isAgreed: await settleTerms(ctx, terms.id) })
}

/** Proposed terms are taken back. */
export async function withdrawTerms(ctx: TenantContext, input: TermsInput): Promise<Result<void, 'terms-not-found'>> {
  const terms = await waitingTerms(ctx, input)
  if (!terms) return err('terms-not-found')
  await withdrawTermsRow(ctx, terms.id)
  await audit(ctx, {
    action: 'settlement-terms.withdrawn',
    subjectKind: 'account',
    subjectId: terms.accountId,
    detail: { termsId: terms.id },
  })
  return ok(undefined)
}

async function waitingTerms(ctx: TenantContext, { termsId, accountId }: TermsInput): Promise<SettlementTerms | undefined> {
  const terms = await lockTerms(ctx, termsId)
  return terms?.accountId === accountId && terms.state === 'waiting' ? terms : undefined
}
