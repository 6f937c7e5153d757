import { useTranslation } from 'react-i18next'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import type { Shelf } from './shelf.server.ts'

type ShelfProps = { readonly shelf: Shelf }

/** What can be added: apps that come with a server, services without one, and all plans. */
export function ShelfCard({ shelf }: ShelfProps) {
  const { t } = useTranslation(['panel', 'project'])
  return (
    <Card
      id="shelf"
      title={t('shelf.title')}
      aside={
        <TextLink to="/" isOtherArea>
          {t('shelf.all')}
        </TextLink>
      }
    >
      <div className="grid gap-4">
        <Choices title={t('shelf.apps')} field="image" choices={shelf.apps} />
        <Choices title={t('shelf.services')} field="plan" choices={shelf.services} />
        <ul className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
          <li>
            <TextLink to="/order" isOtherArea>
              {t('create')}
            </TextLink>
          </li>
          <li>
            <TextLink to="/panel/usage">{t('nav.usage')}</TextLink>
          </li>
          <li>
            <TextLink to="/panel/projects">{t('project:title')}</TextLink>
          </li>
        </ul>
      </div>
    </Card>
  )
}

type ChoicesProps = { readonly title: string; readonly field: 'image' | 'plan'; readonly choices: Shelf['apps'] }

function Choices({ title, field, choices }: ChoicesProps) {
  if (choices.length === 0) return null
  return (
    <div>
      <h3 className="text-sm font-medium text-muted">{title}</h3>
      <ul className="mt-2 flex flex-wrap gap-2">
        {choices.map(({ code, name }) => (
          <li key={code}>
            <ButtonLink to={`/order?${field}=${code}`} look="secondary" size="small" isOtherArea>
              <bdi>{name}</bdi>
            </ButtonLink>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The overview of somebody who has nothing yet: what there is, what it costs, and the way to the first order. */
export function FirstOrder({ shelf }: ShelfProps) {
  const { t } = useTranslation('panel')
  const format = useFormat()
  const { fromMonthly } = shelf
  return (
    <section aria-labelledby="first-title" className="rounded-card border border-border bg-surface px-card py-10">
      <h2 id="first-title" className="text-xl font-semibold">
        {t('first.title')}
      </h2>
      <p suppressHydrationWarning className="mt-2 max-w-prose text-muted">
        {fromMonthly ? t('first.from', { amount: format.money(fromMonthly) }) : t('servers.noneText')}
      </p>
      <div className="mt-5 mb-8">
        <ButtonLink to="/order" isOtherArea>
          {t('first.order')}
        </ButtonLink>
      </div>
      <div className="grid gap-4">
        <Choices title={t('shelf.apps')} field="image" choices={shelf.apps} />
        <Choices title={t('shelf.services')} field="plan" choices={shelf.services} />
      </div>
    </section>
  )
}
