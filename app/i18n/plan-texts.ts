import type { TFunction } from 'i18next'
import type { PlanProblem } from '#app/domain/pricing/plan-file/plan-file.ts'
import en from './locales/en/pricing.json'
import { modelProblemText } from './price-sentence.ts'

type PlanCode = keyof (typeof en)['plan']['problem']
type RowCode = keyof (typeof en)['simulate']['row']

/** Why a field of a plan, or of a usage file, was refused. */
export function planProblemText(t: TFunction<'pricing'>, { code }: Pick<PlanProblem, 'code'>): string {
  if (code in en.plan.problem) return t(`plan.problem.${code as PlanCode}`)
  if (code in en.simulate.row) return usageProblemText(t, code as RowCode)
  return modelProblemText(t, { path: '', code: code in en.models.problem ? code : 'wrong-type' })
}

/** Why a row of a usage file was refused. */
export function usageProblemText(t: TFunction<'pricing'>, code: RowCode): string {
  return t(`simulate.row.${code}`)
}
