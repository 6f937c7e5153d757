import { useTranslation } from 'react-i18next'
import type { AppDesignRow } from '#app/reports/apps/designs.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { useWords } from '#app/ui/base/use-words.ts'
import { Table } from '#app/ui/tables/table.tsx'

/** The applications that the account composed for itself; nothing where there are none. */
export function DesignsCard({ designs }: { designs: readonly AppDesignRow[] }) {
  const { t } = useTranslation('apps')
  const inWords = useWords()
  if (designs.length === 0) return null
  return (
    <Card id="designs" title={t('design.ofAccount')} isFlush>
      <Table
        caption={t('design.ofAccount')}
        rows={designs}
        rowKey={({ id }) => id}
        columns={[
          { key: 'name', head: t('design.name'), isPrimary: true, cell: ({ name }) => <bdi className="font-medium">{name}</bdi> },
          {
            key: 'tiers',
            head: t('tier.all'),
            isLong: true,
            cell: ({ tiers }) => tiers.map(({ name, planCodes }) => `${inWords(name)}: ${planCodes.join(', ')}`).join('; ') || '–',
          },
        ]}
      />
    </Card>
  )
}
