import { z } from 'zod'
import type { HoldEffect } from '../hold/hold-effect.ts'
import { Decimal } from '../money/decimal.ts'
import type { Money } from '../money/money.ts'

/** What a step does, the mildest first. Each also tells the buyer. */
export const dunningActions = ['notify', 'block', 'suspend', 'terminate'] as const
export type DunningAction = (typeof dunningActions)[number]

const ratePercent = z.string().regex(/^\d{1,3}(\.\d{1,6})?$/)

/**
 * One step, as it is stored. `day` counts from the due date, which is day 0. `feeMinor` is in the policy's currency; `ratePercent` is a year's
 * simple interest. `texts` are the seller's own words by language; where there are none the product's own text of the action stands.
 */
const StoredStep = z.strictObject({
  day: z.number().int().min(1).max(365),
  action: z.enum(dunningActions),
  feeMinor: z.string().regex(/^\d{1,15}$/),
  ratePercent,
  /** The saved way to pay is charged first on that day. */
  charges: z.boolean(),
  texts: z.record(z.string(), z.string().trim().min(1).max(2000)),
})
export type StoredStep = z.infer<typeof StoredStep>

export type DunningStep = {
  readonly day: number
  readonly action: DunningAction
  readonly feeMinor: bigint
  readonly ratePercent: Decimal
  readonly charges: boolean
  readonly texts: Readonly<Record<string, string>>
}

/** Version of the rules for a segment and a currency. `cap` is the most that fees and interest of one case come to; null is no cap. */
export type DunningPolicy = {
  readonly id: string
  readonly minimum: Money
  readonly cap: Money | null
  readonly steps: readonly DunningStep[]
}

export type StepsProblem = 'no-steps' | 'days-not-rising' | 'actions-not-rising'

/** What is wrong with steps: each comes later than the one before, and does no less. */
export function problemOfSteps(steps: readonly Pick<DunningStep, 'day' | 'action'>[]): StepsProblem | null {
  if (steps.length === 0) return 'no-steps'
  const isAfter = (check: (step: (typeof steps)[number], before: (typeof steps)[number]) => boolean) =>
    steps.every((step, index) => {
      const before = steps[index - 1]
      return before === undefined || check(step, before)
    })
  if (!isAfter((step, before) => step.day > before.day)) return 'days-not-rising'
  return isAfter((step, before) => strengthOf(step.action) >= strengthOf(before.action)) ? null : 'actions-not-rising'
}

/** How strong an action is: 0 is the mildest. */
export function strengthOf(action: DunningAction): number {
  return dunningActions.indexOf(action)
}

/** The hold that an action places; null for a letter alone. */
export function holdOf(action: DunningAction): HoldEffect | null {
  const holds = { notify: null, block: 'block-orders', suspend: 'suspend-services', terminate: 'terminate' } as const
  return holds[action]
}

/** Steps as they are read from the database. @throws ZodError for what is none. */
export function readSteps(stored: unknown): DunningStep[] {
  return z
    .array(StoredStep)
    .max(12)
    .parse(stored)
    .map((step) => ({ ...step, feeMinor: BigInt(step.feeMinor), ratePercent: new Decimal(step.ratePercent) }))
}

/** Steps as they are stored. */
export function storedSteps(steps: readonly DunningStep[]): StoredStep[] {
  return steps.map((step) => ({
    ...step,
    feeMinor: step.feeMinor.toString(),
    ratePercent: step.ratePercent.toFixed(),
    texts: { ...step.texts },
  }))
}
