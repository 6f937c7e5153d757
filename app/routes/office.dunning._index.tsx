import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { sum } from '#app/domain/money/money.ts'
import { type OverdueAccount, readDuePage } from '#app/services/dunning/read-due.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { StatStrip } from '#app/ui/base/stat-strip.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, idOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

const pageSize = 100

export async function loader({ request }: LoaderFunctionArgs) {
  const afterId = idOf(filterOf(request).get('cursor')) ?? null
  const { accounts, lastId } = await asStaff(request, 'dunning:read', (ctx) => readDuePage(ctx, { afterId, limit: pageSize }))
  return { rows: accounts.flatMap(toRow), totals: totalsOf(accounts), lastId, title: await pageTitle(request, 'dunning', 'title') }
}

/** An account as the list shows it: what it owes, how far it is, and what today does about it. */
function toRow({ accountId, accountName, currency, overdue, policy, facts, deed }: OverdueAccount) {
  const reached = policy?.steps[Math.max(-1, ...(facts?.invoices.map((invoice) => invoice.reached) ?? []))]
  return {
    accountId,
    accountName,
    currency,
    overdue,
    hasPolicy: policy !== undefined,
    reached: reached ? { day: reached.day, action: reached.action } : null,
    quietUntil: facts?.quietUntil ?? null,
    today: deed ? { action: deed.step.action, charges: deed.step.charges, fee: deed.fee, interest: deed.interest } : null,
  }
}

/** What today adds up to, by currency. */
function totalsOf(accounts: readonly OverdueAccount[]) {
  const due = accounts.flatMap(({ currency, deed }) => (deed ? [{ currency, deed }] : []))
  return [...new Set(due.map(({ currency }) => currency))].sort().map((currency) => {
    const deeds = due.filter((each) => each.currency === currency).map(({ deed }) => deed)
    const added = deeds.flatMap(({ fee, interest }) => [fee, interest])
    const totals = deeds.map(({ total }) => total)
    return { currency, letters: deeds.length, total: sum(currency, totals), added: sum(currency, added) }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Dunning() {
  const { rows, totals, lastId } = useLoaderData<typeof loader>()
  const { t } = useTranslation('dunning')
  return (
    <>
      <PageHeader
        title={t('title')}
        below={t('lead')}
        actions={
          <ButtonLink to="/office/dunning/policies" look="secondary">
            {t('policies.title')}
          </ButtonLink>
        }
      />
      <div className="grid gap-6">
        {totals.map(({ currency, letters, total, added }) => (
          <StatStrip
            key={currency}
            stats={[
              { label: t('today.letters', { currency }), value: letters, isMain: true },
              { label: t('today.owed'), value: <Money amount={total} /> },
              { label: t('today.added'), value: <Money amount={added} /> },
            ]}
          />
        ))}
        <Card isFlush>
          <Table
            caption={t('title')}
            rows={rows}
            rowKey={({ accountId, currency }) => `${accountId} ${currency}`}
            empty={<EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
            columns={[
              {
                key: 'account',
                head: t('account'),
                isPrimary: true,
                cell: ({ accountId, accountName }) => (
                  <TextLink to={`/office/accounts/${accountId}/dunning`} isQuiet>
                    <bdi>{accountName}</bdi>
                  </TextLink>
                ),
              },
              { key: 'overdue', head: t('overdue'), isNumber: true, cell: ({ overdue }) => <Money amount={overdue} /> },
              {
                key: 'reached',
                head: t('reached'),
                cell: ({ reached }) => (reached ? t('stepReached', { action: t(`action.${reached.action}`), count: reached.day }) : '–'),
              },
              { key: 'today', head: t('today.title'), cell: (row) => <Today row={row} /> },
              {
                key: 'added',
                head: t('today.added'),
                isNumber: true,
                cell: ({ today, currency }) => (today ? <Money amount={sum(currency, [today.fee, today.interest])} /> : '–'),
              },
            ]}
          />
          <CursorPaging nextCursor={lastId} />
        </Card>
      </div>
    </>
  )
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

function Today({ row: { today, quietUntil, hasPolicy } }: { row: Row }) {
  const { t } = useTranslation('dunning')
  if (today) return today.charges ? t('today.chargesFirst', { action: t(`action.${today.action}`) }) : t(`action.${today.action}`)
  if (!hasPolicy) return t('today.noPolicy')
  return quietUntil ? (
    <>
      {t('today.quiet')} <Day day={quietUntil} />
    </>
  ) : (
    t('today.nothing')
  )
}
