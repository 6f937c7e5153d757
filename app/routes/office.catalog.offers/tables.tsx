import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { DelegationOverviewRow, OfferChangeRow, OfferedPrice, OfferRow } from '#app/reports/parent-offers/shape.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { State } from '#app/ui/base/state.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useWords } from '#app/ui/base/use-words.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { FromTo } from '#app/ui/forms/from-to.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { useFeeName } from '#app/ui/usage/use-fee-name.ts'

/** What the parent changed and nobody dealt with yet. */
export function ChangeTable({ changes, mayWrite }: { changes: readonly OfferChangeRow[]; mayWrite: boolean }) {
  const { t } = useTranslation('catalog')
  const columns: Column<OfferChangeRow>[] = [
    { key: 'offer', head: t('offers.offer'), isPrimary: true, cell: (row) => <OfferName {...row} /> },
    { key: 'kind', head: t('offers.change'), cell: ({ kind }) => t(`offers.kinds.${kind}`) },
    { key: 'from', head: t('offers.from'), cell: ({ effectiveAt }) => <DateTime instant={effectiveAt} isDayOnly /> },
    { key: 'prices', head: t('offers.prices'), isLong: true, cell: (row) => <ChangedPrices {...row} /> },
    ...(mayWrite
      ? [
          {
            key: 'deed',
            head: <span className="sr-only">{t('offers.done')}</span>,
            label: t('offers.done'),
            cell: (row: OfferChangeRow) => <Resolve {...row} />,
          },
        ]
      : []),
  ]
  const empty = <EmptyState title={t('offers.noChanges')}>{t('offers.noChangesText')}</EmptyState>
  return <Table caption={t('offers.changes')} rows={changes} rowKey={({ id }) => id} columns={columns} empty={empty} />
}

const followed: readonly string[] = ['withdrawn', 'returned', 'description']

function Resolve({ id, kind }: OfferChangeRow) {
  const { t } = useTranslation('catalog')
  return (
    <Form method="post" action="?deed=resolve" className="flex flex-wrap gap-2">
      <FormToken />
      <input type="hidden" name="changeId" value={id} />
      {followed.includes(kind) ? (
        <SubmitButton look="secondary" size="small" name="follow" value="yes">
          {t('offers.follow')}
        </SubmitButton>
      ) : null}
      <SubmitButton look="quiet" size="small">
        {t('offers.done')}
      </SubmitButton>
    </Form>
  )
}

/** Everything the parent offers, at the prices it charges today. */
export function OfferTable({ offers }: { offers: readonly OfferRow[] }) {
  const { t } = useTranslation('catalog')
  const columns: Column<OfferRow>[] = [
    {
      key: 'name',
      head: t('offers.offer'),
      isPrimary: true,
      cell: (offer) => (
        <span>
          <OfferName {...offer} />{' '}
          {offer.isRateCard ? null : (
            <bdi dir="ltr" className="font-normal text-muted">
              {offer.code}
            </bdi>
          )}
        </span>
      ),
    },
    { key: 'prices', head: t('offers.buy'), isLong: true, cell: ({ prices, currency }) => <Prices prices={prices} currency={currency} /> },
    { key: 'range', head: t('offers.range'), cell: (offer) => <Range {...offer} /> },
    {
      key: 'state',
      head: t('offers.state'),
      cell: ({ isWithdrawn, productId, isRateCard }) => {
        if (isRateCard) return <span className="text-muted">{t('offers.withPlans')}</span>
        if (isWithdrawn) return <State tone="critical">{t('offers.withdrawn')}</State>
        return productId ? <State tone="positive">{t('offers.sold')}</State> : <State tone="neutral">{t('offers.notSold')}</State>
      },
    },
  ]
  const empty = <EmptyState title={t('offers.none')}>{t('offers.noneText')}</EmptyState>
  return <Table caption={t('offers.list')} rows={offers} rowKey={({ id }) => id} columns={columns} empty={empty} />
}

