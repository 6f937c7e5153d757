import type { TFunction } from 'i18next'
import type { PriceDescription } from '#app/domain/pricing/models/price-slice.ts'
import type { PlanProblem } from '#app/domain/pricing/plan-file/plan-file.ts'
import en from './locales/en/pricing.json'
import { modelProblemText, type PriceTexts, priceSentence } from './price-sentence.ts'

type PlanCode = keyof (typeof en)['plan']['problem']
type RowCode = keyof (typeof en)['simulate']['row']

/** Why a field of a plan was refused. */
export function planProblemText(t: TFunction<'pricing'>, { code }: Pick<PlanProblem, 'code'>): string {
  if (code in en.plan.problem) return t(`plan.problem.${code as PlanCode}`)
  return modelProblemText(t, { path: '', code: code in en.models.problem ? code : 'wrong-type' })
}

/** Why a row of a usage file was refused. */
export function usageProblemText(t: TFunction<'pricing'>, code: RowCode): string {
  return t(`simulate.row.${code}`)
}

/** Why a line costs what it does: sentences, then the dimensions that its price asks for. */
export function reasonText(texts: PriceTexts, reason: readonly PriceDescription[], matched: Readonly<Record<string, string>>): string {
  const sentences = reason.map((part) => priceSentence(texts, part))
  const dimensions = Object.entries(matched).map(([name, value]) => texts.isolate(`${name}=${value}`))
  return [...sentences, ...(dimensions.length > 0 ? [`(${dimensions.join(', ')})`] : [])].join(' ')
}
