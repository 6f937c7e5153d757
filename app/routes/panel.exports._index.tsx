import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { sellerMonth } from '#app/reports/seller-month.server.ts'
import { Button, ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { previous } = await asCustomer(request, 'invoice:read', sellerMonth)
  const lastMonth = new Date((previous.start.getTime() + previous.end.getTime()) / 2).toISOString().slice(0, 7)
  return { lastMonth, title: await pageTitle(request, 'panel', 'costData.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function CostData() {
  const { lastMonth } = useLoaderData<typeof loader>()
  const { t } = useTranslation('panel')
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('nav.usage'), to: '/panel/usage' }]}
        title={t('costData.title')}
        below={t('costData.lead')}
        actions={
          <ButtonLink to="/panel/exports/schedules" look="secondary">
            {t('costData.schedules')}
          </ButtonLink>
        }
      />
      <Card className="max-w-xl">
        <Form method="get" action="/panel/exports/focus" reloadDocument className="grid gap-4">
          <TextInput name="month" type="month" label={t('usage.month')} defaultValue={lastMonth} help={t('costData.help')} required />
          <div>
            <Button>{t('costData.download')}</Button>
          </div>
        </Form>
      </Card>
    </>
  )
}
