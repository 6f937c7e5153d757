import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { productKinds, productStates } from '#app/domain/catalog/product.ts'
import { makesPlans } from '#app/reports/products/detail.server.ts'
import { listProducts } from '#app/reports/products/list.server.ts'
import type { ProductListRow } from '#app/reports/products/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useWords } from '#app/ui/base/use-words.ts'
import { ProductStateView } from '#app/ui/catalog/product-state.tsx'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, oneOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const query = filterOf(request)
  const filter = {
    search: query.get('search')?.trim().slice(0, 60) || undefined,
    group: query.get('group')?.slice(0, 60) || undefined,
    state: oneOf(productStates, query.get('state')),
    kind: oneOf(productKinds, query.get('kind')),
  }
  const page = await asStaff(request, 'catalog:read', async (ctx, { can }) => ({
    makesPlans: await makesPlans(ctx),
    list: await listProducts(ctx, { ...filter, page: pageOf(query) }),
    mayWrite: can('catalog:write'),
  }))
  return { ...page, filter, title: await pageTitle(request, 'catalog', 'products.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Products() {
  const { list, filter, mayWrite, makesPlans } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['catalog', 'common'])
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  return (
    <>
      <PageHeader
        title={t('products.title')}
        beside={<span className="tabular text-muted">{list.total}</span>}
        below={t('products.lead')}
        actions={
          mayWrite ? (
            <>
              {makesPlans ? (
                <ButtonLink to="/office/catalog/plans/new" look="secondary">
                  {t('plan.new')}
                </ButtonLink>
              ) : null}
              <ButtonLink to="/office/catalog/products/new">{t('products.new')}</ButtonLink>
            </>
          ) : null
        }
      />
      <div className="mb-4">
        <FilterBar isTyped>
          <CompactInput name="search" type="search" label={t('common:filter.search')} defaultValue={filter.search} maxLength={60} />
          <CompactSelect name="group" label={t('products.group')} defaultValue={filter.group ?? ''}>
            <option value="">{t('common:filter.all')}</option>
            {list.groups.map((group) => (
              <option key={group} value={group}>
                {group}
              </option>
            ))}
          </CompactSelect>
          <CompactSelect name="kind" label={t('products.kindLabel')} defaultValue={filter.kind ?? ''}>
            <option value="">{t('common:filter.all')}</option>
            {productKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`products.kind.${kind}`)}
              </option>
            ))}
          </CompactSelect>
          <CompactSelect name="state" label={t('products.stateLabel')} defaultValue={filter.state ?? ''}>
            <option value="">{t('common:filter.all')}</option>
            {productStates.map((state) => (
              <option key={state} value={state}>
                {t(`products.state.${state}`)}
              </option>
            ))}
          </CompactSelect>
        </FilterBar>
      </div>
      <Card isFlush>
        <Table
          caption={t('products.title')}
          rows={list.rows}
          rowKey={({ id }) => id}
          columns={useColumns()}
          empty={isFiltered ? <FilteredEmpty /> : <EmptyState title={t('products.none')}>{t('products.noneText')}</EmptyState>}
        />
        <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
      </Card>
    </>
  )
}

function useColumns(): Column<ProductListRow>[] {
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  const nothing = <span className="text-muted">–</span>
  return [
    {
      key: 'name',
      head: t('products.name'),
      isPrimary: true,
      cell: ({ id, name, code }) => (
        <TextLink to={`/office/catalog/products/${id}`} isQuiet className="font-medium">
          {inWords(name) || code}
        </TextLink>
      ),
    },
    { key: 'code', head: t('products.code'), cell: ({ code }) => <bdi dir="ltr">{code}</bdi> },
    { key: 'kind', head: t('products.kindLabel'), cell: ({ kind }) => t(`products.kind.${kind}`) },
    { key: 'group', head: t('products.group'), cell: ({ productGroup }) => (productGroup ? <bdi>{productGroup}</bdi> : nothing) },
    { key: 'state', head: t('products.stateLabel'), cell: ({ status }) => <ProductStateView state={status} /> },
    { key: 'members', head: t('bundles.members'), isNumber: true, cell: ({ members }) => (members > 0 ? members : nothing) },
    { key: 'subscribers', head: t('products.subscribers'), isNumber: true, cell: ({ subscribers }) => subscribers },
  ]
}
