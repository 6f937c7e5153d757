import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readHosts, readMailDomain } from '#app/reports/domains/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { DomainState } from '#app/ui/desk/domain-records.tsx'
import { useDomainProblem } from '#app/ui/desk/use-domain-problem.ts'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { addOwnHost, senderOf } from '#app/web/desks/domain-deeds.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { HostTable } from './host-table.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'domain:read', async (ctx, staff) => {
    const sender = senderOf(staff)
    return { hosts: await readHosts(ctx), sender, mail: await readMailDomain(ctx, sender.domain), mayChange: staff.can('domain:write') }
  })
  return { ...page, title: await pageTitle(request, 'domain', 'title') }
}

export const action = ({ request }: ActionFunctionArgs) => addOwnHost(request)

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Domains() {
  const { hosts, sender, mail, mayChange } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('domain')
  const problem = useDomainProblem(answer?.problem)
  return (
    <>
      <PageHeader title={t('title')} below={t('lead')} />
      <div className="grid grid-cols-1 gap-6">
        <Card id="hosts" title={t('hosts.title')} isFlush>
          <HostTable hosts={hosts} />
        </Card>
        <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
          {mayChange ? (
            <Card id="add" title={t('add.title')}>
              <Form method="post" className="grid gap-5">
                <FormToken />
                <TextInput
                  name="host"
                  label={t('add.field')}
                  help={t('add.help')}
                  error={problem}
                  defaultValue={answer?.typed ?? ''}
                  dir="ltr"
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  maxLength={300}
                  required
                />
                <div>
                  <SubmitButton>{t('add.submit')}</SubmitButton>
                </div>
              </Form>
            </Card>
          ) : null}
          <Card id="mail" title={t('mail.title')} aside={mail ? <DomainState state={mail.state} /> : null}>
            <p className="text-sm">
              {t('mail.from')}{' '}
              <bdi dir="ltr" className="font-medium break-all">
                {sender.address}
              </bdi>
            </p>
            <p className="mt-2 text-sm text-muted">{t(mail?.state === 'active' ? 'mail.proven' : 'mail.neutral')}</p>
            <p className="mt-4 text-sm">
              <TextLink to="/office/domains/mail">{t('mail.open')}</TextLink>
            </p>
          </Card>
        </div>
      </div>
    </>
  )
}
