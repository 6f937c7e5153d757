import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { codeOfDesign, designProblems, isDesignWhole, placesOfDesign } from '#app/domain/apps/design.ts'
import { type AppDesignRow, readDesign } from '#app/reports/apps/designs.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { useWords } from '#app/ui/base/use-words.ts'
import { DesignStateView } from '#app/ui/cloud/design-state.tsx'
import { SpecLine } from '#app/ui/cloud/specs.tsx'
import { TierForm } from '#app/ui/cloud/tier-form.tsx'
import { TierTable } from '#app/ui/cloud/tier-table.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { designOfferFor, pricedOfferFor } from '#app/web/desks/design-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { quoteForReader } from '#app/web/store/order-quote.server.ts'
import { quoteOfTried } from '../_store.checkout/estimate.server.ts'
import { doDesignDeed } from './deeds.server.ts'
import { CostCard, DetailsCard, RemoveCard } from './design-cards.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const id = orNotFound(isUuid(params.designId) ? params.designId : null)
  const design = await asCustomer(request, 'order:write', async (ctx, { accountId }) =>
    orNotFound(await readDesign(ctx, { id, accountId })),
  )
  const code = filterOf(request).get('tier')
  const tier = design.tiers.find((each) => each.code === code) ?? null
  const isForm = tier !== null || code === 'new'
  const offer = isForm ? null : await designOfferFor(request)
  const priced = isForm ? await pricedOfferFor(request) : null
  const { plans, images, networks } = offer ?? orNotFound(priced)
  return {
    design,
    tier,
    isForm,
    images,
    networks,
    plans: plans.map(({ code: planCode, name, cpuNumber, memoryMib, diskGib }) => ({
      code: planCode,
      name,
      size: { cpuNumber, memoryMib, diskGib },
      monthly: priced?.plans.find((each) => each.code === planCode)?.monthly ?? null,
    })),
    problems: offer ? designProblems(design, offer) : [],
    places: offer ? placesOfDesign(design, offer) : [],
    isWhole: offer !== null && isDesignWhole(design, offer),
    cost: isForm ? null : await costOf(request, design),
    orderCode: codeOfDesign(id),
    title: titleOf(design.name, brandOf(tenant).pack.name),
  }
}

/** What the least of a design costs, each tier in its first size, as its order would be priced and billed; null where it has no price. */
async function costOf(request: Request, { tiers }: AppDesignRow) {
  const [first, ...further] = tiers.map(({ planCodes, least }) => ({ planCode: planCodes[0] ?? '', quantity: least }))
  const tried = first && (await quoteForReader(request, { ...first, further }))
  const quote = tried && quoteOfTried(tried, await languageOf(request, await tenantOf(request)))
  return quote ? { monthly: quote.monthlyTotal, first: quote.firstTotal } : null
}

export async function action({ request, params }: ActionFunctionArgs) {
  return doDesignDeed(request, orNotFound(isUuid(params.designId) ? params.designId : null))
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Design() {
  const { design, isForm, isWhole, orderCode, places } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('apps')
  const label = useLabel()
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('title'), to: '/panel/applications' },
          { label: t('design.title'), to: '/panel/applications/designs' },
        ]}
        title={<bdi>{design.name}</bdi>}
        beside={isForm ? null : <DesignStateView isWhole={isWhole} tiers={design.tiers} />}
        below={<bdi dir="ltr">{orderCode}</bdi>}
        actions={
          isWhole ? (
            <ButtonLink to={`/apps/${orderCode}`} isOtherArea>
              {t('design.order')}
            </ButtonLink>
          ) : null
        }
        {...(places.length > 0 ? { facts: [{ label: t('design.places'), value: places.join(', ') }] } : {})}
      />
      <div className="grid gap-6">
        {answer && 'problem' in answer ? (
          <Notice tone="critical">{label(`common:field.${answer.problem}`, t('problem.refused'))}</Notice>
        ) : null}
        <Problems />
        {isForm ? <Tier /> : <Cards />}
      </div>
    </>
  )
}

function Cards() {
  const { design, plans, images } = useLoaderData<typeof loader>()
  const inWords = useWords()
  const named = plans.map(({ code, name }) => ({ code, name: inWords(name) || code }))
  return (
    <>
      <TierTable tiers={design.tiers} plans={named} images={images} mayWrite />
      <CostCard />
      <DetailsCard />
      <RemoveCard />
    </>
  )
}

/** What of it is not on offer any more, tier by tier. */
function Problems() {
  const { design, problems } = useLoaderData<typeof loader>()
  const { t } = useTranslation('apps')
  const label = useLabel()
  const inWords = useWords()
  if (problems.length === 0) return null
  const nameOf = (code: string) => inWords(design.tiers.find((tier) => tier.code === code)?.name ?? {})
  return (
    <Notice tone="warning" title={t('design.brokenTitle')}>
      <ul>
        {problems.map(({ tier, problem }) => (
          <li key={`${tier} ${problem}`}>{[nameOf(tier), label(`common:field.${problem}`, problem)].filter(Boolean).join(': ')}</li>
        ))}
      </ul>
    </Notice>
  )
}

function Tier() {
  const { design, tier, plans, images } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('apps')
  const inWords = useWords()
  return (
    <TierForm
      key={tier?.code ?? 'new'}
      tier={tier}
      tiers={design.tiers}
      plans={plans.map(({ code, name, size, monthly }) => ({
        code,
        label: (
          <>
            <span className="font-medium">{inWords(name) || code}</span>
            <span className="block text-muted">
              <SpecLine size={size} />
            </span>
            {monthly ? (
              <span className="block text-muted">
                {t('design.monthly')}: <Money amount={monthly} />
              </span>
            ) : null}
          </>
        ),
      }))}
      images={images}
      answer={answer && 'fields' in answer && answer.intent === 'tier' ? answer : undefined}
      backTo={`/panel/applications/designs/${design.id}`}
    />
  )
}
