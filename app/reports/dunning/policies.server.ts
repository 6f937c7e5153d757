import type { TenantContext } from '#app/db/context.server.ts'
import { findPolicy, listPolicies as listStored } from '#app/db/dunning/dunning-policies.server.ts'
import { type Money, toDecimal } from '#app/domain/money/money.ts'

export type PolicyRow = {
  readonly id: string
  readonly segment: string | null
  readonly currency: string
  readonly version: number
  readonly state: 'draft' | 'active' | 'retired'
  readonly days: readonly number[]
  readonly minimum: Money
}

/** Every version of the rules, by segment and currency, the newest first. */
export async function listPolicies(ctx: TenantContext): Promise<PolicyRow[]> {
  return (await listStored(ctx)).map(({ steps, cap: _, ...policy }) => ({ ...policy, days: steps.map(({ day }) => day) }))
}

/** The terms of one version as a form shows them: every value a text. */
export type PolicyForm = Pick<PolicyRow, 'segment' | 'currency' | 'version' | 'state'> & {
  readonly values: Readonly<Record<string, string>>
}

/** One version for its form; undefined when there is none such. Steps are numbered from 1. */
export async function readPolicyForm(ctx: TenantContext, id: string): Promise<PolicyForm | undefined> {
  const policy = await findPolicy(ctx, id)
  if (!policy) return undefined
  const { segment, currency, version, state, minimum, cap, steps } = policy
  const values: Record<string, string> = { minimum: toDecimal(minimum).toFixed() }
  if (cap) values.cap = toDecimal(cap).toFixed()
  for (const [index, step] of steps.entries()) {
    const place = index + 1
    values[`day${place}`] = String(step.day)
    values[`action${place}`] = step.action
    values[`fee${place}`] = toDecimal({ minor: step.feeMinor, currency }).toFixed()
    values[`rate${place}`] = step.ratePercent.toFixed()
    if (step.charges) values[`charges${place}`] = 'on'
    for (const [language, text] of Object.entries(step.texts)) values[`text${place}${language}`] = text
  }
  return { segment, currency, version, state, values }
}
