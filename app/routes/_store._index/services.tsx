import { useTranslation } from 'react-i18next'
import type { StoreCatalog } from '#app/reports/store/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import type { PriceBasis } from '#app/ui/catalog/price-basis.ts'
import { ServicePrice } from '#app/ui/catalog/service-price.tsx'
import { Section } from './sections.tsx'

/** What is sold without any server: work, licences, services for a time. Each leads to its own page. */
export function Services({ catalog: { services }, basis }: { readonly catalog: StoreCatalog; readonly basis: PriceBasis }) {
  const { t } = useTranslation('store')
  if (services.length === 0) return null
  return (
    <Section id="services" title={t('services.title')}>
      <p className="-mt-3 mb-6 max-w-[44rem] text-muted">{t('services.lead')}</p>
      <ul className="divide-y divide-border rounded-card border border-border bg-surface">
        {services.map((service) => (
          <li key={service.code} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-card py-4">
            <div className="min-w-0">
              <p className="font-medium">{service.name}</p>
              {service.description ? <p className="text-sm text-muted">{service.description}</p> : null}
            </div>
            <div className="flex flex-wrap items-center gap-4">
              <div>
                <ServicePrice service={service} basis={basis} />
              </div>
              <ButtonLink to={`/services/${service.code}`} look="secondary" size="small">
                {t('plans.order')}
                <span className="sr-only"> {service.name}</span>
              </ButtonLink>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
