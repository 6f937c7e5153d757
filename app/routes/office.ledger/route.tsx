import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ledgerImbalance, trialBalance } from '#app/reports/ledger/query.server.ts'
import { Card } from '#app/ui/card.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Money } from '#app/ui/money.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Table } from '#app/ui/table.tsx'
import { asStaff } from '#app/web/as-staff.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { useAccountName } from './use-account-name.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const ledger = await asStaff(request, 'ledger:read', async (ctx) => ({
    lines: await trialBalance(ctx),
    checks: await ledgerImbalance(ctx),
  }))
  return { ...ledger, title: await pageTitle(request, 'office', 'nav.ledger') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Ledger() {
  const { lines, checks } = useLoaderData<typeof loader>()
  const { t } = useTranslation('office')
  const nameOf = useAccountName()
  const isBalanced = checks.every(({ imbalance }) => imbalance.minor === 0n)
  return (
    <>
      <PageHeader
        title={t('nav.ledger')}
        below={t('ledger.lead')}
        facts={checks.map(({ imbalance, entries }) => ({
          label: t('ledger.check', { currency: imbalance.currency, count: entries }),
          value: <Money amount={imbalance} isBalance />,
        }))}
      />
      {isBalanced ? null : (
        <div className="mb-6">
          <Notice tone="critical" title={t('ledger.broken')} />
        </div>
      )}
      <Card isFlush>
        <Table
          caption={t('nav.ledger')}
          rows={lines}
          rowKey={({ code, debit }) => `${code}-${debit.currency}`}
          empty={<EmptyState title={t('ledger.none')}>{t('ledger.noneText')}</EmptyState>}
          columns={[
            { key: 'code', head: t('ledger.account'), isPrimary: true, cell: ({ code }) => nameOf(code) },
            { key: 'kind', head: t('ledger.kind'), cell: ({ kind }) => t(`ledger.kinds.${kind}`) },
            { key: 'debit', head: t('ledger.debit'), isNumber: true, cell: ({ debit }) => <Money amount={debit} className="text-muted" /> },
            {
              key: 'credit',
              head: t('ledger.credit'),
              isNumber: true,
              cell: ({ credit }) => <Money amount={credit} className="text-muted" />,
            },
            {
              key: 'balance',
              head: t('ledger.balance'),
              isNumber: true,
              cell: ({ balance }) => <Money amount={balance} className="font-medium" isBalance />,
            },
          ]}
        />
      </Card>
    </>
  )
}
