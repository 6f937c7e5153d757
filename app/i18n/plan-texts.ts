import type { TFunction } from 'i18next'
import type { PlanProblem } from '#app/domain/pricing/plan-file/plan-file.ts'
import type en from './locales/en/pricing.json'
import { modelProblemText } from './price-sentence.ts'

type PlanCode = keyof (typeof en)['plan']['problem']
type RowCode = keyof (typeof en)['simulate']['row']

/** Why a field of a plan, or of a usage file, was refused. */
export function planProblemText(t: TFunction<'pricing'>, { code }: Pick<PlanProblem, 'code'>): string {
  const ofPlan: string = t(`plan.problem.${code as PlanCode}`, { defaultValue: '' })
  const ofRow: string = ofPlan || t(`simulate.row.${code as RowCode}`, { defaultValue: '' })
  return ofRow || modelProblemText(t, { path: '', code })
}

/** Why a row of a usage file was refused. */
export function usageProblemText(t: TFunction<'pricing'>, code: string): string {
  return t(`simulate.row.${code as RowCode}`, { defaultValue: code })
}
