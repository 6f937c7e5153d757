import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listThings } from '#app/reports/cloud-things/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { ThingTable } from '#app/ui/cloud/thing-table.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/forms/deed-form.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Pagination } from '#app/ui/tables/pagination.tsx'
import { cloudWith, doPlainDeed, newFormKey } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf, pageOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await cloudWith(request, 'dns')
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => ({
    list: await listThings(ctx, { kind: 'dns-zone', page: pageOf(filterOf(request)) }),
    mayWrite: can('server:write'),
  }))
  return { ...page, formKey: newFormKey(), title: await pageTitle(request, 'cloud', 'dns.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  return doPlainDeed(request, { kind: 'create-dns-zone', subjectId: null, to: (id) => `/panel/dns/${id}` })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function DnsZones() {
  const { list, mayWrite, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('cloud')
  const { error, typed } = useDeedErrors(answer)
  useRefreshWhile(list.rows.some(({ state, pendingAction }) => state === 'building' || pendingAction !== null))
  return (
    <>
      <PageHeader title={t('dns.title')} beside={<span className="tabular text-muted">{list.total}</span>} below={t('dns.text')} />
      <DeedNotice answer={answer} />
      <div className="grid gap-6">
        <Card isFlush>
          <ThingTable
            caption={t('dns.title')}
            rows={list.rows}
            pathOf={({ id }) => `/panel/dns/${id}`}
            isFree
            isPlaceless
            facts={[{ key: 'records', head: t('dns.records'), isNumber: true, cell: ({ spec }) => spec.records.length }]}
            empty={<EmptyState title={t('dns.none')}>{t('dns.noneText')}</EmptyState>}
          />
          <Pagination page={list.page} pageSize={list.pageSize} total={list.total} />
        </Card>
        {mayWrite ? (
          <Card id="new-zone" title={t('dns.create')} className="max-w-2xl">
            <DeedForm deed="create-dns-zone" formKey={formKey} className="grid gap-5">
              <TextInput
                name="domain"
                label={t('dns.domain')}
                help={t('dns.domainHelp')}
                required
                dir="ltr"
                spellCheck={false}
                autoCapitalize="none"
                maxLength={253}
                defaultValue={typed('domain') ?? ''}
                error={error('domain')}
              />
              <div>
                <SubmitButton>{t('dns.create')}</SubmitButton>
              </div>
            </DeedForm>
          </Card>
        ) : null}
      </div>
    </>
  )
}
