import { useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Checkbox, Select, TextArea, TextInput } from '#app/ui/forms/field.tsx'
import type { OwnThings } from './chosen.ts'

type AccessProps = { readonly own: OwnThings; readonly error: (name: string) => string | undefined }

/** The name of the server and the key to it. */
export function Access({ own, error }: AccessProps) {
  const { t } = useTranslation('store')
  return (
    <>
      <HostName label={t('order.name')} help={t('order.nameHelp')} example="web-1" longest={63} error={error} />
      <Key own={own} error={error} />
    </>
  )
}

type HostNameProps = Pick<AccessProps, 'error'> & {
  readonly label: string
  readonly help: string
  readonly example: string
  readonly longest: number
}

/** The name of a server, or the beginning of several. */
export function HostName({ label, help, example, longest, error }: HostNameProps) {
  const [search] = useSearchParams()
  return (
    <TextInput
      name="name"
      label={label}
      help={help}
      placeholder={example}
      required
      maxLength={longest}
      autoComplete="off"
      spellCheck={false}
      autoCapitalize="none"
      dir="ltr"
      defaultValue={search.get('name') ?? undefined}
      error={error('name')}
      className="max-w-md"
    />
  )
}

/** A key that the customer keeps, or another one, which may be kept too. */
export function Key({ own: { keys, mayKeep }, error }: AccessProps) {
  const { t } = useTranslation(['store', 'common'])
  const [search] = useSearchParams()
  const hasKeys = keys.length > 0
  return (
    <>
      {hasKeys ? (
        <Select
          name="key"
          label={t('order.storedKey')}
          help={t('order.sshKeyHelp')}
          isOptional={t('common:optional')}
          defaultValue={search.get('key') ?? ''}
          error={error('key')}
          className="max-w-md"
        >
          <option value="">{t('order.noStoredKey')}</option>
          {keys.map(({ id, name, fingerprint }) => (
            <option key={id} value={id}>
              {`${name} · ${fingerprint.slice(0, shownOfFingerprint)}…`}
            </option>
          ))}
        </Select>
      ) : null}
      <TextArea
        name="sshKey"
        label={t(hasKeys ? 'order.otherKey' : 'order.sshKey')}
        help={hasKeys ? undefined : t('order.sshKeyHelp')}
        isOptional={t('common:optional')}
        isCode
        placeholder="ssh-ed25519 AAAA…"
        autoComplete="off"
        spellCheck={false}
        defaultValue={search.get('sshKey') ?? undefined}
        onInput={({ currentTarget }) =>
          currentTarget.setCustomValidity(privateKey.test(currentTarget.value) ? t('common:field.private-ssh-key') : '')
        }
        error={error('sshKey') ?? (hasKeys ? undefined : error('key'))}
      />
      {mayKeep ? <Checkbox name="keep" label={t('order.keepKey')} defaultChecked={search.get('keep') === 'on'} /> : null}
    </>
  )
}

/** What must not leave the browser where that can help it: the address of the next page would carry it. */
const privateKey = /PRIVATE KEY/i

/** Letters that tell keys of the same name apart. */
const shownOfFingerprint = 17
