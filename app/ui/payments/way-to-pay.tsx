import { useTranslation } from 'react-i18next'
import { Day } from '../base/date-time.tsx'
import { Checkbox } from '../forms/field.tsx'
import { RadioCard } from '../forms/radio-card.tsx'

export type SavedWay = {
  readonly id: string
  readonly label: string
  readonly lastDigits: string | null
  readonly expiresOn: string | null
  readonly isDefault: boolean
}
export type PageWay = {
  readonly id: string
  readonly gateway: 'stripe' | 'paypal' | 'sandbox'
  readonly isTest: boolean
  readonly savesMethods: boolean
}

type WayToPayProps = { readonly saved: readonly SavedWay[]; readonly pages: readonly PageWay[] }

/** The choice between what was saved and the pages of the seller's gateways. */
export function WayToPay({ saved, pages }: WayToPayProps) {
  const { t } = useTranslation('pay')
  const chosen = saved.find(({ isDefault }) => isDefault)?.id ?? saved[0]?.id
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-2 text-sm font-medium">{t('way.title')}</legend>
      {saved.map((method) => (
        <RadioCard
          key={method.id}
          name="way"
          value={`saved:${method.id}`}
          isChosen={method.id === chosen}
          title={<SavedName method={method} />}
          detail={method.isDefault ? t('methods.default') : undefined}
          aside={method.expiresOn ? <Expiry day={method.expiresOn} /> : undefined}
        />
      ))}
      {pages.map(({ id, gateway, isTest }, index) => (
        <RadioCard
          key={id}
          name="way"
          value={`page:${id}`}
          isChosen={chosen === undefined && index === 0}
          title={t(`gateway.${gateway}`)}
          detail={isTest ? t('way.test') : t('way.page')}
        />
      ))}
      {pages.some(({ savesMethods }) => savesMethods) ? <Checkbox name="saves" label={t('way.saves')} /> : null}
    </fieldset>
  )
}

/** What a saved way to pay is called, with its last digits. */
export function SavedName({ method: { label, lastDigits } }: { readonly method: Pick<SavedWay, 'label' | 'lastDigits'> }) {
  return <bdi dir="ltr">{lastDigits ? `${label} •••• ${lastDigits}` : label}</bdi>
}

/** Until when something can be charged. */
export function Expiry({ day }: { readonly day: string }) {
  const { t } = useTranslation('pay')
  return (
    <>
      {t('methods.until')} <Day day={day} />
    </>
  )
}
