/** Kinds of directories that speak LDAP, ways to encrypt the line, and ways to find somebody's groups. */
export const ldapFlavours = ['active-directory', 'openldap'] as const
export const ldapEncryptions = ['ldaps', 'starttls', 'none'] as const
export const ldapGroupWays = ['member-of', 'search', 'nested'] as const
