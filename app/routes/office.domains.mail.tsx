import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readMailDomain } from '#app/reports/domains/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { DomainRecords, DomainState } from '#app/ui/desk/domain-records.tsx'
import { useDomainProblem } from '#app/ui/desk/use-domain-problem.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { changeMailDomain, senderOf } from '#app/web/desks/domain-deeds.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'domain:read', async (ctx, staff) => {
    const sender = senderOf(staff)
    return { sender, mail: await readMailDomain(ctx, sender.domain), mayChange: staff.can('domain:write') }
  })
  return { ...page, title: await pageTitle(request, 'domain', 'mail.title') }
}

export const action = ({ request }: ActionFunctionArgs) => changeMailDomain(request)

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function MailDomain() {
  const { sender, mail, mayChange } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('domain')
  const problem = useDomainProblem(answer?.problem)
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), to: '/office/domains' }]}
        title={t('mail.title')}
        beside={mail ? <DomainState state={mail.state} /> : null}
        below={
          <>
            {t('mail.from')}{' '}
            <bdi dir="ltr" className="break-all">
              {sender.address}
            </bdi>
          </>
        }
      />
      <div className="grid grid-cols-1 gap-6">
        {problem ? <Notice tone="critical">{problem}</Notice> : null}
        <Notice tone={mail?.state === 'failing' ? 'warning' : 'info'}>
          {t(mail?.state === 'active' ? 'mail.proven' : 'mail.neutral')}
        </Notice>
        <Card
          id="records"
          title={t('record.title')}
          aside={
            mail?.checkedAt ? (
              <>
                {t('hosts.checked')} <DateTime instant={mail.checkedAt} />
              </>
            ) : null
          }
          isFlush={mail !== null}
        >
          {mail ? (
            <>
              <p className="max-w-prose px-card pb-2 text-sm text-muted">{t('mail.lead')}</p>
              <DomainRecords records={mail.records} isChecked={mail.checkedAt !== null} />
            </>
          ) : (
            <p className="mb-4 max-w-prose text-sm">{t('mail.none', { domain: sender.domain })}</p>
          )}
          {mayChange ? (
            <Form method="post" className={mail ? 'border-t border-border px-card py-4' : undefined}>
              <FormToken />
              {mail ? <input type="hidden" name="mailDomainId" value={mail.id} /> : null}
              <SubmitButton name="deed" value={mail ? 'check' : 'set-up'}>
                {t(mail ? 'record.check' : 'mail.setUp')}
              </SubmitButton>
            </Form>
          ) : null}
        </Card>
      </div>
    </>
  )
}
