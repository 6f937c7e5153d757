import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { printIban } from '#app/domain/bank/iban.ts'
import { readBankDetails } from '#app/reports/bank-details/query.server.ts'
import { saveBankDetails } from '#app/services/tenancy/save-bank-details.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

const text = (longest: number) => z.string().trim().max(longest, 'too-long').default('')
const BankForm = z.object({ holder: text(70), bankName: text(70), iban: text(42), bic: text(20), qrIban: text(42) })

export async function loader({ request }: LoaderFunctionArgs) {
  const bank = await asStaff(request, 'settings:write', (ctx) => readBankDetails(ctx))
  return { bank, title: await pageTitle(request, 'office', 'nav.bankDetails') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, BankForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const saved = await asStaff(request, 'settings:write', (ctx) => saveBankDetails(ctx, form.value))
  if (!saved.ok) return data({ fields: { [saved.error.field]: saved.error.code }, values: form.value }, { status: 422 })
  return redirectWithToast(request, '/office/bank-details', 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function BankDetails() {
  const { bank } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  const { error, typed } = useFieldErrors(answer)
  const field = (name: keyof z.output<typeof BankForm>, stored: string | null | undefined) => ({
    name,
    defaultValue: typed(name) ?? stored ?? '',
    error: error(name),
    autoComplete: 'off',
  })
  return (
    <>
      <PageHeader title={t('nav.bankDetails')} below={t('bank.lead')} />
      <Card className="max-w-2xl">
        <Form method="post" className="grid gap-5">
          <FormToken />
          <TextInput {...field('holder', bank?.holder)} label={t('bank.holder')} maxLength={70} />
          <TextInput {...field('bankName', bank?.bankName)} label={t('bank.bankName')} maxLength={70} />
          <TextInput {...field('iban', bank && printIban(bank.iban))} label={t('bank.iban')} dir="ltr" maxLength={42} />
          <TextInput {...field('bic', bank?.bic)} label={t('bank.bic')} help={t('bank.bicHelp')} dir="ltr" maxLength={20} />
          <TextInput
            {...field('qrIban', bank?.qrIban ? printIban(bank.qrIban) : '')}
            label={t('bank.qrIban')}
            help={t('bank.qrIbanHelp')}
            dir="ltr"
            maxLength={42}
          />
          <div>
            <SubmitButton>{t('bank.save')}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  )
}
