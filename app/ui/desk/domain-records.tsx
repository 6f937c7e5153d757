import { useTranslation } from 'react-i18next'
import type { CheckedRecord } from '#app/domain/domains/records.ts'
import type { HostState } from '#app/domain/domains/standing.ts'
import { CopyButton } from '../base/copy-button.tsx'
import { State, type Tone } from '../base/state.tsx'

const tones: Readonly<Record<HostState, Tone>> = {
  added: 'neutral',
  verifying: 'warning',
  verified: 'info',
  active: 'positive',
  failing: 'critical',
  released: 'neutral',
}

/** Where a host or mail domain stands. */
export function DomainState({ state }: { state: HostState }) {
  const { t } = useTranslation('domain')
  return <State tone={tones[state]}>{t(`state.${state}`)}</State>
}

/** The records that must stand in a name server, each to copy, with what was there at the last look. */
export function DomainRecords({ records, isChecked }: { records: readonly CheckedRecord[]; isChecked: boolean }) {
  const { t } = useTranslation('domain')
  return (
    <ul className="divide-y divide-border">
      {records.map((record) => (
        <li key={`${record.type} ${record.name} ${record.expected}`} className="px-card py-4">
          <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <h3 className="text-sm font-semibold">{t(`record.${record.purpose}`)}</h3>
            <span className="text-sm">
              <RecordState record={record} isChecked={isChecked} />
            </span>
          </div>
          <dl className="grid gap-x-4 gap-y-2 text-sm sm:grid-cols-[6.5rem_minmax(0,1fr)]">
            <dt className="text-muted">{t('record.type')}</dt>
            <dd>
              <bdi dir="ltr">{record.type}</bdi>
            </dd>
            <dt className="text-muted">{t('record.name')}</dt>
            <dd>
              <Copied text={record.name} />
            </dd>
            <dt className="text-muted">{t('record.expected')}</dt>
            <dd>
              <Copied text={record.expected} />
            </dd>
            <dt className="text-muted">{t('record.found')}</dt>
            <dd>
              <Found record={record} isChecked={isChecked} />
            </dd>
          </dl>
        </li>
      ))}
    </ul>
  )
}

function RecordState({ record, isChecked }: { record: CheckedRecord; isChecked: boolean }) {
  const { t } = useTranslation('domain')
  if (!isChecked) return <State tone="neutral">{t('record.unchecked')}</State>
  if (record.isGood) return <State tone="positive">{t('record.good')}</State>
  return (
    <State tone={record.found.length > 0 ? 'critical' : 'warning'}>{t(record.found.length > 0 ? 'record.other' : 'record.missing')}</State>
  )
}

function Copied({ text }: { text: string }) {
  const { t } = useTranslation('common')
  return (
    <span className="flex items-start gap-1">
      <bdi dir="ltr" className="min-w-0 font-mono text-[0.8125rem] break-all">
        {text}
      </bdi>
      <CopyButton text={text} label={t('copy', { what: text.slice(0, 60) })} />
    </span>
  )
}

function Found({ record: { found }, isChecked }: { record: CheckedRecord; isChecked: boolean }) {
  const { t } = useTranslation('domain')
  if (found.length === 0) return <span className="text-muted">{t(isChecked ? 'record.nothing' : 'record.unchecked')}</span>
  return (
    <ul>
      {found.map((text) => (
        <li key={text}>
          <bdi dir="ltr" className="font-mono text-[0.8125rem] break-all">
            {text}
          </bdi>
        </li>
      ))}
    </ul>
  )
}
