import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listPlans } from '#app/reports/plans/query.server.ts'
import { listAccountOptions } from '#app/reports/price-simulation/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { usePage } from '#app/ui/base/page-context.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { Select, TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { recentMonths } from '#app/web/request/months.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { simulate } from './simulate.server.ts'
import { SimulationResult } from './simulation-result.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'catalog:read', async (ctx, { tenant }) => ({
    ...(await listPlans(ctx)),
    accounts: await listAccountOptions(ctx),
    months: recentMonths(ctx.now, tenant.timeZone),
  }))
  return { ...page, title: await pageTitle(request, 'pricing', 'simulate.title') }
}

export const action = ({ request }: ActionFunctionArgs) => simulate(request)

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Simulate() {
  const { t } = useTranslation('pricing')
  const answer = useActionData<typeof action>()
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('plans.title'), to: '/office/pricing/plans' }]}
        title={t('simulate.title')}
        below={t('simulate.lead')}
      />
      <div className="grid grid-cols-1 gap-6">
        {answer ? <SimulationResult answer={answer} /> : null}
        <SimulateForm values={answer?.values ?? {}} />
      </div>
    </>
  )
}

type Values = Readonly<Partial<Record<'plan' | 'productId' | 'json' | 'usage' | 'accountId' | 'month', string | undefined>>>

function SimulateForm({ values }: { values: Values }) {
  const { books, drafts, products, accounts, months } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pricing')
  const { language } = usePage()
  const format = useFormat()
  return (
    <Form method="post" encType="multipart/form-data" className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
      <FormToken />
      <Card title={t('simulate.plan')}>
        <div className="grid grid-cols-1 gap-4">
          <Select name="plan" label={t('simulate.which')} defaultValue={values.plan}>
            {books.map(({ id, name, currency }) => (
              <option key={id} value={`book:${id}`}>{`${t('plans.book')}: ${name} · ${currency}`}</option>
            ))}
            {drafts.map(({ id, name, currency }) => (
              <option key={id} value={`draft:${id}`}>{`${t('plans.draft')}: ${name} · ${currency}`}</option>
            ))}
          </Select>
          <Select name="productId" label={t('plans.product')} help={t('simulate.productHelp')} defaultValue={values.productId}>
            <option value="">{t('plans.rateCard')}</option>
            {products.map(({ id, code, name }) => (
              <option key={id} value={id}>
                {name[language] ?? name.en ?? code}
              </option>
            ))}
          </Select>
          <TextArea name="json" label={t('simulate.json')} help={t('simulate.jsonHelp')} isCode rows={8} defaultValue={values.json} />
        </div>
      </Card>
      <Card title={t('simulate.usage')}>
        <div className="grid grid-cols-1 gap-4">
          <Select name="accountId" label={t('simulate.account')} defaultValue={values.accountId}>
            <option value="">–</option>
            {accounts.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <Select name="month" label={t('simulate.month')} defaultValue={values.month ?? months[1]}>
            {months.map((month) => (
              <option key={month} value={month} suppressHydrationWarning>
                {format.month(new Date(`${month}-15T12:00:00Z`))}
              </option>
            ))}
          </Select>
          <TextInput name="file" type="file" accept=".csv,text/csv" label={t('simulate.file')} />
          <TextArea name="usage" label={t('simulate.csv')} help={t('simulate.csvHelp')} isCode rows={8} defaultValue={values.usage} />
        </div>
      </Card>
      <div>
        <SubmitButton>{t('simulate.run')}</SubmitButton>
      </div>
    </Form>
  )
}
