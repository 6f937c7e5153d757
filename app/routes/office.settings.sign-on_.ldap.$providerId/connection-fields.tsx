import { useTranslation } from 'react-i18next'
import { ldapEncryptions, ldapFlavours, ldapGroupWays } from '#app/domain/people/ldap-ways.ts'
import type { LdapView } from '#app/reports/sign-on/shape.ts'
import { Select, TextArea, TextInput } from '#app/ui/forms/field.tsx'

export type LdapFieldProps = {
  readonly known: LdapView | null
  readonly choices: {
    readonly profiles: Readonly<Record<'staff' | 'customers', readonly string[]>>
    readonly takesPlain: boolean
    readonly rows: number
  }
  readonly error: (name: string) => string | undefined
  readonly typed: (name: string) => string | undefined
}

/** How the directory is reached and read. */
export function ConnectionFields({ known, choices, error, typed }: LdapFieldProps) {
  const { t } = useTranslation('staff')
  const settings = known?.settings
  const field = (name: string, value: string | number | null | undefined) => ({
    name,
    defaultValue: typed(name) ?? value ?? '',
    error: error(name),
  })
  const code = { dir: 'ltr' as const, autoComplete: 'off', spellCheck: false }
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <TextInput {...field('name', known?.name)} label={t('ldap.name')} help={t('ldap.nameHelp')} required />
      <Select {...field('flavour', settings?.flavour ?? 'active-directory')} label={t('ldap.flavour')}>
        {ldapFlavours.map((flavour) => (
          <option key={flavour} value={flavour}>
            {t(`ldap.flavours.${flavour}`)}
          </option>
        ))}
      </Select>
      <TextInput {...field('host', settings?.host)} {...code} label={t('ldap.host')} required />
      <TextInput {...field('port', settings?.port ?? 636)} {...code} label={t('ldap.port')} inputMode="numeric" required />
      <Select {...field('encryption', settings?.encryption ?? 'ldaps')} label={t('ldap.encryption')}>
        {ldapEncryptions
          .filter((way) => way !== 'none' || choices.takesPlain)
          .map((way) => (
            <option key={way} value={way}>
              {t(`ldap.encryptions.${way}`)}
            </option>
          ))}
      </Select>
      <Select {...field('groups', settings?.groups ?? 'member-of')} label={t('ldap.groups')}>
        {ldapGroupWays.map((way) => (
          <option key={way} value={way}>
            {t(`ldap.groupWays.${way}`)}
          </option>
        ))}
      </Select>
      <TextInput {...field('base', settings?.base)} {...code} label={t('ldap.base')} placeholder="DC=corp,DC=example" required />
      <TextInput {...field('groupBase', settings?.groupBase)} {...code} label={t('ldap.groupBase')} help={t('ldap.groupBaseHelp')} />
      <TextInput {...field('bindDn', settings?.bindDn)} {...code} label={t('ldap.bindDn')} help={t('ldap.bindDnHelp')} required />
      <TextInput
        name="bindPassword"
        type="password"
        dir="ltr"
        autoComplete="new-password"
        label={t('ldap.bindPassword')}
        help={known ? t('ldap.bindPasswordHelp') : undefined}
        error={error('bindPassword')}
      />
      <TextArea
        {...field('caCertificate', settings?.caCertificate)}
        className="sm:col-span-2"
        isCode
        rows={4}
        dir="ltr"
        label={t('ldap.caCertificate')}
        help={t('ldap.caCertificateHelp')}
      />
    </div>
  )
}
