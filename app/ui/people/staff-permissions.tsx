import { useTranslation } from 'react-i18next'
import { type StaffPermission, staffPermissions } from '#app/domain/tenancy/permissions.ts'
import { useLabel } from '../base/use-label.ts'
import { Checkbox } from '../forms/field.tsx'
import { permissionField, permissionKey } from './permission-field.ts'

type Subject = StaffPermission extends `${infer S}:${string}` ? S : never
const groups = ['customers', 'catalog', 'billing', 'clouds', 'settings'] as const
type Group = (typeof groups)[number]

// Where the office shows what a permission is about.
const groupOf: Readonly<Record<Subject, Group>> = {
  account: 'customers',
  contract: 'customers',
  news: 'customers',
  order: 'customers',
  reseller: 'customers',
  subscription: 'customers',
  ticket: 'customers',
  catalog: 'catalog',
  price: 'catalog',
  promotion: 'catalog',
  'billing-run': 'billing',
  charge: 'billing',
  dunning: 'billing',
  invoice: 'billing',
  ledger: 'billing',
  payment: 'billing',
  purchase: 'billing',
  cloud: 'clouds',
  'cloud-interface': 'clouds',
  job: 'clouds',
  quarantine: 'clouds',
  server: 'clouds',
  usage: 'clouds',
  audit: 'settings',
  brand: 'settings',
  domain: 'settings',
  settings: 'settings',
  staff: 'settings',
}

function inGroup(group: Group, among: readonly string[]): StaffPermission[] {
  return staffPermissions.filter((permission) => among.includes(permission) && groupOf[permission.split(':')[0] as Subject] === group)
}

type TicksProps = {
  /** What the reader may hand on: the rest cannot be ticked. */
  readonly grantable: readonly string[]
  readonly ticked: (permission: string) => boolean
}

/** Permissions of staff to tick, each in words, by the part of the office they are about. */
export function StaffPermissionTicks({ grantable, ticked }: TicksProps) {
  const { t } = useTranslation('staff')
  const label = useLabel()
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      {groups
        .filter((group) => inGroup(group, grantable).length > 0)
        .map((group) => (
          <fieldset key={group} className="grid content-start gap-3">
            <legend className="mb-2 text-sm font-medium">{t(`group.${group}`)}</legend>
            {inGroup(group, grantable).map((permission) => (
              <Checkbox
                key={permission}
                name={permissionField(permission)}
                defaultChecked={ticked(permission)}
                label={label(`staff:permission.${permissionKey(permission)}`, permission)}
              />
            ))}
          </fieldset>
        ))}
    </div>
  )
}

/** What staff with these permissions may do, by the part of the office. */
export function StaffPermissionList({ permissions }: { readonly permissions: readonly string[] }) {
  const { t } = useTranslation('staff')
  return (
    <dl className="grid gap-3 text-sm">
      {groups
        .filter((group) => inGroup(group, permissions).length > 0)
        .map((group) => (
          <div key={group}>
            <dt className="font-medium">{t(`group.${group}`)}</dt>
            <dd className="text-muted">
              <StaffPermissionWords permissions={inGroup(group, permissions)} />
            </dd>
          </div>
        ))}
    </dl>
  )
}

/** Permissions of staff in words, in one line. */
export function StaffPermissionWords({ permissions }: { readonly permissions: readonly string[] }) {
  const label = useLabel()
  return <>{permissions.map((permission) => label(`staff:permission.${permissionKey(permission)}`, permission)).join(', ')}</>
}
