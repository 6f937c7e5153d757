import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listRedemptions, readChoices, readPromotionDetail } from '#app/reports/promotions/detail.server.ts'
import { savePromotion, switchPromotion } from '#app/services/promotions/save-promotion.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { PromotionStateView } from '#app/ui/catalog/promotion-state.tsx'
import { Used } from '#app/ui/catalog/promotion-table.tsx'
import { usePromotionWords } from '#app/ui/catalog/promotion-words.ts'
import { RedemptionTable } from '#app/ui/catalog/redemption-table.tsx'
import { usePromotionErrors } from '#app/ui/catalog/use-promotion-errors.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { readerOf } from '#app/web/request/reader.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { Editor } from './editor.tsx'
import { valuesOf } from './editor-values.ts'
import { fieldOfProblem, promotionFields } from './promotion-form.ts'
import { readPromotionForm, StateForm } from './read-promotion-form.ts'

const idIn = (text: string | undefined) => (text === 'new' ? null : orNotFound(isUuid(text) ? text : null))

export async function loader({ request, params }: LoaderFunctionArgs) {
  const promotionId = idIn(params.promotionId)
  const reader = await readerOf(request)
  const page = await asStaff(request, promotionId ? 'promotion:read' : 'promotion:write', async (ctx, { can }) => ({
    promotion: promotionId ? ((await readPromotionDetail(ctx, promotionId, { ...reader, language: reader.sellerLanguage })) ?? null) : null,
    redemptions: promotionId ? await listRedemptions(ctx, { promotionId }, reader) : [],
    choices: await readChoices(ctx, reader.zone),
    mayWrite: can('promotion:write'),
  }))
  if (promotionId) orNotFound(page.promotion)
  return { ...page, title: await pageTitle(request, 'promotion', 'title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const promotionId = idIn(params.promotionId)
  const staff = await staffOf(request, 'promotion:write')
  const move = promotionId ? await parseForm(request.clone(), StateForm) : null
  if (promotionId && move?.ok) {
    await asStaff(request, 'promotion:write', (ctx) => switchPromotion(ctx, { promotionId, state: move.value.state }))
    return redirectWithToast(request, `/office/promotions/${promotionId}`, `promotion.${move.value.state}`)
  }
  const choices = await asStaff(request, 'promotion:write', (ctx) => readChoices(ctx, staff.tenant.timeZone))
  const form = await parseForm(request, promotionFields(choices.currencies))
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const typed = form.value
  const read = readPromotionForm(typed, choices)
  const values = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, value === undefined ? undefined : String(value)]))
  if (!read.ok) return data({ fields: { [read.field]: read.code }, values }, { status: 422 })
  const saved = await asStaff(request, 'promotion:write', (ctx) => savePromotion(ctx, { ...read.input, promotionId }))
  if (saved.ok) return redirectWithToast(request, `/office/promotions/${saved.value.promotionId}`, 'promotion.saved')
  if (saved.error === 'promotion-not-found') orNotFound(null)
  return data({ fields: { [fieldOfProblem[saved.error] ?? 'name']: saved.error }, values }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function PromotionPage() {
  const { promotion, redemptions, choices, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['promotion', 'common'])
  const { error, hasErrors } = usePromotionErrors(answer)
  const values = answer && 'values' in answer ? answer.values : valuesOf(promotion, choices)
  return (
    <>
      <Head />
      {hasErrors ? (
        <div className="mb-4">
          <Notice tone="critical" title={t('common:formError.title')} />
        </div>
      ) : null}
      <Editor key={promotion?.id ?? 'new'} choices={choices} values={values} error={error} isNew={!promotion} mayWrite={mayWrite} />
      {promotion ? (
        <Card id="redemptions" title={t('redemption.title')} isFlush className="mt-6">
          <RedemptionTable rows={redemptions} />
        </Card>
      ) : null}
    </>
  )
}

function Head() {
  const { promotion, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('promotion')
  const words = usePromotionWords()
  const crumbs = [{ label: t('title'), to: '/office/promotions' }]
  if (!promotion) return <PageHeader crumbs={crumbs} title={t('list.new')} below={t('form.newLead')} />
  const { state } = promotion
  return (
    <PageHeader
      crumbs={crumbs}
      title={promotion.name}
      beside={<PromotionStateView state={state} />}
      below={<span suppressHydrationWarning>{words.sentence(promotion.terms, promotion.scopes)}</span>}
      actions={
        <>
          <ButtonLink to={`/office/promotions/${promotion.id}/codes`} look="secondary">
            {t('codes.link', { count: promotion.codes })}
          </ButtonLink>
          {mayWrite ? <StateButton state={state === 'active' ? 'ended' : 'active'} /> : null}
        </>
      }
      facts={[
        { label: t('list.used'), value: <Used count={promotion.redeemed} limit={promotion.limit} /> },
        { label: t('list.cost'), value: words.amounts(promotion.costs) || '–' },
        { label: t('redemption.given'), value: words.amounts(promotion.given) || '–' },
      ]}
    />
  )
}

function StateButton({ state }: { state: 'active' | 'ended' }) {
  const { t } = useTranslation('promotion')
  return (
    <Form method="post">
      <FormToken />
      <input type="hidden" name="deed" value="state" />
      <SubmitButton name="state" value={state} look={state === 'active' ? 'primary' : 'secondary'}>
        {state === 'active' ? t('form.start') : t('form.end')}
      </SubmitButton>
    </Form>
  )
}
