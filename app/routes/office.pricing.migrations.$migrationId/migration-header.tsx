import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { MigrationDetail } from '#app/reports/plan-migrations/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { type Stat, StatStrip } from '#app/ui/base/stat-strip.tsx'
import { Badge, type Tone } from '#app/ui/base/state.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { FromTo } from '#app/ui/forms/from-to.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { type Fact, PageHeader } from '#app/ui/shell/page-header.tsx'

const tones = { draft: 'neutral', notified: 'info', scheduled: 'info', applied: 'positive', undone: 'warning' } as const satisfies Record<
  string,
  Tone
>

/** What moves where and when, what it comes to, and what can be done next. */
export function MigrationHeader({ migration, mayWrite }: { migration: MigrationDetail; mayWrite: boolean }) {
  const { t, i18n } = useTranslation('pricing')
  const { state, counts, totals, notifiedAt, appliedAt, effectiveAt } = migration
  const nameOf = (names: Readonly<Record<string, string>>) => names[i18n.language] ?? names.en
  const facts: Fact[] = [
    { label: t('migrations.from'), value: <bdi>{nameOf(migration.fromPlan)}</bdi> },
    { label: t('migrations.to'), value: <bdi>{nameOf(migration.toPlan)}</bdi> },
    {
      label: t('migrations.applies'),
      value: effectiveAt ? <DateTime instant={effectiveAt} /> : t(`migrations.timing.${migration.applies}`),
    },
    ...(notifiedAt ? [{ label: t('migrations.notifiedAt'), value: <DateTime instant={notifiedAt} /> }] : []),
    ...(appliedAt ? [{ label: t('migrations.appliedAt'), value: <DateTime instant={appliedAt} /> }] : []),
    { label: t('migrations.createdBy'), value: migration.createdBy },
  ]
  const stats: Stat[] = [
    { label: t('migrations.moving'), value: migration.moving, isMain: true },
    { label: t('migrations.leftOut'), value: counts.excluded + counts.undone },
    ...totals.map((total) => ({
      label: t('migrations.perMonth', { currency: total.currency }),
      value: <Money amount={total.difference} isBalance />,
      note: <FromTo from={<Money amount={total.current} />} to={<Money amount={total.next} />} />,
    })),
  ]
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('migrations.title'), to: '/office/pricing/migrations' }]}
        title={migration.name}
        beside={<Badge tone={tones[state]}>{t(`migrations.stateName.${state}`)}</Badge>}
        below={t(`migrations.stateText.${state}`)}
        actions={mayWrite ? <Deeds migration={migration} /> : null}
        facts={facts}
      />
      <div className="mb-6">
        <StatStrip stats={stats} />
      </div>
    </>
  )
}

function Deeds({ migration: { state, notifiedAt } }: { migration: MigrationDetail }) {
  const { t } = useTranslation('pricing')
  const isOpen = state === 'draft' || state === 'notified'
  if (!isOpen && state !== 'scheduled') return null
  return (
    <Form method="post" className="flex flex-wrap gap-2">
      <FormToken />
      {isOpen ? (
        <>
          <SubmitButton name="deed" value="schedule">
            {t('migrations.schedule')}
          </SubmitButton>
          {notifiedAt ? null : (
            <SubmitButton name="deed" value="notify" look="secondary">
              {t('migrations.notify')}
            </SubmitButton>
          )}
        </>
      ) : null}
      <SubmitButton name="deed" value="undo" look="danger">
        {t('migrations.undo')}
      </SubmitButton>
    </Form>
  )
}
