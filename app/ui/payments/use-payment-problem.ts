import { useTranslation } from 'react-i18next'
import { useLabel } from '../base/use-label.ts'

/** Why a deed with money was refused, in words; undefined when it was not. */
export function usePaymentProblem(answer: { readonly problem?: string } | object | undefined): string | undefined {
  const { t } = useTranslation('payment')
  const label = useLabel()
  const problem = answer && 'problem' in answer ? answer.problem : undefined
  return typeof problem === 'string' ? label(`payment:problem.${problem}`, t('problem.other')) : undefined
}
