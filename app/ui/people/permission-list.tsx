import { useTranslation } from 'react-i18next'
import { customerPermissions } from '#app/domain/tenancy/permissions.ts'
import { useLabel } from '../base/use-label.ts'
import { Checkbox } from '../forms/field.tsx'
import { permissionField, permissionKey } from './permission-field.ts'

type TicksProps = {
  /** What the reader may hand on: the rest cannot be ticked. */
  readonly grantable: readonly string[]
  readonly ticked: (permission: string) => boolean
}

/** Permissions to tick, each in words. */
export function PermissionTicks({ grantable, ticked }: TicksProps) {
  const { t } = useTranslation('access')
  const label = useLabel()
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-2 text-sm font-medium">{t('permissions')}</legend>
      {customerPermissions
        .filter((permission) => grantable.includes(permission))
        .map((permission) => (
          <Checkbox
            key={permission}
            name={permissionField(permission)}
            defaultChecked={ticked(permission)}
            label={label(`access:permission.${permissionKey(permission)}`, permission)}
          />
        ))}
    </fieldset>
  )
}

/** Permissions in words, in one line. */
export function PermissionWords({ permissions }: { readonly permissions: readonly string[] }) {
  const label = useLabel()
  return <>{permissions.map((permission) => label(`access:permission.${permissionKey(permission)}`, permission)).join(', ')}</>
}
