import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Handover, handovers, type Rhythm, rhythms } from '#app/domain/export-schedule/schedule.ts'
import type { Schedulable } from '#app/domain/export-schedule/scheduled-wish.ts'
import { Button } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { Day } from '../base/date-time.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { Notice } from '../base/notice.tsx'
import { State } from '../base/state.tsx'
import { Select, TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'
import { Table } from '../tables/table.tsx'

/** A file that is made by itself, as the page shows it. */
type ShownSchedule = {
  readonly id: string
  readonly what: Schedulable
  readonly rhythm: Rhythm
  readonly delivery: Handover
  readonly mails: readonly string[]
  readonly isActive: boolean
  readonly nextOn: string
  readonly lastOn: string | null
}

type Words = Readonly<Record<string, string>>
type Answer = { readonly fields?: Words; readonly values?: Words; readonly problem?: 'too-many' | 'no-endpoint' | 'no-parent' } | undefined
type ExportSchedulesProps = {
  schedules: readonly ShownSchedule[]
  /** What may be ordered here; one alone is not asked for. */
  offered: readonly Schedulable[]
  mayChange: boolean
  answer: Answer
}

/** Files that are made by themselves: those there are, and one more. */
export function ExportSchedules({ schedules, offered, mayChange, answer }: ExportSchedulesProps) {
  const { t } = useTranslation('delivery')
  return (
    <div className="grid grid-cols-1 gap-6">
      <Card id="schedules" title={t('schedule.list')} isFlush>
        <ScheduleTable schedules={schedules} mayChange={mayChange} />
      </Card>
      {mayChange ? <NewSchedule offered={offered} answer={answer} /> : null}
    </div>
  )
}

function ScheduleTable({ schedules, mayChange }: Pick<ExportSchedulesProps, 'schedules' | 'mayChange'>) {
  const { t } = useTranslation('delivery')
  return (
    <Table
      caption={t('schedule.list')}
      rows={schedules}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('schedule.none')}>{t('schedule.noneText')}</EmptyState>}
      columns={[
        { key: 'what', head: t('schedule.what'), isPrimary: true, cell: ({ what }) => t(`schedule.kind.${what}`) },
        { key: 'rhythm', head: t('schedule.rhythm'), cell: ({ rhythm }) => t(`schedule.rhythms.${rhythm}`) },
        {
          key: 'to',
          head: t('schedule.to'),
          cell: ({ delivery, mails }) =>
            delivery === 'mail' ? <bdi className="break-words">{mails.join(', ')}</bdi> : t('schedule.handover.webhook'),
        },
        { key: 'last', head: t('schedule.last'), cell: ({ lastOn }) => (lastOn ? <Day day={lastOn} /> : '–') },
        {
          key: 'next',
          head: t('schedule.next'),
          cell: ({ isActive, nextOn }) => (isActive ? <Day day={nextOn} /> : <State tone="warning">{t('schedule.paused')}</State>),
        },
        ...(mayChange
          ? [{ key: 'deed', head: t('schedule.change'), cell: (row: ShownSchedule) => <Deeds id={row.id} isActive={row.isActive} /> }]
          : []),
      ]}
    />
  )
}

function Deeds({ id, isActive }: { id: string; isActive: boolean }) {
  const { t } = useTranslation('delivery')
  return (
    <Form method="post" className="flex flex-wrap gap-2">
      <FormToken />
      <input type="hidden" name="scheduleId" value={id} />
      <Button look="secondary" size="small" name="deed" value={isActive ? 'pause' : 'start'}>
        {t(isActive ? 'schedule.pause' : 'schedule.start')}
      </Button>
      <Button look="quiet" size="small" name="deed" value="remove">
        {t('schedule.remove')}
      </Button>
    </Form>
  )
}

function NewSchedule({ offered, answer }: Pick<ExportSchedulesProps, 'offered' | 'answer'>) {
  const { t } = useTranslation('delivery')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="new-schedule" title={t('schedule.new')} className="max-w-2xl">
      <Form method="post" className="grid gap-5">
        <FormToken />
        <input type="hidden" name="deed" value="add" />
        {answer?.problem ? <Notice tone="critical">{t(`schedule.problem.${answer.problem}`)}</Notice> : null}
        {offered.length === 1 ? (
          <input type="hidden" name="what" value={offered[0]} />
        ) : (
          <Select name="what" label={t('schedule.what')} defaultValue={typed('what')} error={error('what')}>
            {offered.map((what) => (
              <option key={what} value={what}>
                {t(`schedule.kind.${what}`)}
              </option>
            ))}
          </Select>
        )}
        <Select
          name="rhythm"
          label={t('schedule.rhythm')}
          help={t('schedule.rhythmHelp')}
          defaultValue={typed('rhythm') ?? 'monthly'}
          error={error('rhythm')}
        >
          {rhythms.map((rhythm) => (
            <option key={rhythm} value={rhythm}>
              {t(`schedule.rhythms.${rhythm}`)}
            </option>
          ))}
        </Select>
        <Select name="handover" label={t('schedule.to')} defaultValue={typed('handover')} error={error('handover')}>
          {handovers.map((handover) => (
            <option key={handover} value={handover}>
              {t(`schedule.handover.${handover}`)}
            </option>
          ))}
        </Select>
        <TextInput
          name="mails"
          label={t('schedule.mails')}
          help={t('schedule.mailsHelp')}
          dir="ltr"
          defaultValue={typed('mails')}
          error={error('mails')}
        />
        <div>
          <SubmitButton>{t('schedule.add')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
