import { useTranslation } from 'react-i18next'
import { Select } from '../forms/field.tsx'

type ServerSelectProps = {
  servers: readonly { readonly id: string; readonly name: string; readonly location: string }[]
  label: string
  help?: string
  defaultValue?: string | undefined
  error?: string | undefined
}

/** One of the reader's servers. */
export function ServerSelect({ servers, label, help, defaultValue, error }: ServerSelectProps) {
  const { t } = useTranslation('cloud')
  return (
    <Select name="serverId" label={label} help={help} defaultValue={defaultValue} error={error} required>
      {servers.map(({ id, name, location }) => (
        <option key={id} value={id}>
          {t('serverIn', { name, location })}
        </option>
      ))}
    </Select>
  )
}
