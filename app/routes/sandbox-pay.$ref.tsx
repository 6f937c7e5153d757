import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirectDocument } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { declineCodes } from '#app/domain/payment-attempt/gateway-facts.ts'
import { buttonClasses } from '#app/ui/base/button.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { Select } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { RadioCard } from '#app/ui/forms/radio-card.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { type PageDeed, type SandboxPage, sandboxDesk } from '#app/web/desks/sandbox-desk.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'

const cards = ['approve', 'secure', 'decline', 'pend'] as const
const laters = ['approve', 'insufficient-funds', 'authentication-required', 'lost-or-stolen'] as const
const expiries = ['in-three-years', 'in-a-month'] as const

export async function loader({ request, params }: LoaderFunctionArgs) {
  const desk = await sandboxDesk(request)
  const page = orNotFound(await desk.read(params.ref ?? ''))
  return { page, title: await pageTitle(request, 'pay', 'sandbox.title') }
}

const PageForm = z.object({
  deed: z.enum(['pay', 'confirm', 'refuse', 'cancel', 'complete', 'fail', 'dispute', 'win', 'lose', 'replace', 'withdraw']),
  card: z.enum(cards).default('approve'),
  code: z.enum(declineCodes).default('declined'),
  later: z.enum(laters).default('approve'),
  expires: z.enum(expiries).default('in-three-years'),
})

function deedOf({ deed, ...choices }: z.output<typeof PageForm>): PageDeed {
  return deed === 'pay' ? { deed, ...choices } : { deed }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const form = await parseForm(request, PageForm)
  if (!form.ok) throw refuse(400, 'invalid')
  const desk = await sandboxDesk(request)
  const page = orNotFound(await desk.act(params.ref ?? '', deedOf(form.value)))
  const isOfCard = form.value.deed === 'replace' || form.value.deed === 'withdraw'
  const isOnThePage = isOfCard || page.state === 'action-required' || page.state === 'waiting-for-payer' || page.dispute !== null
  return isOnThePage ? data({ done: true }) : redirectDocument(page.returnUrl)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }, { name: 'robots', content: 'noindex' }]

/** The pay page of the gateway that moves no money: every outcome is there to choose. */
export default function SandboxPay() {
  const { page } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pay')
  const format = useFormat()
  return (
    <main id="main" className="mx-auto max-w-[34rem] px-4 py-12">
      <div className="grid gap-6 rounded-lg border border-border bg-surface p-6">
        <Notice tone="warning">{t('sandbox.noMoney')}</Notice>
        <div>
          <h1 className="text-lg font-semibold">{t('sandbox.title')}</h1>
          <p className="mt-1 text-sm text-muted">
            <bdi>{page.description}</bdi>
          </p>
        </div>
        {page.amount.minor > 0n ? <p className="tabular text-2xl font-semibold">{format.money(page.amount)}</p> : null}
        <Step page={page} amount={format.money(page.amount)} />
        {page.keepsCard ? <SavedCard /> : null}
      </div>
    </main>
  )
}

function Step({ page, amount }: { readonly page: SandboxPage; readonly amount: string }) {
  const { t } = useTranslation('pay')
  if (page.state === 'waiting-for-payer') return <ChooseOutcome page={page} amount={amount} />
  if (page.state === 'action-required')
    return (
      <Deeds text={t('sandbox.secureText')}>
        <SubmitButton name="deed" value="confirm">
          {t('sandbox.confirm')}
        </SubmitButton>
        <SubmitButton name="deed" value="refuse" look="secondary">
          {t('sandbox.refuse')}
        </SubmitButton>
      </Deeds>
    )
  if (page.state === 'processing')
    return (
      <Deeds text={t('sandbox.pendingText')} back={page.returnUrl}>
        <SubmitButton name="deed" value="complete">
          {t('sandbox.complete')}
        </SubmitButton>
        <SubmitButton name="deed" value="fail" look="secondary">
          {t('sandbox.fail')}
        </SubmitButton>
      </Deeds>
    )
  if (page.state === 'captured' && page.amount.minor > 0n) return <Dispute page={page} />
  return <Deeds text={t(page.state === 'captured' ? 'sandbox.saved' : 'sandbox.over')} back={page.returnUrl} />
}

