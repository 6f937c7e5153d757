import { useTranslation } from 'react-i18next'
import type { AppTier } from '#app/domain/apps/app-template.ts'
import { ButtonLink } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { TextLink } from '../base/text-link.tsx'
import { useWords } from '../base/use-words.ts'
import { type Column, Table } from '../tables/table.tsx'

type Named = { readonly code: string; readonly name: string }
type TierTableProps = {
  readonly tiers: readonly AppTier[]
  readonly plans: readonly Named[]
  readonly images: readonly Named[]
  readonly mayWrite: boolean
}

/** The tiers of an application as it was composed, each with the way to its form for who may change it. */
export function TierTable({ tiers, plans, images, mayWrite }: TierTableProps) {
  const { t } = useTranslation('apps')
  return (
    <Card
      id="tiers"
      title={t('tier.all')}
      isFlush
      aside={
        mayWrite ? (
          <ButtonLink to="?tier=new" size="small" look="secondary">
            {t('tier.add')}
          </ButtonLink>
        ) : null
      }
    >
      <Table
        caption={t('tier.all')}
        rows={tiers}
        rowKey={({ code }) => code}
        columns={useColumns({ tiers, plans, images, mayWrite })}
        empty={<EmptyState title={t('tier.none')}>{t('tier.noneText')}</EmptyState>}
      />
    </Card>
  )
}

function useColumns({ tiers, plans, images, mayWrite }: TierTableProps): Column<AppTier>[] {
  const { t } = useTranslation('apps')
  const inWords = useWords()
  const titleOf = (code: string) => {
    const tier = tiers.find((each) => each.code === code)
    return (tier && inWords(tier.name)) || code
  }
  const nameOf = (named: readonly Named[], code: string) => named.find((each) => each.code === code)?.name || code
  return [
    {
      key: 'name',
      head: t('tier.one'),
      isPrimary: true,
      cell: ({ code }) =>
        mayWrite ? (
          <TextLink to={`?tier=${code}`} isQuiet className="font-medium">
            {titleOf(code)}
          </TextLink>
        ) : (
          <span className="font-medium">{titleOf(code)}</span>
        ),
    },
    {
      key: 'plans',
      head: t('tier.plans'),
      isLong: true,
      cell: ({ planCodes }) => planCodes.map((code) => nameOf(plans, code)).join(', '),
    },
    { key: 'image', head: t('tier.image'), cell: ({ imageCode }) => nameOf(images, imageCode) },
    { key: 'count', head: t('servers'), cell: ({ least, most }) => (least === most ? least : `${least}–${most}`) },
    {
      key: 'port',
      head: t('tier.port'),
      cell: ({ port, isPublic }) => (port === null ? '–' : t(isPublic ? 'tier.portOpen' : 'tier.portInside', { port })),
    },
    { key: 'talksTo', head: t('tier.talksTo'), cell: ({ talksTo }) => talksTo.map(titleOf).join(', ') || '–' },
  ]
}
