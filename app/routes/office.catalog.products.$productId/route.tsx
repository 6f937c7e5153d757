import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { isLanguage } from '#app/i18n/languages.ts'
import { readProduct } from '#app/reports/products/detail.server.ts'
import type { ProductDetail } from '#app/reports/products/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { usePage } from '#app/ui/base/page-context.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useLabel } from '#app/ui/base/use-label.ts'
import { useWords } from '#app/ui/base/use-words.ts'
import { CatalogTextsCard } from '#app/ui/catalog/catalog-texts-card.tsx'
import { ProductStateView } from '#app/ui/catalog/product-state.tsx'
import { ProductStateButtons } from '#app/ui/catalog/product-state-buttons.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { type Fact, PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'
import { BundleCard } from './bundle-card.tsx'
import { PlacesCard } from './places-card.tsx'
import { PriceCard } from './price-card.tsx'
import { type Answer, saveProduct } from './save.server.ts'
import { StockCard } from './stock-card.tsx'
import { TermFields } from './term-fields.tsx'

export async function loader({ request, params: { productId } }: LoaderFunctionArgs) {
  if (!isUuid(productId)) throw refuse(404, 'not-found')
  const { product, mayWrite } = await asStaff(request, 'catalog:read', async (ctx, { can }) => ({
    product: orNotFound(await readProduct(ctx, productId)),
    mayWrite: can('catalog:write'),
  }))
  const language = filterOf(request).get('in') ?? ''
  return {
    product,
    mayWrite,
    language: isLanguage(language) ? language : null,
    title: await pageTitle(request, 'catalog', 'products.title'),
  }
}

export async function action({ request, params: { productId } }: ActionFunctionArgs) {
  if (!isUuid(productId)) throw refuse(404, 'not-found')
  const { answer, status } = await saveProduct(request, productId)
  return data(answer, { status })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page ? `${page.product.code} · ${page.title}` : '' }]

/** Forms that say at the field what is wrong; the others say it above. */
const namesFields: readonly string[] = ['terms', 'stock', 'places']

function refusedOf(answer: Answer | undefined, intent: Answer['intent']) {
  return answer && 'fields' in answer && answer.intent === intent ? answer : undefined
}

export default function Product() {
  const { product, mayWrite, language } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const page = usePage()
  const { t } = useTranslation('catalog')
  const label = useLabel()
  const inWords = useWords()
  const { error, typed } = useFieldErrors(refusedOf(answer, 'terms'))
  return (
    <>
      <PageHeader
        title={inWords(product.name) || product.code}
        crumbs={[{ label: t('products.title'), to: '/office/catalog' }]}
        beside={<ProductStateView state={product.status} />}
        below={<bdi dir="ltr">{product.code}</bdi>}
        actions={mayWrite ? <ProductStateButtons state={product.status} /> : null}
        facts={useFacts(product)}
      />
      <div className="grid gap-4">
        {answer && 'saved' in answer ? <Notice tone="positive">{t(`products.saved.${answer.intent}`)}</Notice> : null}
        {answer && 'problem' in answer ? (
          <Notice tone="critical">{label(`catalog:products.problem.${answer.problem}`, answer.problem)}</Notice>
        ) : null}
        {answer && 'fields' in answer && !namesFields.includes(answer.intent) ? (
          <Notice tone="critical">{t('products.problem.invalid')}</Notice>
        ) : null}
        <PriceCard prices={product.prices} freeMeters={product.freeMeters} />
        <div className="grid min-w-0 items-start gap-4 min-[80rem]:grid-cols-2">
          <CatalogTextsCard texts={product} language={language ?? page.language} longestName={200} mayWrite={mayWrite} />
          <BundleCard key={product.members.length} product={product} mayWrite={mayWrite} />
        </div>
        <Card title={t('products.terms')} className="min-w-0">
          <Form
            method="post"
            action="?intent=terms"
            className="grid items-start gap-4 sm:grid-cols-2 min-[80rem]:grid-cols-4"
            preventScrollReset
          >
            <FormToken />
            <TermFields product={product} error={error} typed={typed} />
            {mayWrite ? (
              <div className="col-span-full">
                <SubmitButton look="secondary">{t('products.saveTerms')}</SubmitButton>
              </div>
            ) : null}
          </Form>
        </Card>
        {product.offering ? <PlacesCard offering={product.offering} mayWrite={mayWrite} answer={refusedOf(answer, 'places')} /> : null}
        <StockCard product={product} mayWrite={mayWrite} answer={refusedOf(answer, 'stock')} />
      </div>
    </>
  )
}

function useFacts({ kind, productGroup, subscribers, spec }: ProductDetail): Fact[] {
  const { t } = useTranslation('catalog')
  const format = useFormat()
  const size =
    spec.cpuNumber && spec.memoryMib ? `${spec.cpuNumber} vCPU · ${format.quantity(spec.memoryMib / 1024)} GiB · ${spec.diskGib} GB` : null
  return [
    { label: t('products.kindLabel'), value: t(`products.kind.${kind}`) },
    { label: t('products.group'), value: productGroup ?? '–' },
    { label: t('products.subscribers'), value: subscribers },
    ...(size ? [{ label: t('products.size'), value: <bdi dir="ltr">{size}</bdi> }] : []),
    ...(spec.app ? [{ label: t('products.app'), value: t(`products.apps.${spec.app as 'free'}`) }] : []),
    ...(spec.availabilityPercent ? [{ label: t('products.availability'), value: format.percent(spec.availabilityPercent) }] : []),
  ]
}
