import { useTranslation } from 'react-i18next'
import type { HostView } from '#app/reports/domains/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Badge } from '#app/ui/base/state.tsx'
import { DomainState } from '#app/ui/desk/domain-records.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'

/** The name of a host, where it stands, and the days that matter. */
export function HostHeader({ host }: { host: HostView }) {
  const { t } = useTranslation('domain')
  const { state, isMain, shownHost, checkedAt, missingSince, freeAt } = host
  const days = [
    ...(missingSince ? [{ label: t('hosts.missingSince'), value: <DateTime instant={missingSince} /> }] : []),
    ...(freeAt
      ? [{ label: t(state === 'released' ? 'hosts.keptUntil' : 'hosts.claimedUntil'), value: <DateTime instant={freeAt} isDayOnly /> }]
      : []),
  ]
  return (
    <PageHeader
      crumbs={[{ label: t('title'), to: '/office/domains' }]}
      title={<bdi dir="ltr">{shownHost}</bdi>}
      beside={
        <>
          <DomainState state={state} />
          {isMain ? <Badge tone="info">{t('hosts.main')}</Badge> : null}
        </>
      }
      below={shownHost === host.host ? null : <bdi dir="ltr">{host.host}</bdi>}
      facts={[
        { label: t('hosts.checked'), value: checkedAt ? <DateTime instant={checkedAt} /> : t('hosts.never') },
        { label: t('tls.title'), value: t(state === 'verified' || state === 'active' ? 'tls.ready' : 'tls.waiting') },
        ...days,
      ]}
    />
  )
}
