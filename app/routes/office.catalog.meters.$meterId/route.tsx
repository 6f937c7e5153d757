import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { listMeters, type MeterView } from '#app/reports/usage/meters.server.ts'
import { changeMeter, retireMeter } from '#app/services/usage/define-meter.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useWords } from '#app/ui/base/use-words.ts'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { Facts, PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'
import { ChangeForm, changeOf } from '../office.catalog.meters.new/meter-form.ts'
import { WordFields } from '../office.catalog.meters.new/word-fields.tsx'

const RetireForm = z.object({ retire: z.enum(['yes', 'no']) })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'catalog:read', async (ctx, { can }) => ({
    meter: orNotFound((await listMeters(ctx)).find(({ id }) => id === params.meterId)),
    mayWrite: can('catalog:write'),
  }))
  return { ...page, title: await pageTitle(request, 'catalog', 'meters.one') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { meterId } = params
  if (!isUuid(meterId)) throw refuse(404, 'not-found')
  const here = `/office/catalog/meters/${meterId}`
  if (new URL(request.url).searchParams.get('intent') === 'retire') {
    const form = await parseForm(request, RetireForm)
    if (!form.ok) throw refuse(400, 'invalid-deed')
    const retired = await asStaff(request, 'catalog:write', (ctx) => retireMeter(ctx, { meterId, isRetired: form.value.retire === 'yes' }))
    return retired.ok ? redirectWithToast(request, here, 'meter.changed') : data({ problem: retired.error }, { status: 409 })
  }
  const form = await parseForm(request, ChangeForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const values = Object.fromEntries(Object.entries(form.value).map(([name, text]) => [name, text ?? '']))
  const change = changeOf(form.value)
  if (!change.ok) return data({ fields: change.fields, values }, { status: 422 })
  const result = await asStaff(request, 'catalog:write', (ctx) => changeMeter(ctx, { meterId, ...change.value }))
  if (result.ok) return redirectWithToast(request, here, 'meter.changed')
  return data({ problem: result.error, values }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Meter() {
  const { meter, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  const { error, typed } = useFieldErrors(answer && 'values' in answer ? answer : undefined)
  return (
    <>
      <PageHeader
        title={<bdi>{inWords(meter.names) || meter.code}</bdi>}
        crumbs={[{ label: t('meters.title'), to: '/office/catalog/meters' }]}
        below={t(meter.isOfParent ? 'meters.ofParentText' : 'meters.ownText')}
        actions={mayWrite && !meter.isOfParent ? <RetireButton isRetired={meter.retiredAt !== null} /> : null}
      />
      {answer && 'problem' in answer ? <Notice tone="critical">{t(`meters.problem.${answer.problem}`)}</Notice> : null}
      <Card className="mt-4 max-w-3xl">
        <MeterFacts meter={meter} />
        <Form method="post" className="mt-6 grid grid-cols-1 items-start gap-4 sm:grid-cols-2" key={JSON.stringify(meter)}>
          <FormToken />
          <TextInput
            name="greatest"
            label={t('meters.greatest')}
            help={t('meters.greatestHelp')}
            required
            inputMode="decimal"
            dir="ltr"
            disabled={!mayWrite}
            defaultValue={typed('greatest') ?? meter.greatest}
            error={error('greatest')}
          />
          <WordFields known={meter} error={error} typed={typed} isReadOnly={!mayWrite} />
          {mayWrite ? (
            <div className="sm:col-span-2">
              <SubmitButton>{t('meters.save')}</SubmitButton>
            </div>
          ) : null}
        </Form>
      </Card>
    </>
  )
}

function MeterFacts({ meter }: { meter: Pick<MeterView, 'code' | 'kind' | 'unit' | 'roundUpTo' | 'prices'> & { retiredAt: unknown } }) {
  const { t } = useTranslation('catalog')
  return (
    <Facts
      facts={[
        { label: t('meters.code'), value: <bdi dir="ltr">{meter.code}</bdi> },
        { label: t('meters.kindLabel'), value: t(`meters.kind.${meter.kind}`) },
        { label: t('meters.unit'), value: t(`meters.units.${meter.unit}`) },
        { label: t('meters.roundUpTo'), value: meter.roundUpTo ? <bdi dir="ltr">{meter.roundUpTo}</bdi> : t('meters.exact') },
        { label: t('meters.state'), value: t(meter.retiredAt ? 'meters.isRetired' : 'meters.isInUse') },
      ]}
    />
  )
}

function RetireButton({ isRetired }: { isRetired: boolean }) {
  const { t } = useTranslation('catalog')
  return (
    <Form method="post" action="?intent=retire">
      <FormToken />
      <SubmitButton name="retire" value={isRetired ? 'no' : 'yes'} look={isRetired ? 'secondary' : 'danger'}>
        {t(isRetired ? 'meters.reinstate' : 'meters.retire')}
      </SubmitButton>
    </Form>
  )
}