/** Which plans our resellers may sell on, and in which range. */
export function DelegationTable({ delegations, mayWrite }: { delegations: readonly DelegationOverviewRow[]; mayWrite: boolean }) {
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  const columns: Column<DelegationOverviewRow>[] = [
    {
      key: 'reseller',
      head: t('offers.reseller'),
      isPrimary: true,
      cell: ({ reseller }) => <span className="font-medium">{reseller}</span>,
    },
    { key: 'product', head: t('offers.plan'), cell: ({ product }) => inWords(product) },
    { key: 'range', head: t('offers.range'), cell: (row) => <Range {...row} /> },
    ...(mayWrite
      ? [
          {
            key: 'deed',
            head: <span className="sr-only">{t('offers.withdraw')}</span>,
            label: t('offers.withdraw'),
            cell: (row: DelegationOverviewRow) => <Withdraw {...row} />,
          },
        ]
      : []),
  ]
  const empty = <EmptyState title={t('offers.noDelegations')}>{t('offers.noDelegationsText')}</EmptyState>
  return <Table caption={t('offers.delegations')} rows={delegations} rowKey={({ id }) => id} columns={columns} empty={empty} />
}

function Withdraw({ accountId, productId }: DelegationOverviewRow) {
  const { t } = useTranslation('catalog')
  return (
    <Form method="post" action="?deed=withdraw">
      <FormToken />
      <input type="hidden" name="accountId" value={accountId} />
      <input type="hidden" name="productId" value={productId} />
      <SubmitButton look="quiet" size="small">
        {t('offers.withdraw')}
      </SubmitButton>
    </Form>
  )
}

/** The name of an offer; the parent's prices of use outside any plan have none of their own. */
function OfferName({ name, isRateCard }: { name: OfferRow['name']; isRateCard: boolean }) {
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  return <span className="font-medium">{isRateCard ? t('offers.rateCard') : inWords(name)}</span>
}

const mostShown = 6

function Prices({ prices, currency }: { prices: readonly OfferedPrice[]; currency: string }) {
  const format = useFormat()
  const feeName = useFeeName()
  if (prices.length === 0) return <span className="text-muted">–</span>
  return (
    <span className="grid gap-0.5" suppressHydrationWarning>
      {prices.slice(0, mostShown).map(({ key, price }) => (
        <span key={key}>
          {feeName(key)}: {format.rate(price, currency)}
        </span>
      ))}
      <More count={prices.length - mostShown} />
    </span>
  )
}

/** Each fee that changes, from what it was to what it is; one that is new or gone says so. */
function ChangedPrices({ before, after, currency }: OfferChangeRow) {
  const { t } = useTranslation('catalog')
  const format = useFormat()
  const feeName = useFeeName()
  const keys = [...new Set([...before, ...after].map(({ key }) => key))]
  if (keys.length === 0) return <span className="text-muted">–</span>
  const priceIn = (prices: readonly OfferedPrice[], key: string) => prices.find((price) => price.key === key)?.price
  return (
    <span className="grid gap-0.5" suppressHydrationWarning>
      {keys.slice(0, mostShown).map((key) => {
        const [was, is] = [priceIn(before, key), priceIn(after, key)]
        const next = is === undefined ? t('revisions.noPrice') : format.rate(is, currency)
        return (
          <span key={key}>
            {feeName(key)}: {was === undefined ? next : <FromTo from={format.rate(was, currency)} to={next} />}
          </span>
        )
      })}
      <More count={keys.length - mostShown} />
    </span>
  )
}

function More({ count }: { count: number }) {
  const { t } = useTranslation('catalog')
  return count > 0 ? <span className="text-muted">{t('offers.more', { count })}</span> : null
}

function Range({ priceFloor, priceCeiling, currency }: { priceFloor: string | null; priceCeiling: string | null; currency: string }) {
  const format = useFormat()
  if (priceFloor === null && priceCeiling === null) return <>–</>
  const side = (price: string | null) => (price === null ? '…' : format.rate(price, currency))
  return (
    <span className="tabular" suppressHydrationWarning>
      {side(priceFloor)} – {side(priceCeiling)}
    </span>
  )
}
