import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, Outlet, useLoaderData, useLocation } from '@remix-run/react'
import {
  Activity,
  Banknote,
  Bell,
  Boxes,
  CreditCard,
  Disc,
  FileText,
  FolderOpen,
  Globe,
  HardDrive,
  KeyRound,
  LayoutDashboard,
  LifeBuoy,
  MapPin,
  Network,
  Newspaper,
  PiggyBank,
  Repeat,
  Server,
  ShoppingCart,
  Split,
  SquareTerminal,
  UserRound,
  Users,
  Wallet,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { readPanelShell } from '#app/reports/panel-shell/query.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { ProblemPage } from '#app/ui/base/problem-page.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { AppShell, type NavGroup } from '#app/ui/shell/app-shell.tsx'
import { panelBanner } from '#app/ui/shell/panel-banner.tsx'
import { capabilitiesFor } from '#app/web/desks/cloud-desk.server.ts'
import { seesOverview } from '#app/web/desks/panel-landing.ts'
import { asCustomer, customerOf } from '#app/web/request/as-customer.server.ts'
import { hasShortcuts } from '#app/web/request/preferences.server.ts'
import { useRootFacts } from '#app/web/request/use-root-facts.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { tenantId } = await customerOf(request)
  const capabilities = await capabilitiesFor(tenantId)
  const hasKeys = await hasShortcuts(request)
  return asCustomer(request, undefined, async (ctx, { accountId, memberships, membership, can }) => {
    const { spendSoFar, hold, ...shell } = await readPanelShell(ctx, accountId)
    return {
      // Who may not see money is told that the account is held back, and no figure.
      shell: { ...shell, hold: hold && (can('invoice:read') ? hold : { ...hold, missing: null }) },
      spendSoFar: can('usage:read') ? spendSoFar : null,
      accountId,
      capabilities,
      hasKeys,
      may: {
        order: can('order:write'),
        overview: seesOverview(membership),
        servers: can('server:read'),
        usage: can('usage:read'),
        people: can('member:read'),
        keys: can('api-key:write'),
        invoices: can('invoice:read'),
        budget: can('budget:read'),
        pay: can('payment:write'),
        subscriptions: can('subscription:read'),
        orders: can('order:read'),
        tickets: can('ticket:read'),
      },
      accounts: memberships.map(({ id, accountId: of, accountName }) => ({ id, accountId: of ?? '', name: accountName ?? '' })),
    }
  })
}

export const action = () => redirect('/panel')

export default function Panel() {
  const { shell, spendSoFar, accounts, accountId, may, hasKeys } = useLoaderData<typeof loader>()
  const { t } = useTranslation('panel')
  const root = useRootFacts()
  const groups = useNav()
  if (!root) return null
  return (
    <AppShell
      logo={root.logo}
      homePath="/panel"
      groups={groups}
      person={root.viewer}
      shortcuts={{
        isOn: hasKeys,
        servers: may.servers ? '/panel/servers' : null,
        billing: may.invoices ? '/panel/invoices' : null,
        create: may.order ? '/order' : null,
      }}
      context={<AccountSwitch accounts={accounts} chosen={accountId} />}
      tools={
        <>
          {spendSoFar ? (
            <TextLink to="/panel/usage" isQuiet className="text-sm text-text max-sm:hidden">
              <span className="text-muted">{t('spendSoFar')}</span> <Money amount={spendSoFar} className="font-semibold" />
            </TextLink>
          ) : null}
          {may.order ? (
            <ButtonLink to="/order" size="small" className="max-sm:hidden" isOtherArea>
              {t('create')}
            </ButtonLink>
          ) : null}
        </>
      }
      banner={panelBanner(shell)}
    >
      <Outlet />
    </AppShell>
  )
}

/** Pages of what a cloud may offer beside servers. */
const cloudPages = [
  { capability: 'volumes', to: '/panel/volumes', title: 'volumes', Icon: HardDrive },
  { capability: 'addresses', to: '/panel/addresses', title: 'addresses', Icon: MapPin },
  { capability: 'networks', to: '/panel/networks', title: 'networks', Icon: Network },
  { capability: 'load-balancers', to: '/panel/load-balancers', title: 'balancers', Icon: Split },
  { capability: 'dns', to: '/panel/dns', title: 'dns', Icon: Globe },
  { capability: 'images', to: '/panel/images', title: 'images', Icon: Disc },
] as const

