import { useTranslation } from 'react-i18next'
import { useLabel } from '../base/use-label.ts'

/** Why paying was refused, in words; undefined when it was not. */
export function usePayProblem(answer: { readonly problem?: string } | object | undefined): string | undefined {
  const { t } = useTranslation('pay')
  const label = useLabel()
  const problem = answer && 'problem' in answer ? answer.problem : undefined
  return typeof problem === 'string' ? label(`pay:problem.${problem}`, t('problem.other')) : undefined
}
