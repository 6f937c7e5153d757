import { useTranslation } from 'react-i18next'
import type { StoreCatalog, StorePlan } from '#app/reports/store/shape.ts'
import { ButtonLink, buttonClasses } from '#app/ui/base/button.tsx'
import { Money, Rate } from '#app/ui/base/money.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { PlanEstimate } from '#app/ui/catalog/plan-estimate.tsx'
import { moneyOn, rateOn } from '#app/ui/catalog/price-basis.ts'
import { SpecLine } from '#app/ui/cloud/specs.tsx'

type StoreWords = {
  readonly promise: string
  readonly lead: string
  readonly trust: readonly { readonly title: string; readonly text: string }[]
}

/** The promise, the cheapest honest price with what it includes, and beside it the configurator in small. */
export function Hero({ catalog, texts }: { catalog: StoreCatalog | null; texts: StoreWords }) {
  const { t } = useTranslation('store')
  const cheapest = catalog?.plans.reduce(
    (least, plan) => (plan.monthlyCap.minor < least.monthlyCap.minor ? plan : least),
    catalog.plans[0] as StorePlan,
  )
  return (
    <div className="page grid gap-x-16 gap-y-12 pt-12 sm:pt-20 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div>
        <h1 className="max-w-[18ch] text-3xl font-semibold sm:text-[2.75rem] sm:leading-[3.25rem]">{texts.promise}</h1>
        <p className="mt-5 max-w-[52ch] text-lg text-muted">{texts.lead}</p>
        {catalog && cheapest ? <FromPrice catalog={catalog} plan={cheapest} /> : null}
        <div className="mt-8 flex flex-wrap gap-3">
          <ButtonLink to="/order">{t('hero.order')}</ButtonLink>
          <a href="#plans" className={buttonClasses('secondary')}>
            {t('hero.plans')}
          </a>
        </div>
      </div>
      {catalog && catalog.plans.length > 0 ? (
        <div className="lg:row-span-2">
          <PlanEstimate plans={catalog.plans} locations={catalog.locations} currency={catalog.currency} />
        </div>
      ) : null}
      <dl className="grid gap-x-8 gap-y-5 self-end sm:grid-cols-3">
        {texts.trust.map((item) => (
          <div key={item.title} className="border-t-2 border-accent pt-3">
            <dt className="text-sm font-semibold">{item.title}</dt>
            <dd className="mt-1 text-sm text-muted">{item.text}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function FromPrice({ catalog, plan }: { catalog: StoreCatalog; plan: StorePlan }) {
  const { t } = useTranslation('store')
  const format = useFormat()
  const { currency } = catalog
  const { tax } = plan
  return (
    <div className="mt-8">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-muted">{t('hero.from')}</span>
        <Money amount={moneyOn('gross', plan.monthlyCap, tax)} className="text-2xl font-semibold" />
        <span className="text-muted">{t('price.aMonth')}</span>
      </p>
      <p className="mt-1 text-sm text-muted">
        {plan.name}: <SpecLine size={plan} />
      </p>
      <p className="text-sm text-muted">
        {plan.hourly ? (
          <>
            <Rate rate={rateOn('gross', plan.hourly, tax)} currency={currency} /> {t('price.anHour')}
            {' · '}
          </>
        ) : null}
        {tax.percent === '0' ? t('price.noTax') : t('price.including', { percent: format.percent(tax.percent) })}
      </p>
    </div>
  )
}
