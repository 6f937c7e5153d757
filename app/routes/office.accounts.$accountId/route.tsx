import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readAccount } from '#app/reports/accounts/detail.server.ts'
import { AccountFacts, Members } from '#app/ui/account-facts.tsx'
import { AccountStatusView } from '#app/ui/account-table.tsx'
import { Card } from '#app/ui/card.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { InvoiceTable } from '#app/ui/invoice-table.tsx'
import { Money } from '#app/ui/money.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { PublicId } from '#app/ui/public-id.tsx'
import { ServerTable } from '#app/ui/server-table.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { asStaff } from '#app/web/as-staff.server.ts'
import { brandOf } from '#app/web/brand.server.ts'
import { isUuid } from '#app/web/form-fields.ts'
import { titleOf } from '#app/web/page-title.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'
import { ContractCard } from './contract-card.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const account = orNotFound(await asStaff(request, 'account:read', (ctx) => readAccount(ctx, accountId, language)))
  return { account, title: titleOf(account.name, brandOf(tenant).pack.name) }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Account() {
  const { account } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['office', 'common', 'promotion'])
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('nav.accounts'), to: '/office/accounts' },
          ...(account.parent ? [{ label: account.parent.name, to: `/office/accounts/${account.parent.id}` }] : []),
        ]}
        title={account.name}
        beside={<AccountStatusView status={account.status} />}
        below={<PublicId id={account.publicId} isShort />}
        facts={[
          { label: t('accounts.accrued'), value: <Money amount={account.accrued} /> },
          { label: t('accounts.due'), value: <Money amount={account.due} /> },
          {
            label: t('accounts.overdue'),
            value: <Money amount={account.overdue} className={account.overdue.minor > 0n ? 'text-critical' : ''} />,
          },
          { label: t('accounts.servers'), value: account.servers },
          { label: t('nav.charges'), value: <TextLink to={`/office/charges?account=${account.id}`}>{t('accounts.show')}</TextLink> },
          { label: t('nav.usage'), value: <TextLink to={`/office/usage?account=${account.id}`}>{t('accounts.show')}</TextLink> },
          {
            label: t('promotion:special.title'),
            value: <TextLink to={`/office/accounts/${account.id}/discounts`}>{t('accounts.show')}</TextLink>,
          },
        ]}
      />
      <div className="grid items-start gap-6 2xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-6">
          <Card id="servers" title={t('accounts.serversTitle')} isFlush>
            <ServerTable
              caption={t('accounts.serversTitle')}
              rows={account.serverRows}
              empty={<EmptyState title={t('accounts.noServers')} />}
            />
          </Card>
          <Card id="invoices" title={t('nav.invoices')} isFlush>
            <InvoiceTable
              caption={t('nav.invoices')}
              rows={account.invoiceRows}
              pathOf={(id) => `/office/invoices/${id}`}
              empty={<EmptyState title={t('accounts.noInvoices')} />}
            />
          </Card>
          {account.departments.length > 0 ? (
            <Card id="departments" title={t('common:account.departments')} isFlush>
              <ul className="divide-y divide-border border-t border-border text-sm">
                {account.departments.map((department) => (
                  <li key={department.id} className="flex justify-between gap-4 px-card py-3">
                    <TextLink to={`/office/accounts/${department.id}`} isQuiet>
                      {department.name}
                    </TextLink>
                    <Money amount={department.accrued} />
                  </li>
                ))}
              </ul>
            </Card>
          ) : null}
        </div>
        <div className="grid min-w-0 gap-6 max-2xl:lg:grid-cols-2">
          {account.contract ? <ContractCard contract={account.contract} /> : null}
          <AccountFacts profile={{ ...account, customerSince: account.createdAt }} />
          <Members members={account.people} departments={[]} />
        </div>
      </div>
    </>
  )
}
