import { useTranslation } from 'react-i18next'
import type { HostView } from '#app/reports/domains/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Badge } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { DomainState } from '#app/ui/desk/domain-records.tsx'
import { Table } from '#app/ui/tables/table.tsx'

/** Every host of the seller; its own ones lead to their records. */
export function HostTable({ hosts }: { hosts: readonly HostView[] }) {
  const { t } = useTranslation('domain')
  return (
    <Table
      caption={t('hosts.title')}
      rows={hosts}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'host',
          head: t('hosts.host'),
          isPrimary: true,
          isLong: true,
          cell: ({ id, shownHost, isFallback, isMain }) => (
            <span className="inline-flex flex-wrap items-center gap-2">
              <bdi dir="ltr" className="break-all">
                {isFallback ? shownHost : <TextLink to={`/office/domains/${id}`}>{shownHost}</TextLink>}
              </bdi>
              {isMain ? <Badge tone="info">{t('hosts.main')}</Badge> : null}
            </span>
          ),
        },
        {
          key: 'state',
          head: t('hosts.state'),
          cell: ({ isFallback, state }) => (isFallback ? t('hosts.always') : <DomainState state={state} />),
        },
        {
          key: 'checked',
          head: t('hosts.checked'),
          cell: ({ checkedAt, isFallback }) => (checkedAt ? <DateTime instant={checkedAt} /> : isFallback ? '–' : t('hosts.never')),
        },
      ]}
    />
  )
}
