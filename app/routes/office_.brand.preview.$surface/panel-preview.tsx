import { Activity, FileText, LayoutDashboard, Server } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import type { LogoFacts } from '#app/ui/base/logo.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { StatStrip } from '#app/ui/base/stat-strip.tsx'
import { ServerTable } from '#app/ui/cloud/server-table.tsx'
import { AppShell } from '#app/ui/shell/app-shell.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { SpendChart } from '../panel._index/spend-chart.tsx'
import { sampleDashboard, sampleServers } from './sample-panel.ts'

/** The start of a customer's panel with invented figures. */
export function PanelPreview({ currency, logo }: { currency: string; logo: LogoFacts }) {
  const { t } = useTranslation(['panel', 'common'])
  const dashboard = sampleDashboard(currency)
  const servers = sampleServers(currency)
  return (
    <AppShell
      logo={logo}
      homePath="#"
      person={{ name: 'Mara Lind', email: 'mara@customer.example' }}
      groups={[
        {
          key: 'panel',
          items: [
            { to: '/office/brand/preview/panel', label: t('nav.overview'), Icon: LayoutDashboard },
            { to: '/panel/servers', label: t('nav.servers'), Icon: Server },
            { to: '/panel/invoices', label: t('nav.invoices'), Icon: FileText, count: 1 },
            { to: '/panel/usage', label: t('nav.usage'), Icon: Activity },
          ],
        },
      ]}
      tools={<Button size="small">{t('create')}</Button>}
    >
      <PageHeader title={t('nav.overview')} />
      <div className="grid grid-cols-1 gap-6">
        <StatStrip
          stats={[
            {
              label: t('dashboard.spendSoFar'),
              value: <Money amount={dashboard.spendSoFar} />,
              note: t('dashboard.firstMonth'),
              isMain: true,
            },
            { label: t('dashboard.forecast'), value: <Money amount={dashboard.forecast} />, note: t('dashboard.forecastNote') },
            { label: t('dashboard.due'), value: <Money amount={dashboard.due} />, note: t('dashboard.dueNote') },
            { label: t('dashboard.accrued'), value: <Money amount={dashboard.accrued} />, note: t('dashboard.accruedNote') },
          ]}
        />
        <Notice tone="warning">{t('needs.server', { name: 'web-03' })}</Notice>
        <Card id="spend" title={t('dashboard.chart.title')} aside={t('common:money.net')}>
          <SpendChart dashboard={dashboard} budget={null} />
        </Card>
        <Card id="servers" title={t('nav.servers')} isFlush>
          <ServerTable caption={t('nav.servers')} rows={servers} pathOf={() => '#'} empty={null} />
        </Card>
      </div>
    </AppShell>
  )
}
