import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { listRedemptions, readCampaignDetail, readChoices } from '#app/reports/promotions/detail.server.ts'
import { saveCampaign, switchCampaign } from '#app/services/promotions/save-campaign.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { PromotionStateView } from '#app/ui/catalog/promotion-state.tsx'
import { DaysView, PromotionTable } from '#app/ui/catalog/promotion-table.tsx'
import { RedemptionTable } from '#app/ui/catalog/redemption-table.tsx'
import { usePromotionErrors } from '#app/ui/catalog/use-promotion-errors.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid, line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { readerOf } from '#app/web/request/reader.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { BudgetCard } from './budget-card.tsx'
import { CampaignForm } from './campaign-form.tsx'

const words = z.string().max(500, 'too-long').optional()
const CampaignFields = z.object({
  name: line(120),
  code: z
    .string('required')
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9-]{1,59}$/, 'promotion-code'),
  startsOn: z.iso.date('date'),
  endsOn: z.iso.date('date').optional(),
  budget: z.string().trim().max(20).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  segments: words,
  countries: words,
})
const DeedForm = z.object({ deed: z.enum(['start', 'stop']) })
const fieldOf = {
  'name-taken': 'code',
  'end-before-start': 'endsOn',
  'budget-out-of-range': 'budget',
  'budget-below-spent': 'budget',
} as const

const idIn = (text: string | undefined) => (text === 'new' ? null : orNotFound(isUuid(text) ? text : null))

export async function loader({ request, params }: LoaderFunctionArgs) {
  const campaignId = idIn(params.campaignId)
  const reader = await readerOf(request)
  const page = await asStaff(request, campaignId ? 'promotion:read' : 'promotion:write', async (ctx, { can }) => ({
    campaign: campaignId ? ((await readCampaignDetail(ctx, campaignId, reader)) ?? null) : null,
    redemptions: campaignId ? await listRedemptions(ctx, { campaignId }, reader) : [],
    choices: await readChoices(ctx, reader.zone),
    mayWrite: can('promotion:write'),
  }))
  if (campaignId) orNotFound(page.campaign)
  return { ...page, title: await pageTitle(request, 'promotion', 'campaign.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const campaignId = idIn(params.campaignId)
  const turn = campaignId ? await parseForm(request.clone(), DeedForm) : null
  if (campaignId && turn?.ok) {
    await asStaff(request, 'promotion:write', (ctx) => switchCampaign(ctx, { campaignId, deed: turn.value.deed }))
    return redirectWithToast(request, `/office/promotions/campaigns/${campaignId}`, 'promotion.saved')
  }
  const form = await parseForm(request, CampaignFields)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { budget: typed, currency = '', segments, countries, endsOn, ...rest } = form.value
  const budget = typed ? typedAmount(typed, currency) : null
  if (budget === undefined) return data({ fields: { budget: 'amount-missing' }, values: form.value }, { status: 422 })
  const audience = { segments: wordsOf(segments), countries: wordsOf(countries).map((country) => country.toUpperCase()) }
  const input = { ...rest, ...audience, campaignId, budget, endsOn: endsOn ?? null }
  const saved = await asStaff(request, 'promotion:write', (ctx) => saveCampaign(ctx, input))
  if (saved.ok) return redirectWithToast(request, `/office/promotions/campaigns/${saved.value.campaignId}`, 'promotion.saved')
  if (saved.error === 'campaign-not-found') return orNotFound(null)
  return data({ fields: { [fieldOf[saved.error]]: saved.error }, values: form.value }, { status: 409 })
}

function wordsOf(text: string | undefined): string[] {
  const found = (text ?? '').split(',').map((word) => word.trim())
  return [...new Set(found.filter(Boolean))]
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Campaign() {
  const { campaign, redemptions, choices, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('promotion')
  const { error } = usePromotionErrors(answer)
  return (
    <>
      <Head />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 gap-6">
          {campaign ? (
            <>
              <Card id="promotions" title={t('title')} isFlush>
                <PromotionTable
                  caption={t('title')}
                  rows={campaign.promotions}
                  empty={<EmptyState title={t('campaign.noPromotions')}>{t('campaign.noPromotionsText')}</EmptyState>}
                />
              </Card>
              <Card id="redemptions" title={t('redemption.title')} isFlush>
                <RedemptionTable rows={redemptions} />
              </Card>
            </>
          ) : null}
          {campaign ? null : <CampaignForm campaign={null} choices={choices} error={error} values={answer?.values} mayWrite={mayWrite} />}
        </div>
        {campaign ? (
          <div className="grid gap-6">
            <BudgetCard campaign={campaign} />
            <CampaignForm campaign={campaign} choices={choices} error={error} values={answer?.values} mayWrite={mayWrite} />
          </div>
        ) : null}
      </div>
    </>
  )
}

function Head() {
  const { campaign, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('promotion')
  const crumbs = [{ label: t('title'), to: '/office/promotions' }]
  if (!campaign) return <PageHeader crumbs={crumbs} title={t('campaign.new')} below={t('campaign.lead')} />
  const isOpen = campaign.state === 'running' || campaign.state === 'scheduled'
  return (
    <PageHeader
      crumbs={crumbs}
      title={campaign.name}
      beside={<PromotionStateView state={campaign.state} />}
      below={<DaysView days={campaign.days} />}
      actions={
        mayWrite ? (
          <Form method="post">
            <FormToken />
            <SubmitButton name="deed" value={isOpen ? 'stop' : 'start'} look={isOpen ? 'secondary' : 'primary'}>
              {isOpen ? t('campaign.stop') : t('campaign.start')}
            </SubmitButton>
          </Form>
        ) : undefined
      }
    />
  )
}
