import { useTranslation } from 'react-i18next'
import { Notice } from '../base/notice.tsx'
import { Checkbox, Select, TextArea, TextInput } from '../forms/field.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'
import { SignOnGroups, type SignOnProfiles } from './sign-on-groups.tsx'

export type SignOnKind = 'oidc' | 'saml'
export type SignOnFindings = readonly {
  readonly what: 'issuer' | 'sign-in' | 'sign-out' | 'certificate-until' | 'no-sign-out' | 'keys'
  readonly value: string
}[]
export type SignOnAnswer =
  | (Parameters<typeof useFieldErrors>[0] & {
      readonly problem?: 'profile-not-found' | 'not-allowed' | 'account-not-found' | 'account-ambiguous' | 'other-audience' | 'not-tested'
      readonly failure?: 'unreachable' | 'refused-address' | 'wrong-settings' | 'refused' | 'not-proven'
      readonly findings?: SignOnFindings
    })
  | undefined

export type KeptSignOn = {
  readonly name: string
  readonly audience: 'staff' | 'customers'
  readonly settings: Readonly<Record<string, string>>
  readonly createsPeople: boolean
  readonly emailDomains: readonly string[]
  readonly withoutGroup: 'refuse' | 'keep' | 'profile'
  readonly isSecondFactor: boolean
  readonly fallback: { readonly profile: string; readonly account: string }
  readonly groups: readonly { readonly groupName: string; readonly profile: string; readonly account: string }[]
}

type FormProps = {
  readonly kind: SignOnKind
  readonly audience: 'staff' | 'customers'
  readonly profiles: SignOnProfiles
  readonly kept?: KeptSignOn
  readonly answer: SignOnAnswer
}

const shownNames = {
  oidc: ['issuer', 'clientId', 'clientSecret', 'scopes', 'groupsClaim'],
  saml: ['entityId', 'signInUrl', 'signOutUrl', 'certificates', 'subjectAttribute', 'emailAttribute', 'nameAttribute', 'groupsAttribute'],
} as const
const optional: readonly string[] = [
  'scopes',
  'groupsClaim',
  'signOutUrl',
  'subjectAttribute',
  'emailAttribute',
  'nameAttribute',
  'groupsAttribute',
]

/** The fields of a directory. The secret is written and never shown: with `kept` an empty one stays as it is. */
export function SignOnFields({ kind, audience, profiles, kept, answer }: FormProps) {
  const { t } = useTranslation(['signon', 'common'])
  const { error, typed } = useFieldErrors(answer)
  return (
    <>
      {answer?.problem ? <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice> : null}
      <input type="hidden" name="audience" value={audience} />
      <TextInput
        name="name"
        label={t('name')}
        help={t('nameHelp')}
        required
        maxLength={60}
        defaultValue={typed('name') ?? kept?.name}
        error={error('name')}
      />
      {shownNames[kind].map((name) => (
        <Setting key={name} name={name} isKept={kept !== undefined} value={typed(name) ?? kept?.settings[name]} error={error(name)} />
      ))}
      <People kind={kind} audience={audience} profiles={profiles} {...(kept ? { kept } : {})} answer={answer} />
    </>
  )
}

type SettingName = (typeof shownNames)[SignOnKind][number]
type SettingProps = {
  readonly name: SettingName
  readonly isKept: boolean
  readonly value: string | undefined
  readonly error: string | undefined
}

/** One thing to enter of a directory. */
function Setting({ name, isKept, value, error }: SettingProps) {
  const { t } = useTranslation(['signon', 'common'])
  const label = t(`setting.${name}`)
  if (name === 'clientSecret')
    return (
      <TextInput
        name={name}
        type="password"
        autoComplete="off"
        dir="ltr"
        label={label}
        help={isKept ? t('keepsSecret') : undefined}
        required={!isKept}
        error={error}
      />
    )
  const help = t(`help.${name}`)
  if (name === 'certificates')
    return <TextArea name={name} rows={6} dir="ltr" required label={label} help={help} defaultValue={value} error={error} />
  const isOptional = optional.includes(name)
  return (
    <TextInput
      name={name}
      autoComplete="off"
      dir="ltr"
      label={label}
      help={help}
      isOptional={isOptional ? t('common:optional') : undefined}
      required={!isOptional}
      defaultValue={value}
      error={error}
    />
  )
}

/** Who comes in, and what the groups give. */
function People({ audience, profiles, kept, answer }: FormProps) {
  const { t } = useTranslation(['signon', 'common'])
  const { error, typed } = useFieldErrors(answer)
  const isTyped = answer?.values !== undefined
  const checked = (name: 'createsPeople' | 'isSecondFactor', usual: boolean) => (isTyped ? typed(name) === 'on' : (kept?.[name] ?? usual))
  return (
    <>
      <TextInput
        name="emailDomains"
        dir="ltr"
        label={t('emailDomains')}
        help={t('emailDomainsHelp')}
        isOptional={t('common:optional')}
        defaultValue={typed('emailDomains') ?? kept?.emailDomains.join(', ')}
        error={error('emailDomains')}
      />
      <Checkbox name="createsPeople" label={t('createsPeople')} defaultChecked={checked('createsPeople', true)} />
      <Checkbox name="isSecondFactor" label={t('isSecondFactor')} defaultChecked={checked('isSecondFactor', false)} />
      <SignOnGroups audience={audience} profiles={profiles} rules={kept?.groups ?? []} typed={typed} />
      <Select name="withoutGroup" label={t('withoutGroup')} defaultValue={typed('withoutGroup') ?? kept?.withoutGroup ?? 'refuse'}>
        {(['refuse', 'keep', 'profile'] as const).map((kind) => (
          <option key={kind} value={kind}>
            {t(`without.${kind}`)}
          </option>
        ))}
      </Select>
      <SignOnGroups.Place
        names={{ profile: 'fallbackProfile', account: 'fallbackAccount' }}
        label={t('fallback')}
        audience={audience}
        profiles={profiles}
        place={{
          profile: typed('fallbackProfile') ?? kept?.fallback.profile ?? '',
          account: typed('fallbackAccount') ?? kept?.fallback.account ?? '',
        }}
      />
    </>
  )
}
