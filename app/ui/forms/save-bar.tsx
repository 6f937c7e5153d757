import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonClasses } from '../base/button.tsx'
import { SubmitButton } from './submit-button.tsx'

/** The deeds of a long form, always in sight: keep what is typed, or begin again. */
export function SaveBar({ children }: { children: ReactNode }) {
  const { t } = useTranslation('common')
  return (
    <div className="sticky bottom-0 z-10 -mx-4 mt-6 flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-border bg-bg px-4 py-3 sm:mx-0 sm:px-0">
      <SubmitButton name="intent" value="save">
        {children}
      </SubmitButton>
      <button type="reset" className={buttonClasses('quiet')}>
        {t('discardTyped')}
      </button>
    </div>
  )
}
