import { useTranslation } from 'react-i18next'
import { printIban } from '#app/domain/bank/iban.ts'
import { printReference } from '#app/domain/bank/payment-references.ts'
import type { AwaitedTransfer } from '#app/reports/order-progress/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { Facts } from '#app/ui/shell/page-header.tsx'

type TransferProps = { readonly orderId: string; readonly transfer: AwaitedTransfer; readonly hasCode: boolean }

/** The transfer that the order waits for: to whom, how much, with which reference, and what happens next. */
export function Transfer({ orderId, transfer: { reference, amount, dueOn, bank }, hasCode }: TransferProps) {
  const { t } = useTranslation('store')
  return (
    <div className="mt-6">
      <Card id="transfer" title={t('transfer.title')}>
        <p className="mb-4 text-sm">{t('transfer.next')}</p>
        <Facts
          facts={[
            { label: t('transfer.amount'), value: <Money amount={amount} className="font-semibold" /> },
            { label: t('transfer.holder'), value: <bdi>{bank.holder}</bdi> },
            { label: t('transfer.iban'), value: <PublicId id={printIban(bank.iban)} /> },
            { label: t('transfer.reference'), value: <PublicId id={printReference(reference)} /> },
            { label: t('transfer.dueOn'), value: <Day day={dueOn} /> },
          ]}
        />
        {hasCode ? (
          <figure className="mt-4">
            <img
              src={`/order/${orderId}/code`}
              alt={t('transfer.code')}
              width={176}
              height={176}
              className="rounded-control border border-border bg-white p-2"
            />
            <figcaption className="mt-1 text-sm text-muted">{t('transfer.scan')}</figcaption>
          </figure>
        ) : null}
      </Card>
    </div>
  )
}

/** The address by which whoever holds it sees this order, without a sign-in. */
export function StatusLink({ link }: { readonly link: string }) {
  const { t } = useTranslation('store')
  return (
    <div className="mt-6 text-sm">
      <p className="text-muted">{t('progress.statusLink')}</p>
      <PublicId id={link} />
    </div>
  )
}
