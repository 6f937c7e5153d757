import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  activateDraft,
  findPolicy,
  insertPolicyDraft,
  type PolicyTerms,
  retirePolicy,
  savePolicyDraft,
} from '#app/db/dunning/dunning-policies.server.ts'
import { problemOfSteps, type StepsProblem } from '#app/domain/dunning/policy.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type PolicyError = StepsProblem | 'policy-not-found' | 'policy-not-draft'

/** Begins a version of the rules for a segment (null: all others) and a currency. It applies once it is activated. */
export async function draftPolicy(
  ctx: TenantContext,
  draft: PolicyTerms & { readonly segment: string | null; readonly currency: string },
): Promise<Result<{ policyId: string }, StepsProblem>> {
  const problem = problemOfSteps(draft.steps)
  if (problem) return err(problem)
  const policyId = await insertPolicyDraft(ctx, draft)
  await audit(ctx, { action: 'dunning-policy.drafted', subjectKind: 'dunning-policy', subjectId: policyId })
  return ok({ policyId })
}

/** Writes the terms of a draft. */
export async function savePolicy(ctx: TenantContext, policyId: string, terms: PolicyTerms): Promise<Result<void, PolicyError>> {
  const problem = problemOfSteps(terms.steps)
  if (problem) return err(problem)
  if (!(await findPolicy(ctx, policyId))) return err('policy-not-found')
  if (!(await savePolicyDraft(ctx, policyId, terms))) return err('policy-not-draft')
  await audit(ctx, { action: 'dunning-policy.saved', subjectKind: 'dunning-policy', subjectId: policyId })
  return ok(undefined)
}

/** Lets a draft apply to every case that begins from now on; cases that are open end by the version they began with. */
export async function activatePolicy(ctx: TenantContext, policyId: string): Promise<Result<void, PolicyError>> {
  const policy = await findPolicy(ctx, policyId)
  if (!policy) return err('policy-not-found')
  if (policy.state !== 'draft') return err('policy-not-draft')
  await retirePolicy(ctx, policy)
  await activateDraft(ctx, policyId)
  await audit(ctx, { action: 'dunning-policy.activated', subjectKind: 'dunning-policy', subjectId: policyId })
  return ok(undefined)
}
