import { useTranslation } from 'react-i18next'
import { useLabel } from '../base/use-label.ts'
import { Checkbox, Select } from '../forms/field.tsx'
import { RadioCard } from '../forms/radio-card.tsx'

type Profile = { readonly id: string; readonly name: string; readonly isOwn: boolean }
type Project = { readonly id: string; readonly name: string }

type TermsProps = {
  readonly profiles: readonly Profile[]
  readonly projects: readonly Project[]
  readonly profileId?: string | undefined
  /** Projects the member is limited to; null for all. */
  readonly chosen: readonly string[] | null
  readonly error: (name: string) => string | undefined
  readonly typed: (name: string) => string | undefined
}

/** What a member may do, and in which projects. */
export function MemberTerms({ profiles, projects, profileId, chosen, error, typed }: TermsProps) {
  const { t } = useTranslation('access')
  const label = useLabel()
  const sees = typed('sees') ?? (chosen ? 'projects' : 'all')
  return (
    <>
      <Select
        name="profileId"
        label={t('members.profile')}
        help={t('members.profileHelp')}
        defaultValue={typed('profileId') ?? profileId}
        error={error('profileId')}
      >
        {profiles.map(({ id, name, isOwn }) => (
          <option key={id} value={id}>
            {isOwn ? name : label(`common:profile.${name}`, name)}
          </option>
        ))}
      </Select>
      {projects.length > 0 ? (
        <fieldset className="grid gap-3">
          <legend className="mb-2 text-sm font-medium">{t('members.sees')}</legend>
          <RadioCard name="sees" value="all" title={t('members.seesAll')} isChosen={sees === 'all'} />
          <RadioCard
            name="sees"
            value="projects"
            title={t('members.seesProjects')}
            detail={t('members.seesProjectsText')}
            isChosen={sees === 'projects'}
          />
          <div className="grid gap-3 ps-8">
            {projects.map(({ id, name }) => (
              <Checkbox
                key={id}
                name={`project-${id}`}
                label={<bdi>{name}</bdi>}
                defaultChecked={typed(`project-${id}`) === 'on' || (chosen ?? []).includes(id)}
              />
            ))}
          </div>
          {error('sees') ? <p className="text-sm text-critical">{error('sees')}</p> : null}
        </fieldset>
      ) : null}
    </>
  )
}
