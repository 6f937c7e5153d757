import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type LinkedOutcome, outcomeFor, readLinkedLetter } from '#app/reports/dunning/letter.server.ts'
import { Day } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { NarrowPage } from '#app/ui/shell/narrow-page.tsx'
import { asLinkHolder } from '#app/web/request/as-link-holder.server.ts'
import { filterOf, idOf } from '#app/web/request/filters.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { comeBackByLink, payByLink } from '#app/web/store/letter-link.server.ts'

const headersOfSecrets = { 'Cache-Control': 'private, no-store', 'X-Robots-Tag': 'noindex, nofollow' }
const PayForm = z.object({})

export async function loader({ request, params }: LoaderFunctionArgs) {
  await asLinkHolder(request, params.token, readLinkedLetter)
  const attemptId = idOf(filterOf(request).get('attempt'))
  if (attemptId) await comeBackByLink(request, attemptId)
  const { accountId, documents, ...letter } = await asLinkHolder(request, params.token, readLinkedLetter)
  const tried = attemptId
    ? await asLinkHolder(request, params.token, async (ctx) => ({ outcome: await outcomeFor(ctx, accountId, attemptId) }))
    : null
  const shown = documents.map(({ number, dueOn, open }) => ({ number, dueOn, open }))
  const page = { ...letter, documents: shown, outcome: tried?.outcome ?? null, title: await pageTitle(request, 'store', 'settle.title') }
  return data(page, { status: letter.state === 'expired' ? 410 : 200, headers: headersOfSecrets })
}

/** Pays all that the letter is about, as it stands now. */
export async function action({ request, params }: ActionFunctionArgs) {
  const form = await parseForm(request, PayForm)
  const letter = await asLinkHolder(request, params.token, readLinkedLetter)
  if (!form.ok || letter.state !== 'open') return redirect(`/settle/${params.token}`)
  const page = await payByLink(request, params.token ?? '', letter)
  return page.ok ? redirect(page.value.url) : data({ isRefused: true }, { status: 409, headers: headersOfSecrets })
}

export const headers = () => headersOfSecrets

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Settle() {
  const { state, documents, total, outcome } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('store')
  return (
    <NarrowPage title={t(`settle.${state}`)}>
      {state === 'open' ? (
        <div className="grid gap-5">
          {answer ? <Notice tone="critical">{t('settle.refused')}</Notice> : null}
          {outcome && !answer ? <Outcome {...outcome} /> : null}
          <dl className="grid gap-2 text-sm">
            {documents.map(({ number, dueOn, open }) => (
              <div key={number} className="flex justify-between gap-4">
                <dt>
                  <bdi dir="ltr">{number}</bdi>{' '}
                  <span className="text-muted">
                    {t('settle.due')} <Day day={dueOn} />
                  </span>
                </dt>
                <dd>
                  <Money amount={open} />
                </dd>
              </div>
            ))}
            <div className="flex justify-between gap-4 border-t border-border pt-2 font-semibold">
              <dt>{t('settle.total')}</dt>
              <dd>
                <Money amount={total} />
              </dd>
            </div>
          </dl>
          <Form method="post" reloadDocument>
            <FormToken />
            <SubmitButton>{t(outcome?.state === 'failed' || outcome?.state === 'ended' ? 'settle.again' : 'settle.pay')}</SubmitButton>
          </Form>
          <p className="text-sm text-muted">{t('settle.lead')}</p>
        </div>
      ) : (
        <p>{t(`settle.${state}Text`)}</p>
      )}
      <p className="mt-6 text-sm text-muted">
        <TextLink to="/panel/invoices" isOtherArea>
          {t('settle.panel')}
        </TextLink>
      </p>
    </NarrowPage>
  )
}

/** What became of the try the payer comes back from: refused with the reason, ended by itself, or not known yet. */
function Outcome({ state, failureCode }: LinkedOutcome) {
  const { t } = useTranslation(['store', 'pay'])
  const label = useLabel()
  if (state === 'waiting') return <Notice tone="info">{t('settle.waiting')}</Notice>
  const reason = failureCode ? label(`pay:decline.${failureCode}`, t('pay:decline.declined')) : t('pay:decline.declined')
  return (
    <Notice tone={state === 'failed' ? 'critical' : 'warning'}>
      {state === 'failed' ? `${reason} ` : ''}
      {t(state === 'failed' ? 'pay:notCharged' : 'settle.ended')}
    </Notice>
  )
}
