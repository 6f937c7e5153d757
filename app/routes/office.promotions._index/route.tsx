import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listCampaigns, listPromotions } from '#app/reports/promotions/list.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { PromotionTable } from '#app/ui/catalog/promotion-table.tsx'
import { CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, oneOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { readerOf } from '#app/web/request/reader.server.ts'
import { CampaignTable } from './campaign-table.tsx'

const states = ['draft', 'active', 'ended'] as const

export async function loader({ request }: LoaderFunctionArgs) {
  const state = oneOf(states, filterOf(request).get('state'))
  const reader = await readerOf(request)
  const page = await asStaff(request, 'promotion:read', async (ctx, { can }) => ({
    promotions: await listPromotions(ctx, { ...reader, state }),
    campaigns: await listCampaigns(ctx, reader),
    mayWrite: can('promotion:write'),
    mayGift: can('payment:read'),
  }))
  return { ...page, state, title: await pageTitle(request, 'promotion', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Promotions() {
  const { promotions, campaigns, state, mayWrite, mayGift } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['promotion', 'common'])
  const create = (
    <>
      {mayGift ? (
        <ButtonLink to="/office/promotions/gifts" look="secondary">
          {t('gifts.title')}
        </ButtonLink>
      ) : null}
      {mayWrite ? <ButtonLink to="/office/promotions/new">{t('list.new')}</ButtonLink> : null}
    </>
  )
  return (
    <>
      <PageHeader title={t('title')} below={t('list.lead')} actions={create} />
      <div className="mb-4">
        <FilterBar>
          <CompactSelect name="state" label={t('list.state')} defaultValue={state ?? ''} key={state}>
            <option value="">{t('common:filter.all')}</option>
            {states.map((one) => (
              <option key={one} value={one}>
                {t(`state.${one}`)}
              </option>
            ))}
          </CompactSelect>
        </FilterBar>
      </div>
      <div className="grid grid-cols-1 gap-6">
        <Card isFlush>
          <PromotionTable
            caption={t('title')}
            rows={promotions}
            empty={
              state ? (
                <FilteredEmpty />
              ) : (
                <EmptyState title={t('list.none')} action={create}>
                  {t('list.noneText')}
                </EmptyState>
              )
            }
          />
        </Card>
        <Card
          id="campaigns"
          title={t('campaign.title')}
          isFlush
          aside={
            mayWrite ? (
              <ButtonLink to="/office/promotions/campaigns/new" look="secondary" size="small">
                {t('campaign.new')}
              </ButtonLink>
            ) : undefined
          }
        >
          <CampaignTable rows={campaigns} />
        </Card>
      </div>
    </>
  )
}
