import { useTranslation } from 'react-i18next'
import type { StoreCatalog, StoreImage } from '#app/reports/store/shape.ts'
import { Money } from '#app/ui/money.tsx'
import { moneyOn } from '#app/ui/price-basis.ts'
import { RadioCard } from '#app/ui/radio-card.tsx'
import { SpecLine } from '#app/ui/specs.tsx'
import { useFormat } from '#app/ui/use-format.ts'
import type { Chosen } from './chosen.ts'
import { UpdatePrices } from './part.tsx'

/** Every plan as a card with its price; families keep their order. */
export function PlanCards({ catalog, chosen }: { catalog: StoreCatalog; chosen: Chosen }) {
  const { t } = useTranslation('store')
  const families = [...new Set(catalog.plans.map(({ family }) => family))]
  return (
    <>
      {families.map((family) => (
        <div key={family ?? ''} className="grid gap-2">
          {family && families.length > 1 ? <h3 className="text-sm font-medium text-muted">{family}</h3> : null}
          {catalog.plans
            .filter((plan) => plan.family === family)
            .map((plan) => (
              <RadioCard
                key={plan.code}
                name="plan"
                value={plan.code}
                isChosen={plan.code === chosen.plan.code}
                title={plan.name}
                detail={<SpecLine size={plan} />}
                aside={
                  <>
                    <Money amount={moneyOn('gross', plan.monthlyCap, catalog.tax)} className="font-semibold" />{' '}
                    <span className="text-muted">{t('price.aMonth')}</span>
                  </>
                }
              />
            ))}
        </div>
      ))}
      <UpdatePrices />
    </>
  )
}

/** Every place of the store; one that lacks the chosen plan says so and stays closed. */
export function LocationCards({ catalog, chosen }: { catalog: StoreCatalog; chosen: Chosen }) {
  const { t } = useTranslation('store')
  const format = useFormat()
  return (
    <div key={chosen.plan.code} className="grid gap-2 sm:grid-cols-2">
      {catalog.locations.map((location) => (
        <RadioCard
          key={location.code}
          name="location"
          value={location.code}
          isChosen={location.code === chosen.location?.code}
          title={location.city}
          detail={format.country(location.country)}
          closedBecause={chosen.plan.locations.includes(location.code) ? undefined : t('order.notHere', { plan: chosen.plan.name })}
        />
      ))}
    </div>
  )
}

/** The operating systems and ready-made apps. */
export function ImageCards({ images, chosenCode }: { images: readonly StoreImage[]; chosenCode: string | undefined }) {
  return (
    <div className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3">
      {images.map((image) => (
        <RadioCard key={image.code} name="image" value={image.code} isChosen={image.code === chosenCode} title={<bdi>{image.name}</bdi>} />
      ))}
    </div>
  )
}
