import { useTranslation } from 'react-i18next'
import { useFormat } from '#app/ui/base/use-format.ts'
import { Checkbox, FieldNote } from '#app/ui/forms/field.tsx'
import { RadioCard } from '#app/ui/forms/radio-card.tsx'
import { Expiry, SavedName } from '#app/ui/payments/way-to-pay.tsx'
import type { CheckoutPage, FieldState } from './checkout-form.tsx'
import type { Estimate } from './estimate.server.ts'
import { PromoCodes } from './promo-codes.tsx'

type PayPartProps = FieldState & { readonly page: CheckoutPage; readonly estimate: Estimate }

/** The quickest way first: what is saved, the pages of the gateways, then paying later with what is left for that. */
export function PayPart({ page: { saved, pages, buyer, takesTransfers }, estimate, typed, error }: PayPartProps) {
  const { t } = useTranslation(['store', 'pay'])
  const { later, applied, quote } = estimate
  const offered = [
    ...saved.map(({ id }) => `saved:${id}`),
    ...pages.map(({ id }) => `page:${id}`),
    ...(later?.hasRoom ? ['later'] : []),
    ...(takesTransfers ? ['transfer'] : []),
  ]
  const chosen = offered.find((way) => way === typed('way')) ?? preferred(saved) ?? (buyer && later?.hasRoom ? 'later' : offered[0])
  return (
    <>
      <fieldset className="grid gap-2">
        <legend className="sr-only">{t('pay:way.title')}</legend>
        {saved.map((method) => (
          <RadioCard
            key={method.id}
            name="way"
            value={`saved:${method.id}`}
            isChosen={chosen === `saved:${method.id}`}
            title={<SavedName method={method} />}
            detail={method.isDefault ? t('pay:methods.default') : undefined}
            aside={method.expiresOn ? <Expiry day={method.expiresOn} /> : undefined}
          />
        ))}
        {pages.map(({ id, gateway, isTest }) => (
          <RadioCard
            key={id}
            name="way"
            value={`page:${id}`}
            isChosen={chosen === `page:${id}`}
            title={t(`pay:gateway.${gateway}`)}
            detail={isTest ? t('pay:way.test') : t('pay:way.page')}
          />
        ))}
        {takesTransfers ? (
          <RadioCard
            name="way"
            value="transfer"
            isChosen={chosen === 'transfer'}
            title={t('checkout.transfer')}
            detail={t('checkout.transferText')}
          />
        ) : null}
        <Later later={later} isChosen={chosen === 'later'} />
        <FieldNote id="way" error={error('way')} />
      </fieldset>
      {pages.some(({ savesMethods }) => savesMethods) ? (
        <div className="group-has-[#way-later:checked]/checkout:hidden group-has-[#way-transfer:checked]/checkout:hidden">
          <Checkbox name="saves" label={t('pay:way.saves')} defaultChecked={typed('saves') === 'on'} />
        </div>
      ) : null}
      <PromoCodes quote={quote} applied={applied} typed={typed('promoCode')} error={error('promoCode')} />
    </>
  )
}

function preferred(saved: CheckoutPage['saved']): string | undefined {
  const first = saved.find(({ isDefault }) => isDefault) ?? saved[0]
  return first && `saved:${first.id}`
}

function Later({ later, isChosen }: { readonly later: Estimate['later']; readonly isChosen: boolean }) {
  const { t } = useTranslation('store')
  const format = useFormat()
  if (!later) return null
  const amount = format.money(later.available)
  return (
    <RadioCard
      name="way"
      value="later"
      isChosen={isChosen}
      title={t(`checkout.later.${later.kind}`)}
      detail={t(`checkout.laterText.${later.kind}`)}
      closedBecause={later.hasRoom ? undefined : t(`checkout.noRoom.${later.kind}`, { amount })}
    />
  )
}
