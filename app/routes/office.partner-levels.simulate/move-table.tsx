import { useTranslation } from 'react-i18next'
import type { UnmetRule } from '#app/domain/partner-level/judge-level.ts'
import type { SimulatedMove } from '#app/services/partner-levels/simulate-levels.server.ts'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { moveField } from './move-form.ts'

export type ShownMove = SimulatedMove & { readonly current: string | null; readonly target: string }

const tones = { rises: 'positive', falls: 'warning', stays: 'neutral' } as const

/** Who would move and what it costs; who moves can be picked. */
export function MoveTable({ moves, formId }: { moves: readonly ShownMove[]; formId: string | null }) {
  const { t } = useTranslation('partner')
  return (
    <Table
      caption={t('simulate.title')}
      rows={moves}
      rowKey={({ accountId }) => accountId}
      columns={useColumns(moves, formId)}
      empty={<EmptyState title={t('noResellers')}>{t('noResellersText')}</EmptyState>}
    />
  )
}

function useColumns(moves: readonly ShownMove[], formId: string | null): Column<ShownMove>[] {
  const { t } = useTranslation('partner')
  const movers = moves.filter(({ move }) => move !== 'stays').map(({ accountId }) => accountId)
  const money = (key: 'before' | 'after' | 'difference'): Column<ShownMove> => ({
    key,
    head: t(`simulate.${key}`),
    isNumber: true,
    cell: ({ cost }) => (cost ? <Money amount={cost[key]} isBalance /> : <span className="text-muted">–</span>),
  })
  return [
    {
      key: 'name',
      head: t('reseller'),
      isPrimary: true,
      cell: ({ accountId, name, move }) => (
        <span className="flex items-center gap-3">
          {formId && move !== 'stays' ? (
            <input
              type="checkbox"
              form={formId}
              name={moveField(movers.indexOf(accountId))}
              value={accountId}
              aria-label={t('simulate.pick', { name })}
              className="size-5 accent-accent"
            />
          ) : null}
          <TextLink to={`/office/accounts/${accountId}`} isQuiet className="font-medium">
            {name}
          </TextLink>
        </span>
      ),
    },
    { key: 'move', head: t('simulate.move'), cell: ({ move }) => <State tone={tones[move]}>{t(`simulate.moves.${move}`)}</State> },
    {
      key: 'levels',
      head: t('level'),
      cell: ({ current, target, move }) => (move === 'stays' ? (current ?? target) : `${current ?? '–'} → ${target}`),
    },
    { key: 'why', head: t('simulate.why'), isLong: true, cell: ({ unmet }) => <Why unmet={unmet} /> },
    money('before'),
    money('after'),
    money('difference'),
    {
      key: 'limit',
      head: t('limit.title'),
      isNumber: true,
      cell: ({ limit }) =>
        limit ? (
          <>
            <Money amount={limit.before} /> → <Money amount={limit.after} />
          </>
        ) : (
          <span className="text-muted">–</span>
        ),
    },
  ]
}

function Why({ unmet }: { unmet: readonly UnmetRule[] }) {
  const { t } = useTranslation('partner')
  const format = useFormat()
  if (unmet.length === 0) return <span className="text-muted">{t('simulate.fulfilled')}</span>
  const words = unmet.map((rule) =>
    rule.rule === 'turnover'
      ? t('simulate.turnover', { reached: format.money(rule.reached), needed: format.money(rule.needed), months: rule.months })
      : t('simulate.overdue', { days: rule.days, allowed: rule.allowedDays }),
  )
  return <span suppressHydrationWarning>{words.join(' · ')}</span>
}
