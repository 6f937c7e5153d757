import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Money } from '#app/domain/money/money.ts'
import { Button } from './button.tsx'
import { Card } from './card.tsx'
import { Select, TextInput } from './field.tsx'
import { useFormat } from './use-format.ts'

type Choice = { readonly productId: string; readonly name: string; readonly price: Money | null }

type SubscriptionChangeFormProps = {
  choices: { readonly plans: readonly Choice[]; readonly addOns: readonly Choice[] }
  /** Add-ons that run now and may go. */
  running: readonly { readonly productId: string; readonly name: string }[]
  isPaused: boolean
  typed: Readonly<Record<string, string | undefined>>
  /** The first day that can be chosen, `YYYY-MM-DD`. */
  firstDay: string
}

const times = ['now', 'period-end', 'date'] as const

/** Chooses a change and asks for its preview; nothing is changed by it. The choice stands in the address. */
export function SubscriptionChangeForm({ choices, running, isPaused, typed, firstDay }: SubscriptionChangeFormProps) {
  const { t } = useTranslation('subscription')
  const format = useFormat()
  const priced = ({ name, price }: Choice) => (price ? t('choose.priced', { name, price: format.money(price) }) : name)
  return (
    <Card id="change" title={t('choose.title')}>
      <Form method="get" className="grid gap-4 sm:grid-cols-2">
        <Select name="change" label={t('choose.change')} defaultValue={typed.change} required className="sm:col-span-2">
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
