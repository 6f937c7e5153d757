import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { PriceMove } from '#app/reports/price-changes/shape.ts'
import type { AffectedSubscriber, PriceChangeTally } from '#app/services/pricing/price-change-tally.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money, Rate } from '#app/ui/base/money.tsx'
import { type Stat, StatStrip } from '#app/ui/base/stat-strip.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { keyPart, useLabel } from '#app/ui/base/use-label.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { FromTo } from '#app/ui/forms/from-to.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { MonthCosts, MonthMove, riseOf } from '#app/ui/usage/month-costs.tsx'

type Preview = PriceChangeTally & {
  readonly books: { readonly moves: readonly PriceMove[]; readonly count: number }
  readonly movesUsage: boolean
}

/** More prices than these begin folded away. */
const openPrices = 25

/** What the change will mean: sums, every price, every subscriber; and the way to publish it. */
export function PreviewCards({ preview, query }: { preview: Preview; query: string }) {
  const { t } = useTranslation('pricing')
  const { books, totals, affected, unaffected, pinned, subscribers, movesUsage } = preview
  const stats: Stat[] = [
    { label: t('changes.affected'), value: affected, isMain: true },
    { label: t('changes.unaffected'), value: unaffected },
    { label: t('changes.pinned'), value: pinned, note: t('changes.pinnedNote') },
    ...totals.map((total) => ({
      label: t('changes.perMonth', { currency: total.currency }),
      value: <Money amount={riseOf(total)} isBalance />,
      note: <MonthCosts cost={total} />,
    })),
  ]
  return (
    <>
      <StatStrip stats={stats} />
      <Card
        title={t('changes.subscribers')}
        aside={t(movesUsage ? 'changes.subscribersAsideUsage' : 'changes.subscribersAside')}
        id="subscribers"
        isFlush
      >
        <Table
          caption={t('changes.subscribers')}
          rows={subscribers}
          rowKey={({ subscriptionId, accountId }) => subscriptionId ?? accountId}
          columns={useSubscriberColumns(movesUsage)}
          empty={<EmptyState title={t('changes.nobody')}>{t(movesUsage ? 'changes.nobodyTextUsage' : 'changes.nobodyText')}</EmptyState>}
        />
      </Card>
      <Card isFlush>
        <details open={books.count <= openPrices}>
          <summary className="flex flex-wrap justify-between gap-x-4 px-card py-4">
            <span className="font-semibold">{t('changes.moves')}</span>
            <span className="text-sm text-muted">{t('changes.movesCount', { count: books.count })}</span>
          </summary>
          <Table caption={t('changes.moves')} rows={books.moves} rowKey={({ key }) => key} columns={useMoveColumns()} />
        </details>
      </Card>
      <Form method="post" className="flex flex-wrap items-center gap-4">
        <FormToken />
        <input type="hidden" name="query" value={query} />
        <SubmitButton>{t('changes.publish')}</SubmitButton>
        <p className="max-w-prose text-sm text-muted">{t('changes.publishText')}</p>
      </Form>
    </>
  )
}

function useMoveColumns(): Column<PriceMove>[] {
  const { t, i18n } = useTranslation('pricing')
  const label = useLabel()
  const nameOf = ({ product, meter }: PriceMove) => {
    const words = [product ? (product[i18n.language] ?? product.en) : '', meter ? label(`document:meter.${keyPart(meter)}`, meter) : '']
    return words.filter(Boolean).join(' · ')
  }
  return [
    { key: 'price', head: t('changes.price'), isPrimary: true, cell: (move) => <span className="font-medium">{nameOf(move)}</span> },
    { key: 'kind', head: t('changes.kind'), cell: ({ feeKind }) => label(`pricing:changes.feeKind.${feeKind}`, feeKind) },
    { key: 'book', head: t('changes.book'), cell: ({ bookName }) => <bdi>{bookName}</bdi> },
    {
      key: 'former',
      head: t('changes.former'),
      isNumber: true,
      cell: ({ former, currency }) => <Rate rate={former} currency={currency} />,
    },
    {
      key: 'next',
      head: t('changes.next'),
      isNumber: true,
      cell: ({ next, currency }) => <Rate rate={next} currency={currency} className="font-medium" />,
    },
    {
      key: 'cap',
      head: t('changes.cap'),
      isNumber: true,
      cell: ({ formerCap, nextCap, currency }) =>
        formerCap && nextCap ? (
          <FromTo
            from={<Rate rate={formerCap} currency={currency} className="text-muted" />}
            to={<Rate rate={nextCap} currency={currency} />}
          />
        ) : (
          '–'
        ),
    },
  ]
}

function useSubscriberColumns(movesUsage: boolean): Column<AffectedSubscriber>[] {
  const { t } = useTranslation('pricing')
  const usage: Column<AffectedSubscriber> = {
    key: 'usage',
    head: t('changes.usageAbout'),
    isNumber: true,
    cell: (subscriber) => (subscriber.usage ? <MonthMove cost={subscriber.usage} /> : '–'),
  }
  return [
    {
      key: 'account',
      head: t('changes.customer'),
      isPrimary: true,
      isLong: true,
      cell: ({ accountId, accountName }) => (
        <TextLink to={`/office/accounts/${accountId}`} isQuiet className="font-medium">
          {accountName}
        </TextLink>
      ),
    },
    {
      key: 'name',
      head: t('changes.subscription'),
      isLong: true,
      cell: ({ name }) => (name === null ? <span className="text-muted">{t('changes.noSubscription')}</span> : <bdi>{name}</bdi>),
    },
    { key: 'fees', head: t('changes.fees'), isNumber: true, cell: ({ fees }) => <MonthMove cost={fees} /> },
    ...(movesUsage ? [usage] : []),
    {
      key: 'difference',
      head: t('changes.difference'),
      isNumber: true,
      cell: (subscriber) => <Money amount={riseOf(subscriber)} isBalance className="font-medium" />,
    },
  ]
}
