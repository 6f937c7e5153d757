import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readVersion } from '#app/reports/price-changes/query.server.ts'
import { correctPrices } from '#app/services/pricing/correct-prices.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { CorrectionForm, figuresOf } from './correction-form.ts'
import { usePriceColumns } from './price-columns.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = orNotFound(isUuid(params.versionId) ? params.versionId : null)
  const version = orNotFound(await asStaff(request, 'catalog:write', (ctx) => readVersion(ctx, id)))
  return { version, title: await pageTitle(request, 'pricing', 'changes.correct') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const priceVersionId = orNotFound(isUuid(params.versionId) ? params.versionId : null)
  const form = await parseForm(request, CorrectionForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const result = await asStaff(request, 'catalog:write', async (ctx) => {
    const { prices } = orNotFound(await readVersion(ctx, priceVersionId))
    return correctPrices(ctx, { priceVersionId, note: form.value.note, figures: figuresOf(form.value, prices) })
  })
  if (!result.ok) return data({ problem: result.error }, { status: 409 })
  return redirectWithToast(request, '/office/pricing/changes', 'prices.corrected')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function CorrectVersion() {
  const { version } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('pricing')
  const errors = useFieldErrors(answer && 'values' in answer ? answer : undefined)
  const columns = usePriceColumns(version.currency, errors)
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('changes.title'), to: '/office/pricing/changes' }]}
        title={t('changes.correct')}
        beside={
          <span className="text-muted">
            <bdi>{version.bookName}</bdi> {version.number} · {version.currency}
          </span>
        }
        below={t('changes.correctLead')}
      />
      <div className="mb-4 grid gap-3 empty:hidden">
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`changes.problem.${answer.problem}`)}</Notice> : null}
        {version.state === 'withdrawn' ? <Notice tone="warning">{t('changes.problem.version-withdrawn')}</Notice> : null}
      </div>
      <Form method="post" className="grid gap-6">
        <FormToken />
        <Card isFlush>
          <Table
            caption={t('changes.prices')}
            rows={version.prices.map((price, index) => ({ ...price, index }))}
            rowKey={({ ruleId }) => ruleId}
            columns={columns}
          />
        </Card>
        <Card className="max-w-3xl">
          <div className="grid gap-4">
            <TextInput
              name="note"
              label={t('changes.correctNote')}
              help={t('changes.noteHelp')}
              defaultValue={errors.typed('note')}
              error={errors.error('note')}
              required
              maxLength={200}
            />
            <div>
              <SubmitButton>{t('changes.correctPublish')}</SubmitButton>
            </div>
          </div>
        </Card>
      </Form>
    </>
  )
}
