import { useTranslation } from 'react-i18next'
import { keyPart, useLabel } from '../base/use-label.ts'
import { useWords } from '../base/use-words.ts'

const subjects = ['discount', 'item', 'credit', 'unassigned'] as const

/** What a row of a report is about: a product, a meter, or what stands in their place. */
export function useSubjectName(): (product: Readonly<Record<string, string>> | null, subject: string) => string {
  const { t } = useTranslation('report')
  const words = useWords()
  const label = useLabel()
  return (product, subject) => {
    if (product) return words(product)
    const known = subjects.find((each) => each === subject)
    return known ? t(`subject.${known}`) : label(`document:meter.${keyPart(subject)}`, subject)
  }
}
