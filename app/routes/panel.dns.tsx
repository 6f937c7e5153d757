import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listThings } from '#app/reports/cloud-things/query.server.ts'
import { Card } from '#app/ui/card.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/deed-form.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { TextInput } from '#app/ui/field.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Pagination } from '#app/ui/pagination.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { ThingTable } from '#app/ui/thing-table.tsx'
import { useRefreshWhile } from '#app/ui/use-refresh-while.ts'
import { asCustomer } from '#app/web/as-customer.server.ts'
import { cloudWith, doPlainDeed, newFormKey } from '#app/web/cloud-desk.server.ts'
import { filterOf, pageOf } from '#app/web/filters.ts'
import { pageTitle } from '#app/web/page-title.server.ts'

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
