import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readClosing, readClosingMoney } from '#app/reports/closing/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { ClosingFacts, ClosingState } from '#app/ui/people/closing-state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { closeHere, ownerOf } from '#app/web/desks/close-account.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { password } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'

const CloseForm = z.object({
  number: z.string('required').trim().max(60, 'invalid'),
  password,
  reason: z.string().trim().max(500, 'too-long').optional(),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const { accountId, inOwn } = await ownerOf(request)
  const view = orNotFound(await asSeller(request, (ctx) => readClosing(ctx, accountId)))
  return { view, money: await inOwn((ctx) => readClosingMoney(ctx, accountId)), title: await pageTitle(request, 'access', 'closing.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, CloseForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { number, reason = '' } = form.value
  const closed = await closeHere(request, { typedNumber: number, reason, password: form.value.password })
  if (closed.ok) return redirectWithToast(request, '/panel/account/close', 'account.closing')
  if (closed.error === 'account-not-found') throw refuse(404, 'not-found')
  const field = { 'number-wrong': 'number', 'wrong-password': 'password', 'too-many-attempts': 'password' }[closed.error as string]
  const answer = field ? { fields: { [field]: closed.error as string } } : { fields: {}, problem: closed.error as string }
  return data({ ...answer, values: { number, reason } }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function CloseAccount() {
  const { view } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['access', 'panel'])
  const isOpen = view.closing?.state === 'open'
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('panel:nav.account'), to: '/panel/account' }]}
        title={t('closing.title')}
        beside={isOpen ? <ClosingState state="open" /> : undefined}
        below={<PublicId id={view.publicId} />}
      />
      <div className="grid max-w-3xl grid-cols-1 gap-6">
        {isOpen && view.closing ? (
          <Card id="state" title={t('closing.underWay')}>
            <div className="grid gap-4">
              <ClosingFacts closing={view.closing} />
              <p className="text-sm text-muted">{t('closing.undo')}</p>
            </div>
          </Card>
        ) : null}
        {view.isReseller ? <Notice tone="warning">{t('closing.problem.is-reseller')}</Notice> : <WhatHappens isOpen={isOpen} />}
        {isOpen || view.isReseller ? null : <CloseCard />}
      </div>
    </>
  )
}

/** Everything that follows, before it is asked for. */
function WhatHappens({ isOpen }: { readonly isOpen: boolean }) {
  const { view, money } = useLoaderData<typeof loader>()
  const { t } = useTranslation('access')
  const label = useLabel()
  return (
    <Card id="what-happens" title={t('closing.what')}>
      <ol className="grid list-decimal gap-4 ps-5 text-sm">
        <li>
          {t('closing.servicesEnd', { count: view.services.length })}
          {view.services.length > 0 ? (
            <ul className="mt-2 grid list-disc gap-1 ps-5 text-muted">
              {view.services.slice(0, 50).map(({ id, kind, name }) => (
                <li key={id}>
                  {label(`access:service.${kind}`, kind)} <bdi>{name}</bdi>
                </li>
              ))}
            </ul>
          ) : null}
        </li>
        {view.departments.length > 0 ? (
          <li>
            {t('closing.departments')} <bdi>{view.departments.map(({ name }) => name).join(', ')}</bdi>
          </li>
        ) : null}
        {money ? (
          <li>
            {t('closing.lastInvoice')} <Money amount={money.accrued} className="font-medium" /> {t('closing.lastInvoiceNet')}
            <span className="block text-muted">
              {t('closing.due')} <Money amount={money.due} />
            </span>
          </li>
        ) : null}
        {money ? (
          <li>
            {t('closing.balance')} <Money amount={money.credit} className="font-medium" />
          </li>
        ) : null}
        {isOpen ? null : (
          <li>
            {t('closing.access')} <DateTime instant={view.graceEndsAt} />
          </li>
        )}
        <li>{t('closing.data')}</li>
      </ol>
      <p className="mt-4 text-sm">
        <TextLink to="/panel/account/data">{t('closing.takeData')}</TextLink>
      </p>
    </Card>
  )
}

function CloseCard() {
  const { view } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['access', 'common'])
  const label = useLabel()
  const { error, typed } = useFieldErrors(answer)
  const problem = answer && 'problem' in answer ? answer.problem : undefined
  return (
    <Card id="close" title={t('closing.close')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        {problem ? <Notice tone="critical">{label(`access:closing.problem.${problem}`, problem)}</Notice> : null}
        <TextInput
          name="number"
          label={t('closing.number')}
          help={
            <>
              {t('closing.numberHelp')} <bdi dir="ltr">{view.publicId}</bdi>
            </>
          }
          required
          autoComplete="off"
          dir="ltr"
          defaultValue={typed('number')}
          error={error('number')}
        />
        <TextInput
          name="password"
          type="password"
          label={t('closing.password')}
          autoComplete="current-password"
          required
          dir="ltr"
          error={error('password')}
        />
        <TextArea
          name="reason"
          label={t('closing.reason')}
          isOptional={t('common:optional')}
          maxLength={500}
          defaultValue={typed('reason')}
          error={error('reason')}
        />
        <div>
          <SubmitButton look="danger">{t('closing.close')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
