import { useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { OwnNetwork } from '#app/reports/orders/own-networks.server.ts'
import type { OrderProject } from '#app/reports/projects/shape.ts'
import { Select } from '#app/ui/forms/field.tsx'

/** What of a customer's own a server can be put in. */
export type OwnPlaces = { readonly projects: readonly OrderProject[]; readonly networks: readonly OwnNetwork[] }

type ChoicesProps = {
  readonly places: OwnPlaces
  /** Where the server will stand: networks of another place cannot be joined from there. */
  readonly zone: string | undefined
  readonly error: (name: string) => string | undefined
}

/** The project and the private network of a server; nothing where the customer has none to choose from. */
export function PlaceChoices({ places: { projects, networks }, zone, error }: ChoicesProps) {
  const { t } = useTranslation(['store', 'common'])
  const [search] = useSearchParams()
  const near = networks.filter((network) => network.zone === zone)
  return (
    <>
      {near.length > 0 ? (
        <Select
          key={zone}
          name="network"
          label={t('order.network')}
          help={t('order.networkHelp')}
          isOptional={t('common:optional')}
          defaultValue={search.get('network') ?? ''}
          error={error('network')}
          className="max-w-md"
        >
          <option value="">{t('order.publicNetwork')}</option>
          {near.map(({ id, name, range }) => (
            <option key={id} value={id}>
              {range ? `${name} (${range})` : name}
            </option>
          ))}
        </Select>
      ) : null}
      <ProjectChoice projects={projects} error={error} />
    </>
  )
}

type ProjectChoiceProps = Pick<ChoicesProps, 'error'> & Pick<OwnPlaces, 'projects'>

/** The project that servers belong to; nothing where there is none. */
export function ProjectChoice({ projects, error }: ProjectChoiceProps) {
  const { t } = useTranslation(['store', 'common'])
  const [search] = useSearchParams()
  if (projects.length === 0) return null
  return (
    <Select
      name="project"
      label={t('order.project')}
      isOptional={t('common:optional')}
      defaultValue={search.get('project') ?? ''}
      error={error('project')}
      className="max-w-md"
    >
      <option value="">{t('order.noProject')}</option>
      {projects.map(({ id, name, isStopped }) => (
        <option key={id} value={id} disabled={isStopped}>
          {isStopped ? t('order.projectStopped', { name }) : name}
        </option>
      ))}
    </Select>
  )
}
