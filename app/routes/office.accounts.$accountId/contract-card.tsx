import { useTranslation } from 'react-i18next'
import type { AccountDetail } from '#app/reports/accounts/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { CycleWords } from '#app/ui/base/cycle-words.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { Meter } from '#app/ui/base/meter.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'

type ContractCardProps = {
  readonly contract: NonNullable<AccountDetail['contract']>
  readonly accountId: string
  readonly mayWrite: boolean
}

/** The terms between seller and buyer, and how much of the credit limit is used. */
export function ContractCard({ contract, accountId, mayWrite }: ContractCardProps) {
  const { t } = useTranslation(['office', 'settlement'])
  const format = useFormat()
  const { creditLimit, exposure, available } = contract
  const share = creditLimit.minor > 0n ? Number((exposure.minor * 1000n) / creditLimit.minor) / 1000 : 0
  const rows = [
    { label: t('contract.priceBook'), value: contract.priceBook },
    { label: t('contract.currency'), value: contract.currency },
    { label: t('contract.paymentDays'), value: t('contract.days', { count: contract.paymentDays }) },
    { label: t('contract.available'), value: <Money amount={available} /> },
    { label: t('contract.since'), value: <Day day={contract.startsOn} /> },
    { label: t('cycle.every'), value: <CycleWords cycle={contract.cycle} /> },
    { label: t('cycle.next'), value: <Day day={contract.cycle.nextOn} /> },
    { label: t('cycle.fees'), value: t(`cycle.feeTime.${contract.fees}`) },
  ]
  return (
    <Card id="contract" title={t('contract.title')}>
      {creditLimit.minor > 0n ? (
        <Meter
          label={t('contract.creditLimit')}
          share={share}
          text={t('contract.used', {
            used: format.money(exposure),
            limit: format.money(creditLimit),
            percent: format.percent(Math.round(share * 100)),
          })}
        />
      ) : null}
      <dl className="mt-4 grid gap-2 text-sm">
        {rows.map((row) => (
          <div key={row.label} className="flex justify-between gap-4">
            <dt className="text-muted">{row.label}</dt>
            <dd>{row.value}</dd>
          </div>
        ))}
      </dl>
      {mayWrite ? (
        <p className="mt-4 text-sm">
          <TextLink to={`/office/accounts/${accountId}/cycle`}>{t('cycle.change')}</TextLink>
          {' · '}
          <TextLink to={`/office/accounts/${accountId}/credit`}>{t('settlement:credit.title')}</TextLink>
        </p>
      ) : null}
    </Card>
  )
}
