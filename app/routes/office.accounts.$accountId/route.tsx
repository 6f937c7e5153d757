import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readDepartments } from '#app/reports/accounts/departments.server.ts'
import { readAccount } from '#app/reports/accounts/detail.server.ts'
import { readPlacement } from '#app/reports/accounts/placement.server.ts'
import { readDesigns } from '#app/reports/apps/designs.server.ts'
import { placeAccount } from '#app/services/catalog/keep-channels.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { ServerTable } from '#app/ui/cloud/server-table.tsx'
import { InvoiceTable } from '#app/ui/documents/invoice-table.tsx'
import { AccountFacts, Members } from '#app/ui/people/account-facts.tsx'
import { AccountStatusView } from '#app/ui/people/account-table.tsx'
import { DepartmentForms, DepartmentList } from '#app/ui/people/departments-card.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { ownersToVisit } from '#app/web/desks/cloud-visit.server.ts'
import { departmentDeed } from '#app/web/desks/department-deeds.server.ts'
import { asStaff, type StaffContext } from '#app/web/request/as-staff.server.ts'
import { isUuid, uuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { ContractCard } from './contract-card.tsx'
import { DesignsCard } from './designs-card.tsx'
import { PlacementCard } from './placement-card.tsx'

const PlaceForm = z.object({ channelId: uuid.optional(), segment: z.string().trim().max(60, 'too-long').optional() })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const language = await languageOf(request, tenant)
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const page = await asStaff(request, 'account:read', async (ctx, { can }) => ({
    account: orNotFound(await readAccount(ctx, accountId, language)),
    placement: orNotFound(await readPlacement(ctx, accountId)),
    departments: await readDepartments(ctx, accountId),
    designs: await readDesigns(ctx, accountId),
    mayPlace: can('contract:write'),
  }))
  const hasCloud = (await ownersToVisit(request, accountId)).length > 0
  return { ...page, hasCloud, title: titleOf(page.account.name, brandOf(tenant).pack.name) }
}

/** Puts the account in a channel, or opens a department: other prices and limits take the right to contracts. */
export async function action({ request, params }: ActionFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  if (new URL(request.url).searchParams.get('deed') === 'department') {
    const run = <T,>(work: (ctx: StaffContext) => Promise<T>) => asStaff(request, 'contract:write', (ctx) => work(ctx))
    return departmentDeed(request, { enterpriseId: accountId, path: `/office/accounts/${accountId}`, run })
  }
  const form = await parseForm(request, PlaceForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { channelId = null, segment = null } = form.value
  const placed = await asStaff(request, 'contract:write', (ctx) => placeAccount(ctx, { accountId, channelId, segment: segment || null }))
  if (placed.ok) return redirectWithToast(request, `/office/accounts/${accountId}`, 'saved')
  if (placed.error === 'account-not-found') throw refuse(404, 'not-found')
  return data({ fields: { channelId: 'invalid' }, values: { segment: segment ?? '' } }, { status: 409 })
}

/** A fact where it concerns the reader. */
const shown = <Fact,>(isShown: boolean, fact: Fact): Fact[] => (isShown ? [fact] : [])

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Account() {
  const { account, placement, departments, designs, mayPlace, hasCloud } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const ofDepartments = answer?.values && 'what' in answer.values ? answer : undefined
  const { t } = useTranslation([
    'office',
    'access',
    'budget',
    'common',
    'delivery',
    'dunning',
    'payment',
    'promotion',
    'settlement',
    'statement',
    'tax',
    'ticket',
  ])
  const pageOf = (page: string) => <TextLink to={`/office/accounts/${account.id}/${page}`}>{t('accounts.show')}</TextLink>
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
          { label: t('nav.usage'), value: <TextLink to={`/office/accounts/${account.id}/usage`}>{t('accounts.show')}</TextLink> },
          {
            label: t('delivery:settings'),
            value: <TextLink to={`/office/accounts/${account.id}/delivery`}>{t('accounts.show')}</TextLink>,
          },
          { label: t('ticket:title'), value: <TextLink to={`/office/tickets?account=${account.id}`}>{t('accounts.show')}</TextLink> },
          { label: t('payment:title'), value: <TextLink to={`/office/payments?account=${account.id}`}>{t('accounts.show')}</TextLink> },
          {
            label: t('payment:balance.title'),
            value: <TextLink to={`/office/accounts/${account.id}/balance`}>{t('accounts.show')}</TextLink>,
          },
          {
            label: t('statement:title'),
            value: <TextLink to={`/office/accounts/${account.id}/statement`}>{t('accounts.show')}</TextLink>,
          },
          {
            label: t('dunning:standing.title'),
            value: <TextLink to={`/office/accounts/${account.id}/dunning`}>{t('accounts.show')}</TextLink>,
          },
          ...shown(mayPlace, { label: t('statement:payer.title'), value: pageOf('payer') }),
          ...shown(mayPlace && account.isReseller, { label: t('settlement:terms.title'), value: pageOf('settlement') }),
          { label: t('access:company.title'), value: pageOf('company') },
          ...shown(hasCloud, { label: t('cloudInterface.title'), value: pageOf('cloud-interface') }),
          { label: t('access:closing.title'), value: pageOf('closing') },
          { label: t('budget:title'), value: <TextLink to={`/office/accounts/${account.id}/budgets`}>{t('accounts.show')}</TextLink> },
          { label: t('tax:title'), value: <TextLink to={`/office/tax/accounts/${account.id}`}>{t('accounts.show')}</TextLink> },
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
          <DesignsCard designs={designs} />
          {departments ? <DepartmentList rows={departments.rows} pathOf={(id) => `/office/accounts/${id}`} /> : null}
        </div>
        <div className="grid min-w-0 gap-6 max-2xl:lg:grid-cols-2">
          {account.contract ? <ContractCard contract={account.contract} accountId={account.id} mayWrite={mayPlace} /> : null}
          {departments && mayPlace ? <DepartmentForms {...departments} answer={ofDepartments} action="?deed=department" /> : null}
          <PlacementCard placement={placement} mayPlace={mayPlace} answer={answer} />
          <AccountFacts profile={{ ...account, customerSince: account.createdAt }} />
          <Members members={account.people} departments={[]} />
        </div>
      </div>
    </>
  )
}