/** What the reader may open, and nothing else. */
function useNav(): NavGroup[] {
  const { shell, may, capabilities } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['panel', 'access', 'apps', 'budget', 'cloud', 'pay', 'payment', 'project', 'subscription', 'ticket'])
  const items = [
    { mayOpen: may.overview, to: '/panel', label: t('nav.overview'), Icon: LayoutDashboard, isEnd: true },
    { mayOpen: may.servers, to: '/panel/servers', label: t('nav.servers'), Icon: Server },
    { mayOpen: may.servers, to: '/panel/applications', label: t('apps:title'), Icon: Boxes },
    ...cloudPages.map(({ capability, to, title, Icon }) => ({
      mayOpen: may.servers && capabilities.includes(capability),
      to,
      label: t(`cloud:${title}.title`),
      Icon,
    })),
    { mayOpen: may.servers, to: '/panel/projects', label: t('project:title'), Icon: FolderOpen },
    { mayOpen: may.orders, to: '/panel/orders', label: t('orders.title'), Icon: ShoppingCart },
    { mayOpen: may.subscriptions, to: '/panel/subscriptions', label: t('subscription:title'), Icon: Repeat },
    { mayOpen: may.invoices, to: '/panel/invoices', label: t('nav.invoices'), Icon: FileText, count: shell.overdueInvoices },
    { mayOpen: may.invoices, to: '/panel/payments', label: t('payment:title'), Icon: Banknote },
    { mayOpen: may.invoices, to: '/panel/balance', label: t('payment:balance.title'), Icon: Wallet },
    { mayOpen: may.pay, to: '/panel/payment-methods', label: t('pay:methods.title'), Icon: CreditCard },
    { mayOpen: may.usage, to: '/panel/usage', label: t('nav.usage'), Icon: Activity },
    { mayOpen: may.budget, to: '/panel/budgets', label: t('budget:title'), Icon: PiggyBank },
    { mayOpen: may.budget, to: '/panel/notices', label: t('budget:notices.title'), Icon: Bell },
    { mayOpen: true, to: '/panel/news', label: t('news.title'), Icon: Newspaper },
    { mayOpen: may.tickets, to: '/panel/tickets', label: t('ticket:title'), Icon: LifeBuoy },
    { mayOpen: may.people, to: '/panel/members', label: t('access:members.title'), Icon: Users },
    { mayOpen: may.keys, to: '/panel/api-keys', label: t('access:keys.title'), Icon: KeyRound },
    { mayOpen: may.order, to: '/panel/ssh-keys', label: t('access:sshKeys.title'), Icon: SquareTerminal },
    { mayOpen: true, to: '/panel/account', label: t('nav.account'), Icon: UserRound },
  ]
  return [{ key: 'panel', items: items.filter(({ mayOpen }) => mayOpen).map(({ mayOpen: _, ...item }) => item) }]
}

/** For people with several accounts: a plain form that keeps the choice in a cookie. */
function AccountSwitch({ accounts, chosen }: { accounts: readonly { id: string; accountId: string; name: string }[]; chosen: string }) {
  const { t } = useTranslation('panel')
  const { pathname } = useLocation()
  const present = accounts.find(({ accountId }) => accountId === chosen)
  if (accounts.length < 2) return <span className="block truncate font-medium">{present?.name}</span>
  return (
    <Form method="post" action="/panel/switch-account" reloadDocument className="flex items-center gap-2">
      <FormToken />
      <input type="hidden" name="returnTo" value={pathname.split('/').slice(0, 3).join('/')} />
      <label className="sr-only" htmlFor="membershipId">
        {t('switchAccount')}
      </label>
      <select
        id="membershipId"
        name="membershipId"
        defaultValue={present?.id}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
        className="h-9 max-w-56 truncate rounded-control border border-border bg-surface px-2 font-medium"
      >
        {accounts.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <noscript>
        <button type="submit" className="h-9 rounded-control border border-border px-2">
          {t('switchAccount')}
        </button>
      </noscript>
    </Form>
  )
}

export function ErrorBoundary() {
  const root = useRootFacts()
  return (
    <main id="main">
      <ProblemPage requestId={root?.requestId} homePath={root?.viewer?.hasPanel ? '/panel' : '/'} />
    </main>
  )
}
