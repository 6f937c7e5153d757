import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readDeferral } from '#app/reports/ledger/deferral.server.ts'
import { sellerMonth } from '#app/reports/seller-month.server.ts'
import { setDeferral } from '#app/services/ledger/set-deferral.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { LedgerTabs } from '#app/ui/payments/ledger-parts.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { DeferredMonths } from './deferred-months.tsx'
import { SettingCard } from './setting-card.tsx'

const SettingForm = z.object({ deed: z.enum(['on', 'off'], 'invalid'), from: z.iso.date('date') })

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'ledger:read', async (ctx, { can }) => {
    const { today } = await sellerMonth(ctx)
    return { today, ...(await readDeferral(ctx, today)), mayWrite: can('ledger:write') }
  })
  return { ...page, title: await pageTitle(request, 'ledger', 'deferral.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, SettingForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const from = form.value.deed === 'on' ? form.value.from : null
  await asStaff(request, 'ledger:write', (ctx) => setDeferral(ctx, { from }))
  return redirectWithToast(request, '/office/ledger/deferral', from ? 'ledger.deferralOn' : 'ledger.deferralOff')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Deferral() {
  const { today, from, months, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('ledger')
  const currencies = [...new Set(months.map(({ amount }) => amount.currency))]
  return (
    <>
      <PageHeader title={t('title')} below={t('deferral.lead')} />
      <LedgerTabs />
      <div className="grid gap-6">
        <SettingCard from={from} today={today} mayWrite={mayWrite} answer={answer} />
        {currencies.length === 0 ? (
          <Card isFlush>
            <EmptyState title={t('deferral.none')}>{t('deferral.noneText')}</EmptyState>
          </Card>
        ) : null}
        {currencies.map((currency) => (
          <DeferredMonths key={currency} currency={currency} months={months.filter(({ amount }) => amount.currency === currency)} />
        ))}
      </div>
    </>
  )
}
