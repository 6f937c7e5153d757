import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type ExposureParts, howManyFit } from '#app/domain/credit/exposure.ts'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { Button } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { Day } from '../base/date-time.tsx'
import { Meter } from '../base/meter.tsx'
import { Money } from '../base/money.tsx'
import { TextLink } from '../base/text-link.tsx'
import { useFormat } from '../base/use-format.ts'
import { TextInput } from '../forms/field.tsx'

export type Standing = {
  readonly parts: ExposureParts
  readonly exposure: MoneyValue
  readonly limit: MoneyValue
  readonly available: MoneyValue
  readonly usedPercent: number | null
  readonly reachedOn: LocalDate | null
  readonly isPrepaid: boolean
}

type Part = keyof ExposureParts
const parts: readonly { readonly part: Part; readonly sign: '+' | '−' }[] = [
  { part: 'open', sign: '+' },
  { part: 'rated', sign: '+' },
  { part: 'reserved', sign: '+' },
  { part: 'prepaid', sign: '−' },
  { part: 'unapplied', sign: '−' },
]

/** The same as money in hand less what is owed: of a prepaid contract, which has no limit to spend. */
const prepaidParts = [...parts].reverse().map(({ part, sign }) => ({ part, sign: sign === '+' ? ('−' as const) : ('+' as const) }))

/** The formula of what is available, each part beside the rows that it is the sum of. */
export function ExposureCard({ standing, paths }: { readonly standing: Standing; readonly paths: Readonly<Record<Part, string>> }) {
  const { t } = useTranslation('settlement')
  const format = useFormat()
  const { limit, exposure, available, usedPercent, reachedOn, isPrepaid } = standing
  const share = usedPercent === null ? 0 : usedPercent / 100
  return (
    <Card id="credit" title={t('credit.formula')}>
      {usedPercent === null ? null : (
        <Meter
          label={t('credit.used')}
          share={share}
          text={t('credit.usedOf', {
            used: format.money(exposure),
            limit: format.money(limit),
            percent: format.percent(Math.round(usedPercent)),
          })}
        />
      )}
      <dl className="mt-4 grid gap-2 text-sm">
        {(isPrepaid ? prepaidParts : parts).map(({ part, sign }) => (
          <div key={part} className="flex justify-between gap-4">
            <dt>
              <span aria-hidden="true" className="inline-block w-4 text-muted">
                {sign}
              </span>
              <TextLink to={paths[part]}>{t(`credit.part.${part}`)}</TextLink>
            </dt>
            <dd>
              <Money amount={standing.parts[part]} />
            </dd>
          </div>
        ))}
        {isPrepaid ? null : (
          <>
            <Total label={t('credit.exposure')} amount={exposure} />
            <Total label={t('credit.limit')} amount={limit} />
          </>
        )}
        <Total label={t(isPrepaid ? 'credit.inHand' : 'credit.available')} amount={available} />
      </dl>
      {reachedOn ? (
        <p className="mt-4 text-sm">
          {t('credit.reachedOn')} <Day day={reachedOn} />
        </p>
      ) : null}
    </Card>
  )
}

function Total({ label, amount }: { readonly label: string; readonly amount: MoneyValue }) {
  return (
    <div className="flex justify-between gap-4 border-t border-border pt-2 font-medium">
      <dt>{label}</dt>
      <dd>
        <Money amount={amount} className={amount.minor < 0n ? 'text-critical' : ''} />
      </dd>
    </div>
  )
}

type FitProps = { readonly available: MoneyValue; readonly each: MoneyValue | null; readonly typed: string; readonly isMalformed: boolean }

/** How many orders of one price would still find room. */
export function FitCard({ available, each, typed, isMalformed }: FitProps) {
  const { t } = useTranslation('settlement')
  const format = useFormat()
  const fit = each && howManyFit(available, each)
  return (
    <Card id="fit" title={t('credit.fit.title')}>
      <Form method="get" className="grid gap-4">
        <TextInput
          name="each"
          label={t('credit.fit.each', { currency: available.currency })}
          help={t('credit.fit.eachHelp')}
          inputMode="decimal"
          defaultValue={typed}
          error={isMalformed ? t('credit.fit.wrong') : undefined}
        />
        <div>
          <Button look="secondary">{t('credit.fit.work')}</Button>
        </div>
      </Form>
      {fit ? (
        <p className="mt-4 text-sm" role="status">
          {t('credit.fit.result', { count: fit.count, left: format.money(fit.left) })}
        </p>
      ) : null}
    </Card>
  )
}
