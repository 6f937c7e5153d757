import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { Money } from '../base/money.tsx'
import { TextLink } from '../base/text-link.tsx'
import { type Column, Table } from '../tables/table.tsx'
import { ThingStateView } from './thing-state.tsx'

type Thing = {
  readonly id: string
  readonly name: string
  readonly state: 'building' | 'ready' | 'failed' | 'deleted'
  readonly place: string
  readonly pendingAction: string | null
  readonly server: { readonly id: string; readonly name: string } | null
  readonly costSoFar: MoneyValue
}

type ThingTableProps<Row extends Thing> = {
  caption: string
  rows: readonly Row[]
  /** What is to be known of it beside its name, state and place. */
  facts?: readonly Column<Row>[]
  pathOf?: (row: Row) => string
  isFree?: boolean
  /** It stands nowhere in particular. */
  isPlaceless?: boolean
  hasServer?: boolean
  deeds?: ((row: Row) => ReactNode) | undefined
  empty: ReactNode
}

/** What a buyer has beside its servers, with what each has cost this month. */
export function ThingTable<Row extends Thing>({
  caption,
  rows,
  facts = [],
  pathOf,
  isFree,
  isPlaceless,
  hasServer,
  deeds,
  empty,
}: ThingTableProps<Row>) {
  const { t } = useTranslation('cloud')
  const name = (row: Row) => <bdi>{row.name}</bdi>
  const columns: Column<Row>[] = [
    {
      key: 'name',
      head: t('name'),
      isPrimary: true,
      cell: (row) => <span className="font-medium">{pathOf ? <TextLink to={pathOf(row)}>{name(row)}</TextLink> : name(row)}</span>,
    },
    { key: 'state', head: t('stateHead'), cell: (row) => <ThingStateView {...row} /> },
    ...facts,
    ...(hasServer
      ? [
          {
            key: 'server',
            head: t('server'),
            cell: ({ server }: Row) =>
              server ? (
                <TextLink to={`/panel/servers/${server.id}`} isQuiet>
                  <bdi>{server.name}</bdi>
                </TextLink>
              ) : (
                '–'
              ),
          },
        ]
      : []),
    ...(isPlaceless ? [] : [{ key: 'location', head: t('location'), isExtra: true, cell: ({ place }: Row) => place }]),
    ...(isFree ? [] : [{ key: 'cost', head: t('thisMonth'), isNumber: true, cell: ({ costSoFar }: Row) => <Money amount={costSoFar} /> }]),
    ...(deeds ? [{ key: 'deeds', head: <span className="sr-only">{t('deeds')}</span>, label: t('deeds'), cell: deeds }] : []),
  ]
  return <Table caption={caption} rows={rows} rowKey={({ id }) => id} columns={columns} empty={empty} />
}
