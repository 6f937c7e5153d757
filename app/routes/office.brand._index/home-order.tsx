import { useTranslation } from 'react-i18next'
import { type HomeSection, homeSections } from '#app/domain/brand/brand-content.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Select } from '#app/ui/forms/field.tsx'

/** What follows the promise on the store's home: a place for each section, or none. */
export function HomeOrder({ order }: { order: readonly HomeSection[] }) {
  const { t } = useTranslation('brand')
  return (
    <Card id="home" title={t('home.title')}>
      <p className="mb-4 text-sm text-muted">{t('home.text')}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        {homeSections.map((section) => {
          const place = order.indexOf(section)
          return (
            <Select key={section} name={`place-${section}`} label={t(`home.${section}`)} defaultValue={place < 0 ? '0' : String(place + 1)}>
              {homeSections.map((_, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a place is its number -- no other key exists
                <option key={at} value={at + 1}>
                  {t('home.place', { number: at + 1 })}
                </option>
              ))}
              <option value="0">{t('home.hidden')}</option>
            </Select>
          )
        })}
      </div>
    </Card>
  )
}
