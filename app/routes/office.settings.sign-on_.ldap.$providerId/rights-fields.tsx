import { useTranslation } from 'react-i18next'
import { useLabel } from '#app/ui/base/use-label.ts'
import { Checkbox, Select, TextInput } from '#app/ui/forms/field.tsx'
import type { LdapFieldProps } from './connection-fields.tsx'

const blankRows = 3

/** For whom the directory is, and what its groups give. */
export function RightsFields({ known, choices, error, typed }: LdapFieldProps) {
  const { t } = useTranslation('staff')
  const audience = (typed('audience') ?? known?.audience ?? 'staff') as 'staff' | 'customers'
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Select name="audience" defaultValue={audience} label={t('ldap.audience')} help={t('ldap.audienceHelp')} error={error('audience')}>
        {(['staff', 'customers'] as const)
          .filter((one) => !known || one === known.audience)
          .map((one) => (
            <option key={one} value={one}>
              {t(`ldap.audiences.${one}`)}
            </option>
          ))}
      </Select>
      <TextInput
        name="emailDomains"
        defaultValue={typed('emailDomains') ?? known?.emailDomains.join(', ') ?? ''}
        label={t('ldap.domains')}
        help={t('ldap.domainsHelp')}
        error={error('emailDomains')}
        dir="ltr"
      />
      <Select name="withoutGroup" defaultValue={typed('withoutGroup') ?? known?.withoutGroup ?? 'refuse'} label={t('ldap.withoutGroup')}>
        {(['refuse', 'keep', 'profile'] as const).map((one) => (
          <option key={one} value={one}>
            {t(`ldap.withoutGroups.${one}`)}
          </option>
        ))}
      </Select>
      <ProfileSelect
        name="fallbackProfile"
        label={t('ldap.fallbackProfile')}
        value={typed('fallbackProfile') ?? known?.fallback.profile}
        {...{ choices, known }}
      />
      {known?.audience === 'staff' ? null : (
        <TextInput
          name="fallbackAccount"
          defaultValue={typed('fallbackAccount') ?? known?.fallback.account ?? ''}
          label={t('ldap.fallbackAccount')}
          help={t('ldap.accountHelp')}
          dir="ltr"
        />
      )}
      <div className="grid gap-3 sm:col-span-2">
        <Checkbox name="createsPeople" label={t('ldap.createsPeople')} defaultChecked={known?.createsPeople ?? true} />
        <Checkbox name="isSecondFactor" label={t('ldap.isSecondFactor')} defaultChecked={known?.isSecondFactor ?? false} />
      </div>
      <GroupRows {...{ known, choices, error, typed }} />
    </div>
  )
}

function GroupRows({ known, choices, typed }: LdapFieldProps) {
  const { t } = useTranslation('staff')
  const count = Math.min((known?.groups.length ?? 0) + blankRows, choices.rows)
  const forCustomers = known?.audience !== 'staff'
  return (
    <fieldset className="grid gap-4 sm:col-span-2">
      <legend className="mb-2 text-sm font-medium">{t('ldap.groupRules')}</legend>
      <p className="text-sm text-muted">{t('ldap.groupRulesText')}</p>
      {Array.from({ length: count }, (_, place) => place).map((row) => {
        const rule = known?.groups[row]
        return (
          <div key={row} className="grid items-start gap-3 border-t border-border pt-4 sm:grid-cols-2">
            <TextInput
              name={`group${row}`}
              defaultValue={typed(`group${row}`) ?? rule?.groupName ?? ''}
              label={t('ldap.group')}
              className={forCustomers ? 'sm:col-span-2' : ''}
              dir="ltr"
            />
            <ProfileSelect
              name={`profile${row}`}
              label={t('ldap.profile')}
              value={typed(`profile${row}`) ?? rule?.profile}
              {...{ choices, known }}
            />
            {forCustomers ? (
              <TextInput
                name={`account${row}`}
                defaultValue={typed(`account${row}`) ?? rule?.account ?? ''}
                label={t('ldap.account')}
                dir="ltr"
              />
            ) : null}
          </div>
        )
      })}
    </fieldset>
  )
}

type ProfileSelectProps = Pick<LdapFieldProps, 'known' | 'choices'> & {
  readonly name: string
  readonly label: string
  readonly value: string | undefined
}

/** Profiles of the people the directory is for; of both while that is open. */
function ProfileSelect({ name, label, value, known, choices }: ProfileSelectProps) {
  const { t } = useTranslation('staff')
  const words = useLabel()
  const audiences = known ? [known.audience] : (['staff', 'customers'] as const)
  return (
    <Select name={name} label={label} defaultValue={value ?? ''}>
      <option value="">–</option>
      {audiences.map((audience) => (
        <optgroup key={audience} label={t(`ldap.audiences.${audience}`)}>
          {choices.profiles[audience].map((profile) => (
            <option key={profile} value={profile}>
              {words(`common:profile.${profile}`, profile)}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  )
}
