import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listMeters, type MeterView } from '#app/reports/usage/meters.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useWords } from '#app/ui/base/use-words.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'catalog:read', async (ctx, { can }) => ({
    meters: await listMeters(ctx),
    mayWrite: can('catalog:write'),
    mayUpload: can('usage:write'),
  }))
  return { ...page, title: await pageTitle(request, 'catalog', 'meters.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Meters() {
  const { meters, mayWrite, mayUpload } = useLoaderData<typeof loader>()
  const { t } = useTranslation('catalog')
  return (
    <>
      <PageHeader
        title={t('meters.title')}
        below={<span className="block max-w-prose">{t('meters.lead')}</span>}
        actions={
          <>
            {mayUpload ? (
              <ButtonLink to="/office/usage/upload" look="secondary">
                {t('meters.upload')}
              </ButtonLink>
            ) : null}
            {mayWrite ? <ButtonLink to="/office/catalog/meters/new">{t('meters.new')}</ButtonLink> : null}
          </>
        }
      />
      <Card isFlush>
        <Table
          caption={t('meters.title')}
          rows={meters}
          rowKey={({ id }) => id}
          columns={useColumns()}
          empty={<EmptyState title={t('meters.none')}>{t('meters.noneText')}</EmptyState>}
        />
      </Card>
    </>
  )
}

function useColumns(): Column<MeterView>[] {
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  const format = useFormat()
  return [
    {
      key: 'name',
      head: t('meters.name'),
      isPrimary: true,
      cell: ({ id, names, code }) => (
        <TextLink to={`/office/catalog/meters/${id}`} isQuiet className="font-medium">
          <bdi>{inWords(names) || code}</bdi>
        </TextLink>
      ),
    },
    { key: 'code', head: t('meters.code'), cell: ({ code }) => <bdi dir="ltr">{code}</bdi> },
    { key: 'kind', head: t('meters.kindLabel'), cell: ({ kind }) => t(`meters.kind.${kind}`) },
    {
      key: 'unit',
      head: t('meters.unit'),
      cell: ({ unit, unitWords }) => <bdi>{inWords(unitWords) || t(`meters.units.${unit}`)}</bdi>,
    },
    { key: 'origin', head: t('meters.origin'), isExtra: true, cell: ({ isOfParent }) => t(isOfParent ? 'meters.ofParent' : 'meters.own') },
    {
      key: 'state',
      head: t('meters.state'),
      cell: ({ retiredAt }) => (
        <State tone={retiredAt ? 'neutral' : 'positive'}>{t(retiredAt ? 'meters.isRetired' : 'meters.isInUse')}</State>
      ),
    },
    { key: 'prices', head: t('meters.prices'), isNumber: true, cell: ({ prices }) => format.quantity(prices) },
  ]
}
