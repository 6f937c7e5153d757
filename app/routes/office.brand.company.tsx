import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { BrandContent } from '#app/domain/brand/brand-content.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SaveBar } from '#app/ui/forms/save-bar.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { brandDesk, saveSection } from '#app/web/branding/brand-desk.server.ts'
import { revision } from '#app/web/branding/brand-fields.ts'
import { email } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

const plain = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest, 'too-long')
    .regex(/^[^\r\n<>]*$/, 'plain-text')
const CompanyForm = z.object({
  revision,
  fromName: plain(50).min(1, 'required'),
  fromAddress: email,
  replyTo: email.optional(),
  registrationNumber: plain(60).optional(),
  registrationCourt: plain(80).optional(),
  management: z
    .string()
    .max(900, 'too-long')
    .regex(/^[^<>]*$/, 'plain-text')
    .optional(),
  email,
  phone: plain(30).optional(),
  website: plain(80).optional(),
  statusPage: z
    .url({ protocol: /^https$/, error: 'malformed-address' })
    .max(200, 'too-long')
    .optional(),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const { content, revision: current } = await brandDesk(request)
  const { seller, mail, statusPage } = content
  return {
    revision: current,
    legalName: seller.legalName,
    fields: {
      fromName: mail.fromName,
      fromAddress: mail.fromAddress,
      replyTo: mail.replyTo,
      registrationNumber: seller.registration?.number,
      registrationCourt: seller.registration?.court,
      management: seller.management.join('\n'),
      email: seller.email,
      phone: seller.phone,
      website: seller.website,
      statusPage,
    },
    title: await pageTitle(request, 'brand', 'section.company'),
  }
}

export const action = ({ request }: ActionFunctionArgs) =>
  saveSection(request, { schema: CompanyForm, path: '/office/brand/company', change: changeOf })

function changeOf(form: z.output<typeof CompanyForm>, { seller: before }: BrandContent): Partial<BrandContent> {
  const { registration: _registration, phone: _phone, website: _website, ...seller } = before
  const { registrationNumber: number, registrationCourt: court, phone, website, replyTo } = form
  const management = (form.management ?? '')
    .split(/[\r\n]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return {
    mail: { fromName: form.fromName, fromAddress: form.fromAddress, ...(replyTo ? { replyTo } : {}) },
    statusPage: form.statusPage,
    seller: {
      ...seller,
      management,
      email: form.email,
      ...(number && court ? { registration: { number, court } } : {}),
      ...(phone ? { phone } : {}),
      ...(website ? { website } : {}),
    },
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Company() {
  const { revision: current, fields, legalName } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['brand', 'common'])
  const { error, typed } = useFieldErrors(answer)
  const field = (name: keyof typeof fields) => ({
    name,
    label: t(`company.${name}`),
    error: error(name),
    defaultValue: typed(name) ?? fields[name] ?? '',
    autoComplete: 'off',
  })
  return (
    <Form method="post" key={current} className="flex flex-col gap-6">
      <FormToken />
      <input type="hidden" name="revision" value={current} />
      {answer?.problem ? <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice> : null}
      <Card id="sender" title={t('company.sender')}>
        <div className="grid gap-5">
          <TextInput {...field('fromName')} maxLength={50} required />
          <TextInput {...field('fromAddress')} type="email" dir="ltr" maxLength={254} required />
          <TextInput {...field('replyTo')} type="email" dir="ltr" maxLength={254} isOptional={t('common:optional')} />
        </div>
      </Card>
      <Card id="facts" title={legalName}>
        <div className="grid gap-5">
          <TextInput {...field('registrationNumber')} maxLength={60} isOptional={t('common:optional')} />
          <TextInput {...field('registrationCourt')} maxLength={80} isOptional={t('common:optional')} />
          <TextArea {...field('management')} help={t('company.managementHelp')} isOptional={t('common:optional')} />
          <TextInput {...field('email')} type="email" dir="ltr" maxLength={254} required />
          <TextInput {...field('phone')} dir="ltr" maxLength={30} isOptional={t('common:optional')} />
          <TextInput {...field('website')} dir="ltr" maxLength={80} isOptional={t('common:optional')} />
          <TextInput
            {...field('statusPage')}
            type="url"
            dir="ltr"
            maxLength={200}
            help={t('company.statusPageHelp')}
            isOptional={t('common:optional')}
          />
        </div>
      </Card>
      <SaveBar>{t('deed.save')}</SaveBar>
    </Form>
  )
}
