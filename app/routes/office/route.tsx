import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Outlet, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type StaffPermission, staffPermissions } from '#app/domain/tenancy/permissions.ts'
import { readOfficeShell } from '#app/reports/office-start/query.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { ProblemPage } from '#app/ui/base/problem-page.tsx'
import { AppShell } from '#app/ui/shell/app-shell.tsx'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { hasShortcuts } from '#app/web/request/preferences.server.ts'
import { useRootFacts } from '#app/web/request/use-root-facts.ts'
import { failedJobsFor } from '#app/web/server/job-runs.server.ts'
import { useOfficeNav } from './use-office-nav.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const staff = await staffOf(request)
  const failedJobs = await failedJobsFor(staff)
  const shell = await asStaff(request, undefined, (ctx) => readOfficeShell(ctx, failedJobs))
  return { shell, may: staffPermissions.filter((permission) => staff.can(permission)), hasKeys: await hasShortcuts(request) }
}

export const action = () => redirect('/office')

export default function Office() {
  const { shell, may, hasKeys } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['office', 'common'])
  const [root, groups] = [useRootFacts(), useOfficeNav(shell, may)]
  if (!root) return null
  return (
    <AppShell
      logo={root.logo}
      homePath="/office"
      groups={groups}
      person={root.viewer}
      shortcuts={{ isOn: hasKeys, servers: null, billing: billingOf(may), create: null }}
      context={
        <>
          <span className="font-medium">{t('title')}</span> <span className="text-muted">{t(`kind.${shell.kind}`)}</span>
        </>
      }
      tools={
        <>
          <ButtonLink to="/" look="quiet" size="small" isOtherArea>
            {t('common:nav.store')}
          </ButtonLink>
          {root.viewer?.hasPanel ? (
            <ButtonLink to="/panel" look="quiet" size="small" isOtherArea>
              {t('common:nav.panel')}
            </ButtonLink>
          ) : null}
        </>
      }
    >
      <Outlet />
    </AppShell>
  )
}

/** Where staff look after bills: the first page of it that is theirs. */
function billingOf(may: readonly StaffPermission[]): string | null {
  if (may.includes('invoice:read')) return '/office/invoices'
  return may.includes('payment:read') ? '/office/payments' : null
}

export function ErrorBoundary() {
  const root = useRootFacts()
  return (
    <main id="main">
      <ProblemPage requestId={root?.requestId} homePath={root?.viewer?.hasOffice ? '/office' : '/'} />
    </main>
  )
}
