import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readLdap } from '#app/reports/sign-on/ldap.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { LdapState } from '#app/ui/people/ldap-state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { ldapChoices, ldapDeed } from '#app/web/desks/ldap-desk.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { ConnectionFields } from './connection-fields.tsx'
import { RightsFields } from './rights-fields.tsx'
import { TrialCard } from './trial-card.tsx'

/** The directory of the address; null on the page of a new one. */
function idIn(providerId: string | undefined): string | null {
  return providerId === 'new' ? null : orNotFound(isUuid(providerId) ? providerId : null)
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = idIn(params.providerId)
  const known = await asStaff(request, 'settings:write', async (ctx) => (id === null ? null : orNotFound(await readLdap(ctx, id))))
  return { known, choices: await ldapChoices(request), title: await pageTitle(request, 'staff', 'ldap.title') }
}

export function action({ request, params }: ActionFunctionArgs) {
  return ldapDeed(request, idIn(params.providerId))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function LdapDirectory() {
  const { known, choices } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('staff')
  const label = useLabel()
  const { error: plainError, typed } = useFieldErrors(answer)
  const error = (name: string) => {
    const plain = plainError(name)
    return plain && label(`staff:ldap.field.${answer?.fields?.[name]}`, plain)
  }
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('ldap.title'), to: '/office/settings/sign-on/ldap' }]}
        title={known?.name ?? t('ldap.add')}
        beside={known ? <LdapState state={known.state} /> : null}
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Form method="post" key={known?.id} className="grid gap-6">
          <FormToken />
          {answer?.problem ? (
            <Notice tone="critical">{label(`staff:ldap.problem.${answer.problem}`, t('ldap.problem.unreadable'))}</Notice>
          ) : null}
          <Card id="connection" title={t('ldap.connection')}>
            <ConnectionFields known={known} {...{ choices, error, typed }} />
          </Card>
          <Card id="rights" title={t('ldap.rights')}>
            <RightsFields known={known} {...{ choices, error, typed }} />
          </Card>
          <div>
            <SubmitButton name="deed" value="save">
              {t('ldap.save')}
            </SubmitButton>
          </div>
        </Form>
        {known ? <TrialCard state={known.state} isTested={known.isTested} report={answer?.report} /> : null}
      </div>
    </>
  )
}
