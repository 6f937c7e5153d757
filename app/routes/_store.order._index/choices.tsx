import { useTranslation } from 'react-i18next'
import { isImageFit } from '#app/domain/cloud/own-image.ts'
import { subtract } from '#app/domain/money/money.ts'
import type { StoreBundle, StoreCatalog, StoreImage, StorePlan } from '#app/reports/store/shape.ts'
import { Money } from '#app/ui/base/money.tsx'
import { NameList } from '#app/ui/base/name-list.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { moneyOn } from '#app/ui/catalog/price-basis.ts'
import { SpecLine } from '#app/ui/cloud/specs.tsx'
import { RadioCard } from '#app/ui/forms/radio-card.tsx'
import type { Chosen, ReaderCatalog } from './chosen.ts'
import { UpdatePrices } from './part.tsx'

/** Every plan as a card with its price, families in their order, then the bundles of services. */
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
              <OfferCard key={plan.code} offer={plan} chosen={chosen} />
            ))}
        </div>
      ))}
      {catalog.bundles.length > 0 ? (
        <div className="grid gap-2">
          <h3 className="text-sm font-medium text-muted">{t('bundles.title')}</h3>
          {catalog.bundles.map((bundle) => (
            <OfferCard key={bundle.code} offer={bundle} chosen={chosen} />
          ))}
        </div>
      ) : null}
      <UpdatePrices />
    </>
  )
}

function OfferCard({ offer, chosen }: { offer: StorePlan | StoreBundle; chosen: Chosen }) {
  const { t } = useTranslation('store')
  return (
    <RadioCard
      name="plan"
      value={offer.code}
      isChosen={offer.code === chosen.plan.code}
      title={offer.name}
      detail={offer.hasServer ? <SpecLine size={offer} /> : <NameList names={offer.included} />}
      aside={
        <>
          <Money amount={moneyOn('gross', offer.monthlyCap, offer.tax)} className="font-semibold" />{' '}
          <span className="text-muted">{t('price.aMonth')}</span>
          <Difference offer={offer} chosen={chosen} />
        </>
      }
    />
  )
}

/** What a month costs more or less than with the size that is chosen. */
function Difference({ offer, chosen: { plan } }: { offer: StorePlan | StoreBundle; chosen: Chosen }) {
  const more = subtract(moneyOn('gross', offer.monthlyCap, offer.tax), moneyOn('gross', plan.monthlyCap, plan.tax))
  if (more.minor === 0n) return null
  return (
    <span className="block text-muted sm:text-end">
      {more.minor > 0n ? '+' : null}
      <Money amount={more} />
    </span>
  )
}

/** Every place of the store; one that lacks the chosen plan says so and stays closed. */
export function LocationCards({ catalog, plan, chosenCode }: { catalog: StoreCatalog; plan: StorePlan; chosenCode: string | undefined }) {
  const { t } = useTranslation('store')
  const format = useFormat()
  const closedBecause = (code: string) => {
    if (!plan.locations.includes(code)) return t('order.notHere', { plan: plan.name })
    return plan.left[code] === 0 ? t('order.soldOut', { plan: plan.name }) : undefined
  }
  return (
    <div key={plan.code} className="grid gap-2 sm:grid-cols-2">
      {catalog.locations.map((location) => (
        <RadioCard
          key={location.code}
          name="location"
          value={location.code}
          isChosen={location.code === chosenCode}
          title={location.city}
          detail={format.country(location.country)}
          aside={<Left count={plan.left[location.code]} />}
          closedBecause={closedBecause(location.code)}
        />
      ))}
    </div>
  )
}

/** From how few on a buyer is told. */
const few = 5

function Left({ count }: { count: number | undefined }) {
  const { t } = useTranslation('store')
  if (count === undefined || count === 0 || count > few) return null
  return <span className="text-muted">{t('order.left', { count })}</span>
}

/** The operating systems, then the apps that are installed with the server, then the reader's own images in that place. */
export function ImageCards({ catalog, chosen }: { catalog: ReaderCatalog; chosen: Chosen }) {
  const { t } = useTranslation('store')
  const { images } = catalog
  const chosenCode = chosen.imageCode
  const apps = images.filter(({ family }) => family === 'app')
  const systems = images.filter(({ family }) => family !== 'app')
  return (
    <>
      <ImageGroup images={systems} chosenCode={chosenCode} />
      {apps.length > 0 ? (
        <>
          <h3 className="text-sm font-medium text-muted">{t('order.apps')}</h3>
          <ImageGroup images={apps} chosenCode={chosenCode} />
        </>
      ) : null}
      <OwnImageCards catalog={catalog} chosen={chosen} />
    </>
  )
}

/** Private images of the customer where the server will stand; one that is larger than its disk says so and stays closed. */
function OwnImageCards({ catalog: { own }, chosen: { plan, location, imageCode } }: { catalog: ReaderCatalog; chosen: Chosen }) {
  const { t } = useTranslation('store')
  const near = own.images.filter(({ zone }) => zone === location?.code)
  if (!plan.hasServer || near.length === 0) return null
  return (
    <>
      <h3 className="text-sm font-medium text-muted">{t('order.ownImages')}</h3>
      <div key={`${plan.code} ${location?.code}`} className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3">
        {near.map((image) => (
          <RadioCard
            key={image.id}
            name="image"
            value={image.id}
            isChosen={image.id === imageCode}
            title={<bdi>{image.name}</bdi>}
            detail={image.sizeGib === null ? undefined : t('order.imageSize', { size: image.sizeGib })}
            closedBecause={
              isImageFit(image, { zone: image.zone, diskGib: plan.diskGib }) ? undefined : t('order.imageTooLarge', { plan: plan.name })
            }
          />
        ))}
      </div>
    </>
  )
}

function ImageGroup({ images, chosenCode }: { images: readonly StoreImage[]; chosenCode: string | undefined }) {
  return (
    <div className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3">
      {images.map((image) => (
        <RadioCard key={image.code} name="image" value={image.code} isChosen={image.code === chosenCode} title={<bdi>{image.name}</bdi>} />
      ))}
    </div>
  )
}
