import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Money } from '#app/domain/money/money.ts'
import { Button } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { useFormat } from '../base/use-format.ts'
import { Select, TextInput } from '../forms/field.tsx'

type Choice = { readonly productId: string; readonly name: string; readonly price: Money | null }

type Version = {
  readonly priceVersionId: string
  readonly book: string
  readonly number: number
  readonly validFrom: Date
  readonly price: Money | null
}

type SubscriptionChangeFormProps = {
  choices: { readonly plans: readonly Choice[]; readonly addOns: readonly Choice[]; readonly versions: readonly Version[] }
  /** It changes with another level: nothing but its prices can be chosen here. */
  hasPricesOnly: boolean
  /** Add-ons that run now and may go. */
  running: readonly { readonly productId: string; readonly name: string }[]
  isPaused: boolean
  typed: Readonly<Record<string, string | undefined>>
  /** The first day that can be chosen, `YYYY-MM-DD`. */
  firstDay: string
}

const times = ['now', 'period-end', 'date'] as const

type DeedsProps = Pick<SubscriptionChangeFormProps, 'choices' | 'running' | 'isPaused'>

function Deeds({ choices, running, isPaused }: DeedsProps) {
  const { t } = useTranslation('subscription')
  const format = useFormat()
  const priced = ({ name, price }: Choice) => (price ? t('choose.priced', { name, price: format.money(price) }) : name)
  return (
    <>
      {isPaused ? <option value="resume">{t('kind.resume')}</option> : null}
      {!isPaused && choices.plans.length > 0 ? (
        <optgroup label={t('kind.plan')}>
          {choices.plans.map((choice) => (
            <option key={choice.productId} value={`plan:${choice.productId}`} suppressHydrationWarning>
              {priced(choice)}
            </option>
          ))}
        </optgroup>
      ) : null}
      {!isPaused && choices.addOns.length > 0 ? (
        <optgroup label={t('kind.add-on')}>
          {choices.addOns.map((choice) => (
            <option key={choice.productId} value={`add-on:${choice.productId}`} suppressHydrationWarning>
              {priced(choice)}
            </option>
          ))}
        </optgroup>
      ) : null}
      {running.length > 0 ? (
        <optgroup label={t('kind.remove-add-on')}>
          {running.map(({ productId, name }) => (
            <option key={productId} value={`remove-add-on:${productId}`}>
              {name}
            </option>
          ))}
        </optgroup>
      ) : null}
      {isPaused ? null : <option value="quantity">{t('kind.quantity')}</option>}
      {isPaused ? null : <option value="pause">{t('kind.pause')}</option>}
      <option value="cancel">{t('kind.cancel')}</option>
    </>
  )
}

/** The newest prices, or those of one version for good. */
function Prices({ versions }: { versions: readonly Version[] }) {
  const { t } = useTranslation('subscription')
  const format = useFormat()
  if (versions.length === 0) return null
  const nameOf = ({ book, number, validFrom, price }: Version) => {
    const names = { book, number, date: format.date(validFrom) }
    return price ? t('choose.version', { ...names, price: format.money(price) }) : t('choose.versionOnly', names)
  }
  return (
    <optgroup label={t('kind.prices')}>
      <option value="prices">{t('choose.newest')}</option>
      {versions.map((version) => (
        <option key={version.priceVersionId} value={`prices:${version.priceVersionId}`} suppressHydrationWarning>
          {nameOf(version)}
        </option>
      ))}
    </optgroup>
  )
}

/** Chooses a change and asks for its preview; nothing is changed by it. The choice stands in the address. */
export function SubscriptionChangeForm({ choices, hasPricesOnly, running, isPaused, typed, firstDay }: SubscriptionChangeFormProps) {
  const { t } = useTranslation('subscription')
  return (
    <Card id="change-form" title={t('choose.title')}>
      <Form method="get" className="grid gap-4 sm:grid-cols-2">
        <Select name="change" label={t('choose.change')} defaultValue={typed.change} required className="sm:col-span-2">
          {hasPricesOnly ? null : <Deeds choices={choices} running={running} isPaused={isPaused} />}
          {isPaused ? null : <Prices versions={choices.versions} />}
        </Select>
        <TextInput
          name="quantity"
          label={t('quantity')}
          help={t('choose.quantityHelp')}
          inputMode="numeric"
          pattern="[0-9]{1,6}"
          defaultValue={typed.quantity}
        />
        <Select name="when" label={t('choose.when')} defaultValue={typed.when}>
          {times.map((time) => (
            <option key={time} value={time}>
              {t(`choose.time.${time}`)}
            </option>
          ))}
        </Select>
        <TextInput name="date" type="date" label={t('choose.date')} help={t('choose.dateHelp')} min={firstDay} defaultValue={typed.date} />
        <div className="self-end">
          <Button look="secondary">{t('choose.show')}</Button>
        </div>
      </Form>
    </Card>
  )
}
