/** The field of a form that ticks a permission, and the key of its words: a colon can stand in neither. */
export function permissionField(permission: string): string {
  return `may-${permissionKey(permission)}`
}

/** A permission as it stands in the key of a text. */
export function permissionKey(permission: string): string {
  return permission.replace(':', '-')
}
