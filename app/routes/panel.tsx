import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, Outlet, useLoaderData, useLocation } from '@remix-run/react'
import {
  Activity,
  Banknote,
  Bell,
  CreditCard,
  FileText,
  FolderOpen,
  LayoutDashboard,
  PiggyBank,
  Repeat,
  Server,
  ShoppingCart,
  UserRound,
  Wallet,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { readPanelShell } from '#app/reports/panel-shell/query.server.ts'
import type { PanelShell } from '#app/reports/panel-shell/shape.ts'
import { AppShell, type NavGroup } from '#app/ui/app-shell.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { Money } from '#app/ui/money.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { ProblemPage } from '#app/ui/problem-page.tsx'
import { ServiceBanner } from '#app/ui/service-banner.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { useFormat } from '#app/ui/use-format.ts'
import { asCustomer } from '#app/web/as-customer.server.ts'
import { useRootFacts } from '#app/web/use-root-facts.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  return asCustomer(request, undefined, async (ctx, { accountId, memberships, can }) => ({
    shell: await readPanelShell(ctx, accountId),
    accountId,
    mayOrder: can('order:write'),
    maySeeInvoices: can('invoice:read'),
    mayBudget: can('budget:read'),
    mayPay: can('payment:write'),
    maySeeSubscriptions: can('subscription:read'),
    maySeeOrders: can('order:read'),
    accounts: memberships.map((membership) => ({
      id: membership.id,
      accountId: membership.accountId ?? '',
      name: membership.accountName ?? '',
    })),
  }))
}

export const action = () => redirect('/panel')

export default function Panel() {
  const { shell, accounts, accountId, mayOrder, mayBudget, mayPay, maySeeInvoices, maySeeOrders, maySeeSubscriptions } =
    useLoaderData<typeof loader>()
  const { t } = useTranslation(['panel', 'budget', 'pay', 'payment', 'project', 'subscription'])
  const root = useRootFacts()
  const groups: NavGroup[] = [
    {
      key: 'panel',
      items: [
        { to: '/panel', label: t('nav.overview'), Icon: LayoutDashboard, isEnd: true },
        { to: '/panel/servers', label: t('nav.servers'), Icon: Server },
        { to: '/panel/projects', label: t('project:title'), Icon: FolderOpen },
        ...(maySeeOrders ? [{ to: '/panel/orders', label: t('orders.title'), Icon: ShoppingCart }] : []),
        ...(maySeeSubscriptions ? [{ to: '/panel/subscriptions', label: t('subscription:title'), Icon: Repeat }] : []),
        ...(maySeeInvoices ? [{ to: '/panel/invoices', label: t('nav.invoices'), Icon: FileText, count: shell.overdueInvoices }] : []),
        ...(maySeeInvoices ? [{ to: '/panel/payments', label: t('payment:title'), Icon: Banknote }] : []),
        ...(maySeeInvoices ? [{ to: '/panel/balance', label: t('payment:balance.title'), Icon: Wallet }] : []),
        ...(mayPay ? [{ to: '/panel/payment-methods', label: t('pay:methods.title'), Icon: CreditCard }] : []),
        { to: '/panel/usage', label: t('nav.usage'), Icon: Activity },
        ...(mayBudget ? [{ to: '/panel/budgets', label: t('budget:title'), Icon: PiggyBank }] : []),
        ...(mayBudget ? [{ to: '/panel/notices', label: t('budget:notices.title'), Icon: Bell }] : []),
        { to: '/panel/account', label: t('nav.account'), Icon: UserRound },
      ],
    },
  ]
  if (!root) return null
  return (
    <AppShell
      logo={root.logo}
      homePath="/panel"
      groups={groups}
      person={root.viewer}
      context={<AccountSwitch accounts={accounts} chosen={accountId} />}
      tools={
        <>
          <TextLink to="/panel/usage" isQuiet className="text-sm text-text max-sm:hidden">
            <span className="text-muted">{t('spendSoFar')}</span> <Money amount={shell.spendSoFar} className="font-semibold" />
          </TextLink>
          {mayOrder ? (
            <ButtonLink to="/order" size="small" className="max-sm:hidden" isOtherArea>
              {t('create')}
            </ButtonLink>
          ) : null}
        </>
      }
      banner={bannerOf(shell)}
    >
      <Outlet />
    </AppShell>
  )
}

/** What holds the account back, else what goes on where it has something. */
function bannerOf({ hold, restriction, isDepartment, service }: PanelShell) {
  if (hold) return <HoldNotice hold={hold} />
  if (restriction) return <RestrictionNotice restriction={restriction} isDepartment={isDepartment} />
  return service.length > 0 ? <ServiceBanner notices={service} /> : null
}

/** What the account may not do; users of a department cannot pay for it to be lifted. */
function RestrictionNotice({ restriction, isDepartment }: { restriction: NonNullable<PanelShell['restriction']>; isDepartment: boolean }) {
  const { t } = useTranslation('panel')
  const text = isDepartment && restriction === 'suspended' ? t('restriction.suspended.department') : t(`restriction.${restriction}.text`)
  return (
    <Notice tone="warning" title={t(`restriction.${restriction}.title`)}>
      {text}
    </Notice>
  )
}

/** What stops the account, what is missing, and where to pay it. */
function HoldNotice({ hold: { isStopped, missing } }: { hold: NonNullable<PanelShell['hold']> }) {
  const { t } = useTranslation('panel')
  const format = useFormat()
  return (
    <Notice tone={isStopped ? 'critical' : 'warning'} title={t(isStopped ? 'hold.stopped' : 'hold.title')}>
      {missing ? (
        <>
          {t(missing.why === 'overdue' ? 'hold.text' : 'hold.limit', { amount: format.money(missing.amount) })}{' '}
          <TextLink to={missing.why === 'overdue' ? '/panel/invoices' : '/panel/balance'}>{t('hold.pay')}</TextLink>
        </>
      ) : (
        t('hold.plain')
      )}
    </Notice>
  )
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
