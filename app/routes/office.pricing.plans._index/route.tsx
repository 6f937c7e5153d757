import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { listPlans } from '#app/reports/plans/query.server.ts'
import { startPlanDraft } from '#app/services/pricing/save-plan-draft.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { usePage } from '#app/ui/base/page-context.tsx'
import { Select } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { BookTable, DraftTable } from './plan-tables.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'catalog:read', async (ctx, { can }) => ({
    ...(await listPlans(ctx)),
    mayWrite: can('catalog:write'),
  }))
  return { ...page, title: await pageTitle(request, 'pricing', 'plans.title') }
}

const StartForm = z.object({ priceBookId: uuid, productId: uuid.optional() })

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, StartForm)
  if (!form.ok) return data({ problem: 'book-not-found' as const }, { status: 422 })
  const { priceBookId, productId = null } = form.value
  const result = await asStaff(request, 'catalog:write', (ctx) => startPlanDraft(ctx, { priceBookId, productId }))
  if (!result.ok) return data({ problem: result.error }, { status: 404 })
  return redirectWithToast(request, `/office/pricing/plans/${result.value.draftId}`, 'plan.started')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Plans() {
  const { books, drafts, products, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('pricing')
  const { language } = usePage()
  return (
    <>
      <PageHeader
        title={t('plans.title')}
        below={t('plans.lead')}
        actions={
          <ButtonLink to="/office/pricing/simulate" look="secondary">
            {t('simulate.title')}
          </ButtonLink>
        }
      />
      <div className="grid gap-6">
        {answer ? <Notice tone="critical">{t(`plans.problem.${answer.problem}`)}</Notice> : null}
        {mayWrite && books.length > 0 ? (
          <Card title={t('plans.start')}>
            <Form method="post" className="grid items-end gap-4 md:grid-cols-[1fr_1fr_auto]">
              <FormToken />
              <Select name="priceBookId" label={t('plans.book')}>
                {books.map(({ id, name, currency }) => (
                  <option key={id} value={id}>{`${name} · ${currency}`}</option>
                ))}
              </Select>
              <Select name="productId" label={t('plans.product')}>
                <option value="">{t('plans.rateCard')}</option>
                {products.map(({ id, code, name }) => (
                  <option key={id} value={id}>
                    {name[language] ?? name.en ?? code}
                  </option>
                ))}
              </Select>
              <SubmitButton>{t('plans.startDraft')}</SubmitButton>
            </Form>
          </Card>
        ) : null}
        <DraftTable drafts={drafts} />
        <BookTable books={books} />
      </div>
    </>
  )
}
