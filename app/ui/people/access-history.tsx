import { useTranslation } from 'react-i18next'
import { Card } from '../base/card.tsx'
import { Timeline } from '../base/timeline.tsx'
import { useLabel } from '../base/use-label.ts'
import { StaffPermissionWords } from './staff-permissions.tsx'

type Change = {
  readonly id: string
  readonly at: Date
  readonly by: string | null
  readonly action: string
  readonly subject: string
  readonly profile: string | null
  readonly given: readonly string[]
  readonly taken: readonly string[]
}

/** Who changed what of the people of the house and of their profiles. */
export function AccessHistory({ changes }: { readonly changes: readonly Change[] }) {
  const { t } = useTranslation('staff')
  const label = useLabel()
  return (
    <Card id="history" title={t('history.title')}>
      <Timeline
        label={t('history.title')}
        entries={changes.map(({ id, at, by, action, subject, profile, given, taken }) => ({
          key: id,
          at,
          title: (
            <>
              {label(`staff:history.${action.replace('.', '-')}`, action)}: <bdi>{subject}</bdi>
            </>
          ),
          detail: (
            <>
              {profile ? <p>{label(`common:profile.${profile}`, profile)}</p> : null}
              {given.length > 0 ? (
                <p>
                  {t('history.given')}: <StaffPermissionWords permissions={given} />
                </p>
              ) : null}
              {taken.length > 0 ? (
                <p>
                  {t('history.taken')}: <StaffPermissionWords permissions={taken} />
                </p>
              ) : null}
              <p>{by ? t('history.by', { name: by }) : t('history.bySystem')}</p>
            </>
          ),
        }))}
      />
    </Card>
  )
}
