import {
  Activity,
  ArrowLeftRight,
  Banknote,
  BellRing,
  BookOpenText,
  Boxes,
  Building2,
  Calculator,
  CalendarCheck,
  CircleDollarSign,
  Cloud,
  Coins,
  CreditCard,
  FileSignature,
  FileText,
  Gauge,
  Globe,
  HandCoins,
  Handshake,
  KeyRound,
  Landmark,
  LayoutDashboard,
  LayoutList,
  LifeBuoy,
  ListChecks,
  LogIn,
  Mails,
  Medal,
  Network,
  Newspaper,
  Package,
  Palette,
  Percent,
  ReceiptText,
  Repeat,
  RotateCcw,
  ScanSearch,
  ShieldAlert,
  ShoppingCart,
  SquareArrowOutUpRight,
  Tags,
  TicketPercent,
  TrendingUp,
  Users,
  Webhook,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { StaffPermission } from '#app/domain/tenancy/permissions.ts'
import type { OfficeShell } from '#app/reports/office-start/shape.ts'
import type { NavGroup } from '#app/ui/shell/app-shell.tsx'
import { useReportNav } from '#app/ui/shell/report-nav.ts'

/** The office by the day's work; only what the person may see and the tenant has. */
export function useOfficeNav(shell: OfficeShell, may: readonly StaffPermission[]): NavGroup[] {
  const { t } = useTranslation([
    'office',
    'common',
    'brand',
    'catalog',
    'delivery',
    'dunning',
    'ledger',
    'partner',
    'payment',
    'person',
    'pricing',
    'promotion',
    'screening',
    'settlement',
    'signon',
    'statement',
    'subscription',
    'tax',
    'ticket',
  ])
  const reports = useReportNav()
  const groups: (Omit<NavGroup, 'items'> & { items: (NavGroup['items'][number] & { needs?: StaffPermission })[] })[] = [
    { key: 'start', items: [{ to: '/office', label: t('nav.start'), Icon: LayoutDashboard, isEnd: true }] },
    {
      key: 'customers',
      label: t('nav.customers'),
      items: [
        { to: '/office/accounts', label: t('nav.accounts'), Icon: Building2, needs: 'account:read' },
        { to: '/office/tickets', label: t('ticket:title'), Icon: LifeBuoy, needs: 'ticket:read', count: shell.waitingTickets },
        { to: '/office/subscriptions', label: t('subscription:title'), Icon: Repeat, needs: 'subscription:read' },
        { to: '/office/screening', label: t('screening:title'), Icon: ScanSearch, needs: 'order:read' },
        ...(shell.hasPartners
          ? [{ to: '/office/partners', label: t('nav.partners'), Icon: Network, needs: 'reseller:read' as const }]
          : []),
        ...(shell.hasPartners
          ? [{ to: '/office/partner-levels', label: t('partner:title'), Icon: Medal, needs: 'reseller:read' as const }]
          : []),
        { to: '/office/notices', label: t('service.title'), Icon: BellRing, needs: 'account:read' },
        { to: '/office/news', label: t('news.title'), Icon: Newspaper, needs: 'news:write' },
        { to: '/office/people', label: t('nav.people'), Icon: Users, needs: 'staff:read' },
      ],
    },
    {
      key: 'catalog',
      label: t('nav.catalog'),
      items: [
        { to: '/office/catalog', label: t('catalog:products.title'), Icon: Package, needs: 'catalog:read', isEnd: true },
        { to: '/office/catalog/catalogs', label: t('catalog:catalogs.title'), Icon: LayoutList, needs: 'catalog:read' },
        { to: '/office/catalog/apps', label: t('catalog:apps.title'), Icon: Boxes, needs: 'catalog:read' },
        { to: '/office/catalog/meters', label: t('catalog:meters.title'), Icon: Gauge, needs: 'catalog:read' },
        { to: '/office/catalog/offers', label: t('catalog:offers.title'), Icon: Handshake, needs: 'catalog:read' },
        { to: '/office/pricing/exchange-rates', label: t('pricing:exchange.title'), Icon: Coins, needs: 'catalog:read' },
        { to: '/office/pricing/plans', label: t('pricing:plans.title'), Icon: Tags, needs: 'catalog:read' },
        { to: '/office/pricing/margins', label: t('catalog:margins.title'), Icon: Percent, needs: 'catalog:read' },
        { to: '/office/pricing/simulate', label: t('pricing:simulate.title'), Icon: Calculator, needs: 'catalog:read' },
        { to: '/office/pricing/changes', label: t('pricing:changes.title'), Icon: TrendingUp, needs: 'catalog:read' },
        { to: '/office/pricing/migrations', label: t('pricing:migrations.title'), Icon: ArrowLeftRight, needs: 'catalog:read' },
        { to: '/office/pricing/rerating', label: t('pricing:rerating.title'), Icon: RotateCcw, needs: 'catalog:read' },
        { to: '/office/promotions', label: t('promotion:title'), Icon: TicketPercent, needs: 'promotion:read' },
      ],
    },
    {
      key: 'billing',
      label: t('nav.billing'),
      items: [
        { to: '/office/charges', label: t('nav.charges'), Icon: CircleDollarSign, needs: 'charge:read' },
        { to: '/office/invoices', label: t('nav.invoices'), Icon: FileText, needs: 'invoice:read' },
        { to: '/office/deliveries', label: t('delivery:title'), Icon: Mails, needs: 'invoice:read' },
        ...(shell.kind === 'reseller'
          ? [{ to: '/office/purchases', label: t('statement:purchases.title'), Icon: ShoppingCart, needs: 'purchase:read' as const }]
          : []),
        { to: '/office/billing-runs', label: t('nav.billingRuns'), Icon: CalendarCheck, needs: 'billing-run:read' },
        { to: '/office/payments', label: t('payment:title'), Icon: Banknote, needs: 'payment:read' },
        { to: '/office/dunning', label: t('dunning:title'), Icon: BellRing, needs: 'dunning:read' },
        ...(shell.hasPartners
          ? [{ to: '/office/payouts', label: t('settlement:payouts.title'), Icon: HandCoins, needs: 'ledger:read' as const }]
          : []),
        { to: '/office/ledger', label: t('ledger:title'), Icon: BookOpenText, needs: 'ledger:read' },
        { to: '/office/tax', label: t('tax:title'), Icon: ReceiptText, needs: 'ledger:read' },
      ],
    },
    reports,
    {
      key: 'clouds',
      label: t('nav.clouds'),
      items: [
        ...(shell.hasClouds ? [{ to: '/office/clouds', label: t('nav.cloudConnections'), Icon: Cloud, needs: 'cloud:read' as const }] : []),
        { to: '/office/usage', label: t('nav.usage'), Icon: Activity, needs: 'usage:read' },
        { to: '/office/quarantine', label: t('nav.quarantine'), Icon: ShieldAlert, needs: 'quarantine:read', count: shell.quarantined },
        { to: '/office/jobs', label: t('nav.jobs'), Icon: ListChecks, needs: 'job:read', count: shell.failedJobs },
      ],
    },
    {
      key: 'settings',
      label: t('nav.settings'),
      items: [
        { to: '/office/brand', label: t('brand:title'), Icon: Palette, needs: 'brand:write' },
        { to: '/office/domains', label: t('nav.domains'), Icon: Globe, needs: 'domain:read' },
        { to: '/office/webhooks', label: t('delivery:webhook.title'), Icon: Webhook, needs: 'settings:write' },
        { to: '/office/settings/gateways', label: t('gateway.title'), Icon: CreditCard, needs: 'settings:write' },
        { to: '/office/settings/sign-on', label: t('signon:title'), Icon: LogIn, needs: 'settings:write' },
        { to: '/office/settings/cloud-interface', label: t('cloudInterface.title'), Icon: SquareArrowOutUpRight, needs: 'settings:write' },
        { to: '/office/settings/sign-up', label: t('signUp.title'), Icon: FileSignature, needs: 'settings:write' },
        { to: '/office/bank-details', label: t('nav.bankDetails'), Icon: Landmark, needs: 'settings:write' },
        { to: '/office/security', label: t('person:security.title'), Icon: KeyRound },
      ],
    },
  ]
  return groups
    .map((group) => ({ ...group, items: group.items.filter(({ needs }) => !needs || may.includes(needs)) }))
    .filter(({ items }) => items.length > 0)
}
