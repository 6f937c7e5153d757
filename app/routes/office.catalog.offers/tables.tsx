import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { DelegationOverviewRow, OfferChangeRow, OfferedPrice, OfferRow } from '#app/reports/parent-offers/shape.ts'
import { DateTime } from '#app/ui/date-time.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { State } from '#app/ui/state.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { useFormat } from '#app/ui/use-format.ts'
import { useWords } from '#app/ui/use-words.ts'

/** What the parent changed and nobody dealt with yet. */
export function ChangeTable({ changes, mayWrite }: { changes: readonly OfferChangeRow[]; mayWrite: boolean }) {
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  const columns: Column<OfferChangeRow>[] = [
    { key: 'offer', head: t('offers.offer'), isPrimary: true, cell: ({ name }) => <span className="font-medium">{inWords(name)}</span> },
    { key: 'kind', head: t('offers.change'), cell: ({ kind }) => t(`offers.kinds.${kind}`) },
    { key: 'from', head: t('offers.from'), cell: ({ effectiveAt }) => <DateTime instant={effectiveAt} isDayOnly /> },
    {
      key: 'before',
      head: t('offers.before'),
      isLong: true,
      cell: ({ before, currency }) => <Prices prices={before} currency={currency} />,
    },
    { key: 'after', head: t('offers.after'), isLong: true, cell: ({ after, currency }) => <Prices prices={after} currency={currency} /> },
    ...(mayWrite
      ? [{ key: 'deed', head: <span className="sr-only">{t('offers.done')}</span>, label: t('offers.done'), cell: Resolve }]
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
  const inWords = useWords()
  const columns: Column<OfferRow>[] = [
    {
      key: 'name',
      head: t('offers.offer'),
      isPrimary: true,
      cell: ({ name, code }) => (
        <span>
          <span className="font-medium">{inWords(name)}</span>{' '}
          <bdi dir="ltr" className="text-muted">
            {code}
          </bdi>
        </span>
      ),
    },
    { key: 'prices', head: t('offers.buy'), isLong: true, cell: ({ prices, currency }) => <Prices prices={prices} currency={currency} /> },
    { key: 'range', head: t('offers.range'), cell: (offer) => <Range {...offer} /> },
    {
      key: 'state',
      head: t('offers.state'),
      cell: ({ isWithdrawn, productId }) => {
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
      ? [{ key: 'deed', head: <span className="sr-only">{t('offers.withdraw')}</span>, label: t('offers.withdraw'), cell: Withdraw }]
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

function Prices({ prices, currency }: { prices: readonly OfferedPrice[]; currency: string }) {
  const { t } = useTranslation('catalog')
  const format = useFormat()
  if (prices.length === 0) return <span className="text-muted">–</span>
  return (
    <span className="grid gap-0.5" suppressHydrationWarning>
      {prices.slice(0, 6).map(({ key, feeKind, meter, price }) => (
        <span key={key}>
          {meter ? <bdi dir="ltr">{meter}</bdi> : t(`revisions.fees.${feeKind as 'recurring'}`)}: {format.rate(price, currency)}
        </span>
      ))}
      {prices.length > 6 ? <span className="text-muted">{t('offers.more', { count: prices.length - 6 })}</span> : null}
    </span>
  )
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
