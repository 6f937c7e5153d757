import { useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import type { UsageGrouping } from '#app/domain/project/usage-grouping.ts'
import { Day } from '../base/date-time.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { Measured, MeterName } from '../base/measured.tsx'
import { Money, Rate } from '../base/money.tsx'
import { TextLink } from '../base/text-link.tsx'
import { type Column, Table } from '../tables/table.tsx'

export type ExploredGroup = {
  readonly key: string
  readonly ref: string | null
  readonly name: string | null
  readonly amount: MoneyValue
  readonly charges: number
  readonly line: { readonly meter: string; readonly unit: string; readonly unitPrice: string; readonly quantity: string } | null
}

type UsageGroupTableProps = {
  usage: { readonly groups: readonly ExploredGroup[] }
  by: UsageGrouping
  tagKey: string | undefined
  base: string
  pathOfServer?: (id: string) => string
}

/** Charges put together; each row leads to what it is made of. */
export function UsageGroupTable({ usage, by, tagKey, base, pathOfServer }: UsageGroupTableProps) {
  const { t } = useTranslation('project')
  const more = useDrill(by, tagKey, base)
  const name: Column<ExploredGroup> = {
    key: 'name',
    head: by === 'tag' && tagKey ? tagKey : t(`usage.by.${by === 'what' ? 'resource' : by}`),
    isPrimary: true,
    cell: (group) => <GroupName group={group} by={by} {...(pathOfServer ? { pathOfServer } : {})} />,
  }
  const amount: Column<ExploredGroup> = {
    key: 'amount',
    head: t('usage.amount'),
    isNumber: true,
    cell: (group) => <Money amount={group.amount} className="font-medium" />,
  }
  const charges: Column<ExploredGroup> = {
    key: 'charges',
    head: t('usage.charges'),
    isNumber: true,
    cell: (group) => {
      const to = more(group)
      return to ? <TextLink to={to}>{group.charges}</TextLink> : group.charges
    },
  }
  return (
    <Table
      caption={t(`usage.title.${by}`)}
      rows={usage.groups}
      rowKey={({ key }) => key}
      columns={[name, ...(by === 'what' ? lineColumns(t) : []), amount, charges]}
      className="border-t border-border"
      empty={<EmptyState title={t('usage.none')}>{t('usage.noneText')}</EmptyState>}
    />
  )
}

function lineColumns(t: ReturnType<typeof useTranslation<'project'>>['t']): Column<ExploredGroup>[] {
  return [
    { key: 'meter', head: t('usage.what'), cell: ({ line }) => (line ? <MeterName meter={line.meter} /> : '–') },
    {
      key: 'quantity',
      head: t('usage.quantity'),
      isNumber: true,
      cell: ({ line }) => (line ? <Measured quantity={line.quantity} unit={line.unit} meter={line.meter} /> : '–'),
    },
    {
      key: 'price',
      head: t('usage.price'),
      isNumber: true,
      cell: ({ line, amount }) => (line ? <Rate rate={line.unitPrice} currency={amount.currency} className="text-muted" /> : '–'),
    },
  ]
}

type GroupNameProps = { group: ExploredGroup; by: UsageGrouping; pathOfServer?: (id: string) => string }

function GroupName({ group: { ref, name }, by, pathOfServer }: GroupNameProps) {
  const { t } = useTranslation('project')
  if (by === 'day' && ref) return <Day day={ref} />
  if (by === 'tag') return ref ?? t('usage.without.tag')
  if (!name) return t(`usage.without.${by === 'project' ? 'project' : 'other'}`)
  const isServer = (by === 'what' || by === 'resource') && ref && pathOfServer
  return isServer ? (
    <TextLink to={pathOfServer(ref)} isQuiet>
      {name}
    </TextLink>
  ) : (
    name
  )
}

/** What the address says in addition for what a row is made of; null where that cannot be told apart further. */
function narrowingOf(by: UsageGrouping, tagKey: string | undefined, { ref, line }: ExploredGroup): Readonly<Record<string, string>> | null {
  if (by === 'project') return { project: ref ?? 'none', by: 'resource' }
  const ofLine: Record<string, string> = line ? { meter: line.meter } : {}
  if (ref === null) return line ? ofLine : null
  switch (by) {
    case 'day':
      return { from: ref, to: ref, by: 'resource' }
    case 'tag':
      return tagKey ? { tag: `${tagKey}=${ref}`, by: 'resource' } : null
    case 'product':
      return { product: ref, by: 'resource' }
    default:
      return { resource: ref, ...ofLine }
  }
}

/** Where the charges of a row are taken apart further: from a day, project, label or product to its resources, from there to the records. */
function useDrill(by: UsageGrouping, tagKey: string | undefined, base: string): (group: ExploredGroup) => string | null {
  const [search] = useSearchParams()
  return (group) => {
    const narrowing = narrowingOf(by, tagKey, group)
    if (!narrowing) return null
    const { page: _page, ...kept } = Object.fromEntries(search)
    return `${narrowing.by ? base : `${base}/records`}?${new URLSearchParams({ ...kept, ...narrowing })}`
  }
}
