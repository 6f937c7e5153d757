import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppOffer } from '#app/reports/apps/shape.ts'
import type { StoreCatalog } from '#app/reports/store/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { NameList } from '#app/ui/base/name-list.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { moneyOn, type PriceBasis } from '#app/ui/catalog/price-basis.ts'

/** One section of the home page: 64 or 96 pixels above it, its heading, what belongs at the heading's end. */
export function Section({ id, title, aside, children }: { id: string; title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="page mt-16 scroll-mt-6 sm:mt-24">
      <div className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <h2 id={`${id}-title`} className="text-2xl font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** Services that are sold together without a server: what is in each, and its price. */
export function Bundles({ catalog: { bundles }, basis }: { catalog: StoreCatalog; basis: PriceBasis }) {
  const { t } = useTranslation('store')
  if (bundles.length === 0) return null
  return (
    <Section id="bundles" title={t('bundles.title')}>
      <ul className="divide-y divide-border rounded-card border border-border bg-surface">
        {bundles.map((bundle) => (
          <li key={bundle.code} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-card py-4">
            <div className="min-w-0">
              <p className="font-medium">{bundle.name}</p>
              {bundle.description ? <p className="text-sm text-muted">{bundle.description}</p> : null}
              {bundle.included.length > 0 ? (
                <p className="text-sm text-muted">
                  <NameList names={bundle.included} />
                </p>
              ) : null}
            </div>
            <div className="flex flex-wrap items-center gap-4">
              <span>
                <Money amount={moneyOn(basis, bundle.monthlyCap, bundle.tax)} className="font-semibold" />{' '}
                <span className="text-sm text-muted">{t('price.aMonth')}</span>
              </span>
              <ButtonLink to={`/order?plan=${bundle.code}`} look="secondary" size="small">
                {t('plans.order')}
                <span className="sr-only"> {bundle.name}</span>
              </ButtonLink>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

type AppsProps = { catalog: StoreCatalog; offers: readonly AppOffer[] }

/** Apps that are installed with a server, and applications of several: each leads to its order. */
export function Apps({ catalog, offers }: AppsProps) {
  const { t } = useTranslation(['store', 'apps'])
  const apps = catalog.images.filter(({ family }) => family === 'app')
  if (apps.length + offers.length === 0) return null
  return (
    <Section id="apps" title={t('apps.title')}>
      <p className="-mt-3 mb-6 max-w-[44rem] text-muted">{t('apps.lead')}</p>
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {offers.map(({ code, name, tiers }) => (
          <li key={code} className="flex items-center justify-between gap-4 rounded-card border border-border bg-surface px-card py-4">
            <div className="min-w-0">
              <p className="font-medium">{name}</p>
              <p className="text-sm text-muted">{tiers.map(({ title }) => title).join(' + ')}</p>
            </div>
            <ButtonLink to={`/apps/${code}`} look="secondary" size="small">
              {t('apps:configure')}
              <span className="sr-only"> {name}</span>
            </ButtonLink>
          </li>
        ))}
        {apps.map((app) => (
          <li key={app.code} className="flex items-center justify-between gap-4 rounded-card border border-border bg-surface px-card py-4">
            <bdi className="font-medium">{app.name}</bdi>
            <ButtonLink to={`/order?image=${app.code}`} look="secondary" size="small">
              {t('plans.order')}
              <span className="sr-only"> {app.name}</span>
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Where the servers stand, and how many plans each place offers. */
export function Locations({ catalog }: { catalog: StoreCatalog }) {
  const { t } = useTranslation('store')
  const format = useFormat()
  if (catalog.locations.length === 0) return null
  return (
    <Section id="locations" title={t('locations.title')}>
      <ul className="flex flex-wrap gap-px overflow-hidden rounded-card border border-border bg-border">
        {catalog.locations.map((location) => (
          <li key={location.code} className="flex grow basis-64 items-baseline justify-between gap-4 bg-surface px-card py-4">
            <span>
              <span className="block font-medium">{location.city}</span>
              <span className="block text-sm text-muted">{format.country(location.country)}</span>
            </span>
            <span className="text-sm text-muted">
              {t('locations.plans', { count: catalog.plans.filter(({ locations }) => locations.includes(location.code)).length })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const included = ['cap', 'actions', 'usage', 'invoice', 'cancel', 'address'] as const

/** What every plan brings. */
export function Included() {
  const { t } = useTranslation('store')
  return (
    <Section id="included" title={t('included.title')}>
      <ul className="grid gap-x-12 gap-y-4 md:grid-cols-2">
        {included.map((item) => (
          <li key={item} className="flex gap-3">
            <Check aria-hidden className="mt-1 size-4 shrink-0 text-accent" />
            <span>{t(`included.${item}`)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** The seller's own answers. */
export function Questions({ questions }: { questions: readonly { readonly question: string; readonly answer: string }[] }) {
  const { t } = useTranslation('store')
  if (questions.length === 0) return null
  return (
    <Section id="questions" title={t('questions.title')}>
      <div className="max-w-[48rem] border-t border-border">
        {questions.map(({ question, answer }) => (
          <details key={question} className="group border-b border-border">
            <summary className="flex list-none items-center justify-between gap-4 py-4 font-medium">
              {question}
              <ChevronDown aria-hidden className="size-5 shrink-0 text-muted transition-transform duration-150 group-open:rotate-180" />
            </summary>
            <p className="max-w-prose pb-5 text-muted">{answer}</p>
          </details>
        ))}
      </div>
    </Section>
  )
}
