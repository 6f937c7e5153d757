import { randomUUID } from 'node:crypto'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { topUpPresets } from '#app/domain/wallet/presets.ts'
import { type BalancePage, readBalances } from '#app/reports/balances/query.server.ts'
import { listSavedMethods } from '#app/reports/paying/query.server.ts'
import { readAnnouncing } from '#app/reports/payments/expected.server.ts'
import { offeredGateways } from '#app/services/gateways/offered-gateways.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { StatStrip } from '#app/ui/base/stat-strip.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { GrantTable, GrantUseTable } from '#app/ui/payments/balance-tables.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { doBalanceDeed } from '#app/web/desks/balance-deeds.server.ts'
import { payerOf } from '#app/web/desks/pay-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { slipOfTransfer } from '#app/web/store/transfer-slip.server.ts'
import { AutoTopUpCard } from './auto-top-up-card.tsx'
import { RedeemCard } from './redeem-card.tsx'
import { TopUpCard } from './top-up-card.tsx'
import { TransferCard } from './transfer-card.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const wanted = filterOf(request).get('currency')
  const page = await asCustomer(request, 'invoice:read', async (ctx, { accountId, can }) => {
    const balances = await readBalances(ctx, accountId)
    const mayPay = can('payment:write')
    return {
      balance: balances.find(({ currency }) => currency === wanted) ?? balances[0] ?? null,
      currencies: balances.map(({ currency }) => currency),
      saved: mayPay ? await listSavedMethods(ctx, accountId) : [],
      announcing: await readAnnouncing(ctx, accountId),
      mayPay,
    }
  })
  const pages = page.mayPay ? await offeredGateways((await payerOf(request)).process, null) : []
  const keys = { pay: randomUUID(), transfer: randomUUID() }
  const presets = page.balance ? topUpPresets(page.balance.currency) : []
  const { announcing } = page
  const coded = announcing.rows.flatMap((row) => (slipOfTransfer(row, announcing.bank, announcing.payee) ? [row.id] : []))
  return { ...page, coded, pages, keys, presets, title: await pageTitle(request, 'payment', 'balance.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const done = await doBalanceDeed(request, '/panel/balance')
  return 'fields' in done ? data(done, { status: 422 }) : done.response
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Balance() {
  const { balance, currencies, mayPay, announcing, coded, saved, pages, presets, keys } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('payment')
  return (
    <>
      <PageHeader title={t('balance.title')} below={t('balance.lead')} />
      {balance ? (
        <div className="grid gap-6">
          <Currencies all={currencies} chosen={balance.currency} />
          <Figures balance={balance} />
          <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
            <div className="grid min-w-0 gap-6">
              <Card id="grants" title={t('balance.grants')} isFlush>
                <GrantTable rows={balance.grants} documents="/panel/invoices" />
              </Card>
              <Card id="uses" title={t('balance.uses')} isFlush>
                <GrantUseTable rows={balance.uses} documents="/panel/invoices" />
              </Card>
            </div>
            {mayPay ? (
              <div className="grid min-w-0 gap-6">
                <TopUpCard {...{ saved, pages, presets, answer }} formKey={keys.pay} currency={balance.currency} />
                <TransferCard announcing={announcing} coded={coded} answer={answer} formKey={keys.transfer} currency={balance.currency} />
                <RedeemCard answer={answer} />
                <AutoTopUpCard rule={balance.auto} answer={answer} currency={balance.currency} />
              </div>
            ) : null}
          </div>
        </div>
      ) : (
        <Card>
          <EmptyState title={t('balance.none')} />
        </Card>
      )}
    </>
  )
}

function Currencies({ all, chosen }: { all: readonly string[]; chosen: string }) {
  const { t } = useTranslation('payment')
  if (all.length < 2) return null
  return (
    <p className="flex flex-wrap gap-4 text-sm">
      <span className="text-muted">{t('currency')}</span>
      {all.map((currency) =>
        currency === chosen ? (
          <b key={currency}>{currency}</b>
        ) : (
          <TextLink key={currency} to={`?currency=${currency}`}>
            {currency}
          </TextLink>
        ),
      )}
    </p>
  )
}

/** What is there, and what is owed: two figures that never become one. */
function Figures({ balance }: { balance: Pick<BalancePage, 'balance' | 'due' | 'isLow' | 'auto'> }) {
  const { t } = useTranslation('payment')
  return (
    <>
      {balance.isLow ? <Notice tone="warning">{t('balance.low')}</Notice> : null}
      {balance.auto?.isOn && balance.auto.pausedFor ? <Notice tone="critical">{t('balance.auto.paused')}</Notice> : null}
      <StatStrip
        stats={[
          { label: t('balance.title'), value: <Money amount={balance.balance} />, isMain: true },
          { label: t('balance.due'), value: <Money amount={balance.due} /> },
        ]}
      />
    </>
  )
}