/** What the bank of a saved card may do with it later. */
function SavedCard() {
  const { t } = useTranslation('pay')
  return (
    <Deeds text={t('sandbox.keptCard')}>
      <SubmitButton name="deed" value="replace" look="secondary">
        {t('sandbox.replace')}
      </SubmitButton>
      <SubmitButton name="deed" value="withdraw" look="secondary">
        {t('sandbox.withdraw')}
      </SubmitButton>
    </Deeds>
  )
}

function Dispute({ page }: { readonly page: SandboxPage }) {
  const { t } = useTranslation('pay')
  return (
    <Deeds text={t(page.dispute ? `sandbox.dispute.${page.dispute}` : 'sandbox.paid')} back={page.returnUrl}>
      {page.dispute ? null : (
        <SubmitButton name="deed" value="dispute" look="secondary">
          {t('sandbox.disputeIt')}
        </SubmitButton>
      )}
      {page.dispute === 'open' ? (
        <>
          <SubmitButton name="deed" value="win" look="secondary">
            {t('sandbox.win')}
          </SubmitButton>
          <SubmitButton name="deed" value="lose" look="secondary">
            {t('sandbox.lose')}
          </SubmitButton>
        </>
      ) : null}
    </Deeds>
  )
}

function Deeds({ text, back, children }: { readonly text: string; readonly back?: string; readonly children?: ReactNode }) {
  const { t } = useTranslation('pay')
  return (
    <>
      <p className="text-sm">{text}</p>
      {children ? (
        <Form method="post" className="flex flex-wrap gap-3">
          <FormToken />
          {children}
        </Form>
      ) : null}
      {back ? (
        <div>
          <a href={back} className={buttonClasses('secondary')}>
            {t('sandbox.back')}
          </a>
        </div>
      ) : null}
    </>
  )
}

function ChooseOutcome({ page, amount }: { readonly page: SandboxPage; readonly amount: string }) {
  const { t } = useTranslation('pay')
  return (
    <Form method="post" className="grid gap-5">
      <FormToken />
      <fieldset className="grid gap-3">
        <legend className="mb-2 text-sm font-medium">{t('sandbox.card')}</legend>
        {cards.map((card) => (
          <RadioCard key={card} name="card" value={card} isChosen={card === 'approve'} title={t(`sandbox.cards.${card}`)} />
        ))}
      </fieldset>
      <Select name="code" label={t('sandbox.reason')} defaultValue="declined">
        {declineCodes.map((code) => (
          <option key={code} value={code}>
            {t(`decline.${code}`)}
          </option>
        ))}
      </Select>
      {page.saves ? (
        <>
          <Select name="later" label={t('sandbox.later')} help={t('sandbox.kept')} defaultValue="approve">
            {laters.map((later) => (
              <option key={later} value={later}>
                {later === 'approve' ? t('sandbox.laterApprove') : t(`decline.${later}`)}
              </option>
            ))}
          </Select>
          <Select name="expires" label={t('sandbox.expires')} defaultValue="in-three-years">
            {expiries.map((expiry) => (
              <option key={expiry} value={expiry}>
                {t(`sandbox.expiry.${expiry}`)}
              </option>
            ))}
          </Select>
        </>
      ) : null}
      <div className="flex flex-wrap gap-3">
        <SubmitButton name="deed" value="pay">
          <bdi>{page.kind === 'setup' ? t('sandbox.save') : t('pay', { amount })}</bdi>
        </SubmitButton>
        <SubmitButton name="deed" value="cancel" look="secondary">
          {t('sandbox.cancel')}
        </SubmitButton>
      </div>
    </Form>
  )
}
