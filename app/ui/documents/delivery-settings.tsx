import { Form } from '@remix-run/react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { deliveryManners, type RecipientDocument } from '#app/domain/delivery/recipients.ts'
import { isLanguage, languageNames, supportedLanguages } from '#app/i18n/languages.ts'
import { Card } from '../base/card.tsx'
import { DateTime } from '../base/date-time.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { Notice } from '../base/notice.tsx'
import { Checkbox, Select, TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'
import { Table } from '../tables/table.tsx'

type Recipient = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly language: string | null
  readonly documents: readonly RecipientDocument[]
}
type Settings = {
  readonly account: { readonly email: string }
  readonly preference: { readonly manner: 'attached' | 'linked'; readonly hasXml: boolean; readonly byProject: boolean }
  readonly recipients: readonly Recipient[]
  readonly bounced: readonly { readonly address: string; readonly reason: string; readonly bouncedAt: Date }[]
}
export type DeliveryAnswer = Parameters<typeof useFieldErrors>[0] & { readonly problem?: 'no-documents' | 'too-many' }

type Props = { settings: Settings; answer: DeliveryAnswer | undefined }

/** Whom an account's documents go to and how; the same for the customer and for staff. */
export function DeliverySettingsView({ settings, answer }: Props) {
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid min-w-0 gap-6">
        {settings.bounced.map((bounced) => (
          <BouncedAddress key={bounced.address} bounced={bounced} />
        ))}
        <RecipientTable settings={settings} />
      </div>
      <div className="grid min-w-0 gap-6">
        <NewRecipient answer={answer} />
        <Preference settings={settings} />
      </div>
    </div>
  )
}

function BouncedAddress({ bounced: { address, reason, bouncedAt } }: { bounced: Settings['bounced'][number] }) {
  const { t } = useTranslation('delivery')
  return (
    <Notice
      tone="warning"
      title={
        <>
          {t('bounced.title')} <bdi dir="ltr">{address}</bdi>
        </>
      }
      action={
        <Form method="post">
          <FormToken />
          <input type="hidden" name="deed" value="confirm" />
          <input type="hidden" name="address" value={address} />
          <SubmitButton look="secondary" size="small">
            {t('bounced.confirm')}
          </SubmitButton>
        </Form>
      }
    >
      <p>{t('bounced.text')}</p>
      <p className="mt-1">
        <DateTime instant={bouncedAt} /> <bdi>{reason}</bdi>
      </p>
    </Notice>
  )
}

function RecipientTable({ settings: { recipients, account } }: { settings: Settings }) {
  const { t } = useTranslation('delivery')
  return (
    <Card id="recipients" title={t('recipients.title')} isFlush>
      <Table
        caption={t('recipients.title')}
        rows={recipients}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title={t('recipients.none')}>
            <bdi dir="ltr">{account.email}</bdi>
          </EmptyState>
        }
        columns={[
          { key: 'name', head: t('recipients.name'), isPrimary: true, isLong: true, cell: ({ name }) => <bdi>{name}</bdi> },
          {
            key: 'email',
            head: t('recipients.email'),
            isLong: true,
            cell: ({ email }) => (
              <bdi dir="ltr" className="wrap-anywhere">
                {email}
              </bdi>
            ),
          },
          { key: 'documents', head: t('recipients.documents'), isLong: true, cell: ({ documents }) => namesOf(documents, t).join(', ') },
          {
            key: 'language',
            head: t('recipients.language'),
            cell: ({ language }) => (language && isLanguage(language) ? languageNames[language] : t('recipients.ownLanguage')),
          },
          { key: 'remove', head: <span className="sr-only">{t('recipients.remove')}</span>, cell: (row) => <RemoveForm recipient={row} /> },
        ]}
      />
    </Card>
  )
}

function namesOf(documents: readonly RecipientDocument[], t: TFunction<'delivery'>): string[] {
  return documents.map((document) => t(`kind.${document}`))
}

function RemoveForm({ recipient }: { recipient: Recipient }) {
  const { t } = useTranslation('delivery')
  return (
    <Form method="post">
      <FormToken />
      <input type="hidden" name="deed" value="remove" />
      <input type="hidden" name="recipientId" value={recipient.id} />
      <SubmitButton look="quiet" size="small">
        {t('recipients.remove')}
        <span className="sr-only"> {recipient.email}</span>
      </SubmitButton>
    </Form>
  )
}

function NewRecipient({ answer }: { answer: DeliveryAnswer | undefined }) {
  const { t } = useTranslation('delivery')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="new-recipient" title={t('recipients.new')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        {answer?.problem ? <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice> : null}
        <TextInput name="name" label={t('recipients.name')} required maxLength={120} defaultValue={typed('name')} error={error('name')} />
        <TextInput
          name="email"
          type="email"
          label={t('recipients.email')}
          required
          dir="ltr"
          defaultValue={typed('email')}
          error={error('email')}
        />
        <Select name="language" label={t('recipients.language')} defaultValue={typed('language') ?? ''} error={error('language')}>
          <option value="">{t('recipients.ownLanguage')}</option>
          {supportedLanguages.map((language) => (
            <option key={language} value={language} lang={language}>
              {languageNames[language]}
            </option>
          ))}
        </Select>
        <fieldset className="grid gap-3">
          <legend className="mb-2 text-sm font-medium">{t('recipients.documents')}</legend>
          <Checkbox name="forInvoices" label={t('kind.invoice')} defaultChecked={!answer?.values || typed('forInvoices') === 'on'} />
          <Checkbox
            name="forCreditNotes"
            label={t('kind.credit-note')}
            defaultChecked={!answer?.values || typed('forCreditNotes') === 'on'}
          />
          <Checkbox name="forStatements" label={t('kind.statement')} defaultChecked={typed('forStatements') === 'on'} />
        </fieldset>
        <div>
          <SubmitButton name="deed" value="recipient">
            {t('recipients.add')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

function Preference({ settings: { preference } }: { settings: Settings }) {
  const { t } = useTranslation('delivery')
  return (
    <Card id="preference" title={t('preference.title')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <Select name="manner" label={t('preference.manner')} defaultValue={preference.manner} help={t('preference.help')}>
          {deliveryManners.map((manner) => (
            <option key={manner} value={manner}>
              {t(`manner.${manner}`)}
            </option>
          ))}
        </Select>
        <Checkbox name="hasXml" label={t('preference.xml')} defaultChecked={preference.hasXml} />
        <div className="grid gap-1.5">
          <Checkbox
            name="byProject"
            label={t('preference.byProject')}
            aria-describedby="by-project-help"
            defaultChecked={preference.byProject}
          />
          <p id="by-project-help" className="text-xs text-muted">
            {t('preference.byProjectHelp')}
          </p>
        </div>
        <div>
          <SubmitButton name="deed" value="preference" look="secondary">
            {t('preference.save')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
