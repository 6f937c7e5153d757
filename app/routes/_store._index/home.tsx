import { Link, useSearchParams } from '@remix-run/react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { HomeSection, StoreTexts } from '#app/domain/brand/brand-content.ts'
import type { AppOffer } from '#app/reports/apps/shape.ts'
import type { StoreCatalog } from '#app/reports/store/shape.ts'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { PlanSwitches, PlanTable } from '#app/ui/catalog/plan-table.tsx'
import { Hero } from './hero.tsx'
import { Apps, Bundles, Included, Locations, Questions, Section } from './sections.tsx'
import { Services } from './services.tsx'

/** News by its title, and since which day it is shown. */
type LatestNews = { readonly id: string; readonly title: string; readonly language: string; readonly day: string }

export type HomeProps = {
  readonly catalog: StoreCatalog | null
  /** Applications of several tiers. */
  readonly offers?: readonly AppOffer[]
  readonly texts: StoreTexts
  /** What follows the promise, in the seller's order. */
  readonly order: readonly HomeSection[]
  readonly news?: readonly LatestNews[]
}

/** The home of a store. */
export function Home({ catalog, offers = [], texts, order, news = [] }: HomeProps) {
  const [search] = useSearchParams()
  const basis = search.get('tax') === 'net' ? 'net' : 'gross'
  const sections: Record<HomeSection, JSX.Element | null> = {
    plans: <Plans catalog={catalog} at={search.get('at')} basis={basis} />,
    bundles: catalog ? (
      <>
        <Apps catalog={catalog} offers={offers} />
        <Bundles catalog={catalog} basis={basis} />
        <Services catalog={catalog} basis={basis} />
      </>
    ) : null,
    locations: catalog ? <Locations catalog={catalog} /> : null,
    included: <Included />,
    questions: <Questions questions={texts.questions} />,
  }
  return (
    <main id="main">
      <Hero catalog={catalog} texts={texts} />
      {order.map((section) => (
        <Fragment key={section}>{sections[section]}</Fragment>
      ))}
      {news.length > 0 ? <News news={news} /> : null}
    </main>
  )
}

type PlansProps = { readonly catalog: StoreCatalog | null; readonly at: string | null; readonly basis: 'net' | 'gross' }

function Plans({ catalog, at: wanted, basis }: PlansProps) {
  const { t } = useTranslation('store')
  const at = catalog?.locations.find(({ code }) => code === wanted)?.code ?? null
  const plans = catalog?.plans.filter(({ locations }) => !at || locations.includes(at)) ?? []
  return (
    <Section
      id="plans"
      title={t('plans.title')}
      aside={
        catalog && plans.length > 0 ? <PlanSwitches basis={basis} tax={catalog.tax} locations={catalog.locations} location={at} /> : null
      }
    >
      {catalog && plans.length > 0 ? (
        <PlanTable plans={plans} basis={basis} currency={catalog.currency} />
      ) : (
        <EmptyState title={t('plans.none')}>{t('plans.noneText')}</EmptyState>
      )}
      {catalog ? (
        <p className="mt-3 max-w-[44rem] text-sm text-muted">
          {t(catalog.tax.percent === '0' ? 'plans.noteNoTax' : `plans.note.${basis}`)}
        </p>
      ) : null}
    </Section>
  )
}

/** The newest of what the seller tells, at the end of all. */
function News({ news }: { readonly news: readonly LatestNews[] }) {
  const { t } = useTranslation('store')
  return (
    <Section
      id="news"
      title={t('news.title')}
      aside={
        <Link to="/news" className="text-accent underline">
          {t('news.all')}
        </Link>
      }
    >
      <ul>
        {news.map(({ id, title, language, day }) => (
          <li key={id} className="py-1">
            <Link to={`/news/${id}`} lang={language} className="text-accent underline">
              {title}
            </Link>{' '}
            <span className="text-sm text-muted">{day}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
