import { useTranslation } from 'react-i18next'
import { Notice } from '../base/notice.tsx'
import { State } from '../base/state.tsx'
import type { SignOnAnswer } from './sign-on-form.tsx'

const tones = { draft: 'warning', active: 'positive', off: 'neutral' } as const

/** Whether a directory is in use. */
export function SignOnState({ state }: { state: keyof typeof tones }) {
  const { t } = useTranslation('signon')
  return <State tone={tones[state]}>{t(`state.${state}`)}</State>
}

/** What a trial of a directory found. */
export function SignOnTrial({ answer }: { answer: SignOnAnswer }) {
  const { t } = useTranslation('signon')
  if (answer?.failure) return <Notice tone="critical">{t(`failure.${answer.failure}`)}</Notice>
  if (!answer?.findings) return null
  return (
    <Notice tone="positive" title={t('works')}>
      <dl className="grid gap-2 text-sm">
        {answer.findings.map(({ what, value }) => (
          <div key={what}>
            <dt className="font-medium">{t(`finding.${what}`)}</dt>
            {value ? (
              <dd dir="ltr" className="break-all text-start">
                {value}
              </dd>
            ) : null}
          </div>
        ))}
      </dl>
    </Notice>
  )
}
