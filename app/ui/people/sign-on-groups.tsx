import { useTranslation } from 'react-i18next'
import { useLabel } from '../base/use-label.ts'
import { Select, TextInput } from '../forms/field.tsx'

export type SignOnProfiles = readonly { readonly id: string; readonly name: string }[]
type Place = { readonly profile: string; readonly account: string }
type PlaceProps = {
  readonly names: { readonly profile: string; readonly account: string }
  readonly label: string
  readonly audience: 'staff' | 'customers'
  readonly profiles: SignOnProfiles
  readonly place: Place
}

/** A profile, and of customers the account it is in. */
function PlaceFields({ names, label, audience, profiles, place }: PlaceProps) {
  const { t } = useTranslation('signon')
  const nameOf = useLabel()
  return (
    <>
      <Select name={names.profile} label={label} defaultValue={place.profile}>
        <option value="">{t('noProfile')}</option>
        {profiles.map(({ id, name }) => (
          <option key={id} value={name}>
            {nameOf(`common:profile.${name}`, name)}
          </option>
        ))}
      </Select>
      {audience === 'customers' ? (
        <TextInput name={names.account} type="email" dir="ltr" label={t('account')} defaultValue={place.account} />
      ) : null}
    </>
  )
}

type GroupsProps = {
  readonly audience: 'staff' | 'customers'
  readonly profiles: SignOnProfiles
  readonly rules: readonly (Place & { readonly groupName: string })[]
  readonly typed: (name: string) => string | undefined
}

const rowsAtMost = 20

/** What each group gives, in the order it counts, with some empty rows to fill. */
export function SignOnGroups({ audience, profiles, rules, typed }: GroupsProps) {
  const { t } = useTranslation('signon')
  const rows = Array.from({ length: Math.min(rowsAtMost, rules.length + 3) }, (_, row) => ({ row, group: `group${row}` }))
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-1 text-sm font-medium">{t('groups')}</legend>
      <p className="text-sm text-muted">{t('groupsHelp')}</p>
      {rows.map(({ row, group }) => (
        <div key={group} className="grid gap-3 border-s border-border ps-3 sm:grid-cols-2">
          <TextInput name={group} dir="ltr" label={t('group')} defaultValue={typed(group) ?? rules[row]?.groupName} maxLength={400} />
          <PlaceFields
            names={{ profile: `profile${row}`, account: `account${row}` }}
            label={t('profile')}
            audience={audience}
            profiles={profiles}
            place={{
              profile: typed(`profile${row}`) ?? rules[row]?.profile ?? '',
              account: typed(`account${row}`) ?? rules[row]?.account ?? '',
            }}
          />
        </div>
      ))}
    </fieldset>
  )
}
SignOnGroups.Place = PlaceFields
