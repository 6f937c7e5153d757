import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { trialBalance } from '#app/reports/ledger/query.server.ts'
import { sellerMonth } from '#app/reports/seller-month.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { CompactInput } from '#app/ui/forms/compact-field.tsx'
import { LedgerTabs } from '#app/ui/payments/ledger-parts.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { dayOf, filterOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { totalsOf } from './totals.ts'
import { TrialBalanceTable } from './trial-balance-table.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const asked = dayOf(filterOf(request).get('date'))
  const page = await asStaff(request, 'ledger:read', async (ctx) => {
    const asOf = asked ?? (await sellerMonth(ctx)).today
    return { asOf, lines: await trialBalance(ctx, asOf) }
  })
  return { ...page, title: await pageTitle(request, 'ledger', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function TrialBalance() {
  const { asOf, lines } = useLoaderData<typeof loader>()
  const { t } = useTranslation('ledger')
  const totals = totalsOf(lines)
  const isBalanced = totals.every(({ debit, credit }) => debit.minor === credit.minor)
  return (
    <>
      <PageHeader
        title={t('title')}
        below={t('lead')}
        actions={
          <ButtonLink to={`/office/ledger/trial-balance/csv?date=${asOf}`} look="secondary" size="small" className="h-9" isOtherArea>
            {t('export')}
          </ButtonLink>
        }
      />
      <LedgerTabs />
      {isBalanced ? null : (
        <div className="mb-6">
          <Notice tone="critical" title={t('broken')} />
        </div>
      )}
      <div className="mb-4">
        <FilterBar isTyped>
          <CompactInput type="date" name="date" label={t('asOf')} defaultValue={asOf} key={asOf} />
        </FilterBar>
      </div>
      {totals.length === 0 ? (
        <Card isFlush>
          <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
        </Card>
      ) : null}
      <div className="grid gap-6">
        {totals.map((total) => (
          <Card
            key={total.currency}
            id={`currency-${total.currency}`}
            title={total.currency}
            aside={
              <>
                {t('debit')} <Money amount={total.debit} /> · {t('credit')} <Money amount={total.credit} />
              </>
            }
            isFlush
          >
            <TrialBalanceTable
              asOf={asOf}
              currency={total.currency}
              lines={lines.filter(({ debit }) => debit.currency === total.currency)}
            />
          </Card>
        ))}
      </div>
    </>
  )
}
