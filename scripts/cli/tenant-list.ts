import { listTenants } from '#app/db/sellers/tenants.server.ts'
import { command } from './command.ts'

/** `livery tenant list`: every seller of the installation, as a tree. */
export const tenantList = command('list', 'list all tenants', async () => {
  const tenants = await listTenants()
  const below = (parent: string | null): string[] =>
    tenants
      .filter((tenant) => tenant.parentTenantId === parent)
      .flatMap((tenant) => [
        `${'  '.repeat(tenant.depth)}${tenant.slug}  ${tenant.legalName}  ${tenant.country} ${tenant.currency}  ${tenant.status}`,
        ...below(tenant.tenantId),
      ])
  return { lines: tenants.length === 0 ? ['no tenants yet'] : below(null), json: tenants }
})
