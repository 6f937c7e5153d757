import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { Money } from '../base/money.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Tabs } from '../tables/tabs.tsx'

const nothing = <span className="text-muted">–</span>

/** The views of the books. */
export function LedgerTabs() {
  const { t } = useTranslation('ledger')
  return (
    <Tabs
      label={t('tabs.label')}
      tabs={[
        { to: '/office/ledger', label: t('tabs.trialBalance'), isEnd: true },
        { to: '/office/ledger/journal', label: t('tabs.journal') },
        { to: '/office/ledger/periods', label: t('tabs.periods') },
        { to: '/office/ledger/deferral', label: t('tabs.deferral') },
        { to: '/office/ledger/checks', label: t('tabs.checks') },
      ]}
    />
  )
}

/** The sheet of a ledger account in one currency, up to a day and for one buyer where given. */
export function sheetPath(
  code: string,
  filter: { currency: string; to?: string | undefined; account?: string | null | undefined },
): string {
  const search = new URLSearchParams({ currency: filter.currency })
  if (filter.to) search.set('to', filter.to)
  if (filter.account) search.set('account', filter.account)
  return `/office/ledger/accounts/${encodeURIComponent(code)}?${search}`
}

/** A posting in the column of its side: debits are above zero, credits below and shown without the sign. */
export function Side({ amount, side, to }: { amount: MoneyValue; side: 'debit' | 'credit'; to?: string }) {
  const shown = side === 'debit' ? amount : { ...amount, minor: -amount.minor }
  if (shown.minor <= 0n) return nothing
  const figure = <Money amount={shown} />
  return to ? (
    <TextLink to={to} isQuiet>
      {figure}
    </TextLink>
  ) : (
    figure
  )
}

/** A document by its number, or nothing. */
export function DocumentLink({ invoiceId, number }: { invoiceId: string | null; number: string | null }) {
  if (!invoiceId || !number) return nothing
  return (
    <TextLink to={`/office/invoices/${invoiceId}`} isQuiet>
      <bdi dir="ltr">{number}</bdi>
    </TextLink>
  )
}

/** A buyer by name, or nothing. */
export function BuyerLink({ accountId, name }: { accountId: string | null; name: string | null }) {
  if (!accountId || !name) return nothing
  return (
    <TextLink to={`/office/accounts/${accountId}`} isQuiet>
      {name}
    </TextLink>
  )
}
