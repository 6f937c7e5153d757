import { useTranslation } from 'react-i18next'
import { DateTime, Day } from '../base/date-time.tsx'
import { State } from '../base/state.tsx'

const tones = { open: 'warning', reopened: 'positive', closed: 'neutral' } as const

/** How far the end of an account is. */
export function ClosingState({ state }: { readonly state: keyof typeof tones }) {
  const { t } = useTranslation('access')
  return <State tone={tones[state]}>{t(`closing.state.${state}`)}</State>
}

type Closing = {
  readonly state: keyof typeof tones
  readonly reason: string
  readonly askedAt: Date
  readonly graceEndsAt: Date
  readonly reopenedAt: Date | null
  readonly closedAt: Date | null
  readonly eraseOn: string | null
  readonly erasedAt: Date | null
}

/** The dates of a closing. */
export function ClosingFacts({ closing }: { readonly closing: Closing }) {
  const { t } = useTranslation('access')
  const { state, reason, askedAt, graceEndsAt, reopenedAt, closedAt, eraseOn, erasedAt } = closing
  const rows = [
    { label: t('closing.asked'), value: <DateTime instant={askedAt} /> },
    ...(state === 'open' ? [{ label: t('closing.graceEnds'), value: <DateTime instant={graceEndsAt} /> }] : []),
    ...(reopenedAt ? [{ label: t('closing.state.reopened'), value: <DateTime instant={reopenedAt} /> }] : []),
    ...(closedAt ? [{ label: t('closing.state.closed'), value: <DateTime instant={closedAt} /> }] : []),
    ...(eraseOn && !erasedAt ? [{ label: t('closing.eraseOn'), value: <Day day={eraseOn} /> }] : []),
    ...(erasedAt ? [{ label: t('closing.erased'), value: <DateTime instant={erasedAt} /> }] : []),
    ...(reason ? [{ label: t('closing.reason'), value: reason }] : []),
  ]
  return (
    <dl className="grid gap-2 text-sm">
      {rows.map(({ label, value }) => (
        <div key={label} className="flex flex-wrap justify-between gap-x-4">
          <dt className="text-muted">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
