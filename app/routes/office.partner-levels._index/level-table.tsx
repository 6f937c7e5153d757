import { useTranslation } from 'react-i18next'
import { discountScopes } from '#app/domain/promo/discount.ts'
import type { LevelOverview, ShownDiscount } from '#app/reports/partner-levels/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { PartnerLevelRules } from '#app/ui/catalog/partner-level-rules.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'

/** The levels with their percentages off the list, the best level first. */
export function LevelTable({ levels }: { levels: readonly LevelOverview[] }) {
  const { t } = useTranslation('partner')
  return (
    <Table
      caption={t('title')}
      rows={levels}
      rowKey={({ id }) => id}
      columns={useColumns()}
      empty={<EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
    />
  )
}

function useColumns(): Column<LevelOverview>[] {
  const { t } = useTranslation('partner')
  return [
    {
      key: 'name',
      head: t('level'),
      isPrimary: true,
      cell: ({ id, name }) => (
        <TextLink to={`/office/partner-levels/${id}`} isQuiet className="font-medium">
          {name}
        </TextLink>
      ),
    },
    ...discountScopes.map(
      (scope): Column<LevelOverview> => ({
        key: scope,
        head: t(`scope.${scope}`),
        isNumber: true,
        cell: ({ discounts, announced }) => <Percents scope={scope} discounts={discounts} announced={announced} />,
      }),
    ),
    { key: 'rules', head: t('rules'), isLong: true, cell: (level) => <PartnerLevelRules level={level} /> },
    { key: 'resellers', head: t('resellers'), isNumber: true, cell: ({ resellers }) => resellers },
  ]
}

type PercentsProps = { scope: string; discounts: readonly ShownDiscount[]; announced: readonly ShownDiscount[] }

function Percents({ scope, discounts, announced }: PercentsProps) {
  const format = useFormat()
  const own = discounts.filter((discount) => discount.scope === scope)
  const general = own.find(({ productGroup }) => productGroup === null)
  const coming = announced.filter((discount) => discount.scope === scope)
  return (
    <span suppressHydrationWarning>
      {general ? format.percent(general.percent) : '–'}
      {own
        .filter(({ productGroup }) => productGroup !== null)
        .map(({ productGroup, percent }) => (
          <span key={productGroup} className="block text-xs text-muted">
            <bdi>{productGroup}</bdi> {format.percent(percent)}
          </span>
        ))}
      {coming.map(({ productGroup, percent, from }) => (
        <span key={`${productGroup}-${from}`} className="block text-xs text-info">
          {productGroup ? <bdi>{productGroup} </bdi> : null}
          {format.percent(percent)} · {from ? <DateTime instant={from} isShort /> : null}
        </span>
      ))}
    </span>
  )
}
