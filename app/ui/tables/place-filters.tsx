import { useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { CompactSelect } from '../forms/compact-field.tsx'

type PlaceFiltersProps = {
  choices: { readonly projects: readonly { readonly id: string; readonly name: string }[]; readonly tags: readonly string[] }
}

/** Narrows a list to one project, or to what has one label; nothing where there are none. */
export function PlaceFilters({ choices: { projects, tags } }: PlaceFiltersProps) {
  const { t } = useTranslation(['project', 'common'])
  const [search] = useSearchParams()
  const any = <option value="">{t('common:filter.all')}</option>
  return (
    <>
      {projects.length > 0 ? (
        <CompactSelect name="project" label={t('project')} defaultValue={search.get('project') ?? ''} className="max-w-56">
          {any}
          {projects.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value="none">{t('usage.without.project')}</option>
        </CompactSelect>
      ) : null}
      {tags.length > 0 ? (
        <CompactSelect name="tag" label={t('tags.title')} defaultValue={search.get('tag') ?? ''} className="max-w-56">
          {any}
          {tags.map((tag) => (
            <option key={tag} value={tag}>
              {tag}
            </option>
          ))}
        </CompactSelect>
      ) : null}
    </>
  )
}
