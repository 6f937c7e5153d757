import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { EmptyState } from '../base/empty-state.tsx'
import { Money } from '../base/money.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Table } from '../tables/table.tsx'

type ProjectTableProps = {
  projects: readonly {
    readonly id: string
    readonly name: string
    readonly accountName: string
    readonly isArchived: boolean
    readonly resources: number
    readonly costs: readonly MoneyValue[]
  }[]
  pathOf: (id: string) => string
}

/** Projects with what is in them and what they cost this month; those put away come last. */
export function ProjectTable({ projects, pathOf }: ProjectTableProps) {
  const { t } = useTranslation('project')
  return (
    <Table
      caption={t('title')}
      rows={projects}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
      columns={[
        {
          key: 'name',
          head: t('name'),
          isPrimary: true,
          cell: ({ id, name, isArchived }) => (
            <>
              <TextLink to={pathOf(id)}>{name}</TextLink>
              {isArchived ? <span className="ms-2 text-xs text-muted">{t('archived')}</span> : null}
            </>
          ),
        },
        { key: 'account', head: t('account'), cell: ({ accountName }) => accountName },
        { key: 'resources', head: t('resources'), isNumber: true, cell: ({ resources }) => resources },
        { key: 'cost', head: t('costThisMonth'), isNumber: true, cell: ({ costs }) => <Costs costs={costs} /> },
      ]}
    />
  )
}

/** One amount a currency; nothing is added across them. */
function Costs({ costs }: { costs: readonly MoneyValue[] }) {
  if (costs.length === 0) return '–'
  return (
    <span className="grid gap-0.5">
      {costs.map((amount) => (
        <Money key={amount.currency} amount={amount} />
      ))}
    </span>
  )
}
