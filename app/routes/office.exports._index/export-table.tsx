import { useTranslation } from 'react-i18next'
import type { ListedExport } from '#app/reports/exports/list.server.ts'
import { CopyButton } from '#app/ui/base/copy-button.tsx'
import { DateTime, Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { State, type Tone } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useMonthName } from '#app/ui/base/use-month-name.ts'
import { Table } from '#app/ui/tables/table.tsx'

const tones: Readonly<Record<ListedExport['state'], Tone>> = { requested: 'info', done: 'positive', failed: 'critical' }

/** Every file that was asked for: who, what, and the hash that tells it from any other. */
export function ExportTable({ exports }: { exports: readonly ListedExport[] }) {
  const { t } = useTranslation('report')
  const monthName = useMonthName()
  const format = useFormat()
  const nameOf = ({ kind, side, format: form }: ListedExport) => {
    if (kind === 'focus') return t(`exports.${side ?? 'sell'}`)
    return kind === 'accounting' ? t(`exports.formats.${form}`) : t(`${kind}.title`)
  }
  return (
    <Table
      caption={t('exports.files')}
      rows={exports}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('exports.none')}>{t('exports.noneText')}</EmptyState>}
      columns={[
        {
          key: 'what',
          head: t('exports.what'),
          isPrimary: true,
          cell: (row) => (
            <span suppressHydrationWarning>
              {nameOf(row)}, {row.day ? <Day day={row.day} /> : monthName(row.month)}
              {row.accountName ? <bdi>, {row.accountName}</bdi> : null}
              {row.currency ? `, ${row.currency}` : null}
            </span>
          ),
        },
        { key: 'state', head: t('exports.state'), cell: (row) => <FileState row={row} /> },
        { key: 'rows', head: t('exports.rows'), isNumber: true, cell: ({ rows }) => (rows === null ? '–' : format.quantity(rows)) },
        {
          key: 'hash',
          head: t('exports.hash'),
          isExtra: true,
          cell: ({ sha256 }) =>
            sha256 ? (
              <span className="inline-flex items-center gap-1">
                <bdi dir="ltr" className="font-mono text-xs">
                  {sha256.slice(0, 12)}
                </bdi>
                <CopyButton text={sha256} label={t('exports.copyHash')} />
              </span>
            ) : (
              '–'
            ),
        },
        { key: 'by', head: t('exports.by'), cell: ({ requestedBy }) => <bdi>{requestedBy}</bdi> },
        { key: 'at', head: t('exports.at'), cell: ({ requestedAt }) => <DateTime instant={requestedAt} isShort /> },
      ]}
    />
  )
}

function FileState({ row }: { row: ListedExport }) {
  const { t } = useTranslation('report')
  if (row.isKept)
    return (
      <TextLink to={`/office/exports/${row.id}/file`} isOtherArea>
        {t('exports.download')}
      </TextLink>
    )
  return (
    <State tone={tones[row.state]} isMoving={row.state === 'requested'}>
      {t(`exports.states.${row.state}`)}
    </State>
  )
}
