import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { type Language, languageNames } from '#app/i18n/languages.ts'
import { Card } from '../base/card.tsx'
import { PersonPicture } from '../base/person-picture.tsx'
import { Select, TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'
import { ShortcutCard } from '../shell/shortcut-list.tsx'

type ProfileFacts = {
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly language: string
  readonly timeZone: string
  readonly pictureUrl: string | null
  readonly languages: readonly Language[]
  readonly sellerZone: string
  readonly timeZones: readonly string[]
}
type SectionProps = { facts: ProfileFacts; answer: unknown; actionPath: string }
type Fields = ReturnType<typeof useFieldErrors>

/** Who the reader is here: name, ways to reach them, language, time zone, picture, and the address they sign in with. */
export function ProfileSection({ facts, answer, actionPath }: SectionProps) {
  const fields = useFieldErrors(answer as Parameters<typeof useFieldErrors>[0])
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
      <ProfileCard facts={facts} fields={fields} actionPath={actionPath} />
      <div className="grid gap-6">
        <AddressCard email={facts.email} fields={fields} actionPath={actionPath} />
        <ShortcutCard />
      </div>
    </div>
  )
}

type CardProps = { facts: ProfileFacts; fields: Fields; actionPath: string }

function ProfileCard({ facts, fields: { error, typed }, actionPath }: CardProps) {
  const { t } = useTranslation('person')
  return (
    <Card id="profile" title={t('profile.facts')}>
      <Form method="post" action={actionPath} encType="multipart/form-data" className="grid max-w-lg gap-4">
        <FormToken />
        <TextInput
          name="name"
          label={t('profile.name')}
          autoComplete="name"
          required
          maxLength={120}
          defaultValue={typed('name') ?? facts.name}
          error={error('name')}
        />
        <TextInput
          name="phone"
          type="tel"
          label={t('profile.phone')}
          help={t('profile.phoneHelp')}
          autoComplete="tel"
          maxLength={40}
          defaultValue={typed('phone') ?? facts.phone}
          error={error('phone')}
          dir="ltr"
        />
        <Choices facts={facts} error={error} typed={typed} />
        <PictureField facts={facts} error={error} />
        <div>
          <SubmitButton name="deed" value="save-profile">
            {t('profile.save')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

function Choices({ facts, error, typed }: { facts: ProfileFacts } & Pick<Fields, 'error' | 'typed'>) {
  const { t } = useTranslation('person')
  return (
    <>
      <Select
        name="language"
        label={t('profile.language')}
        help={t('profile.languageHelp')}
        defaultValue={typed('language') ?? facts.language}
        error={error('language')}
      >
        {facts.languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {languageNames[language]}
          </option>
        ))}
      </Select>
      <Select
        name="timeZone"
        label={t('profile.timeZone')}
        help={t('profile.timeZoneHelp')}
        defaultValue={typed('timeZone') ?? facts.timeZone}
        error={error('timeZone')}
      >
        <option value="">{t('profile.sellerZone', { zone: facts.sellerZone })}</option>
        {facts.timeZones.map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </Select>
    </>
  )
}

function PictureField({ facts, error }: { facts: ProfileFacts; error: Fields['error'] }) {
  const { t } = useTranslation('person')
  return (
    <div className="flex flex-wrap items-start gap-4">
      <PersonPicture name={facts.name} url={facts.pictureUrl} size="large" />
      <div className="grid min-w-0 grow gap-2">
        <TextInput
          name="picture"
          type="file"
          accept="image/png,image/jpeg,image/webp"
          label={t('profile.picture')}
          help={t('profile.pictureHelp')}
          error={error('picture')}
        />
        {facts.pictureUrl ? (
          <div>
            <SubmitButton name="deed" value="remove-picture" look="secondary" size="small" formNoValidate>
              {t('profile.removePicture')}
            </SubmitButton>
          </div>
        ) : null}
      </div>
    </div>
  )
}

function AddressCard({ email, fields: { error, typed }, actionPath }: { email: string; fields: Fields; actionPath: string }) {
  const { t } = useTranslation('person')
  return (
    <Card id="address" title={t('address.title')}>
      <Form method="post" action={actionPath} className="grid max-w-sm gap-4">
        <FormToken />
        <p className="text-sm text-muted">
          {t('address.present')}{' '}
          <bdi dir="ltr" className="font-medium break-words text-text">
            {email}
          </bdi>
        </p>
        <TextInput
          name="newEmail"
          type="email"
          label={t('address.new')}
          help={t('address.help')}
          autoComplete="email"
          required
          maxLength={254}
          defaultValue={typed('newEmail')}
          error={error('newEmail')}
          dir="ltr"
        />
        <TextInput
          name="emailPassword"
          type="password"
          label={t('yourPassword')}
          autoComplete="current-password"
          required
          error={error('emailPassword')}
          dir="ltr"
        />
        <div>
          <SubmitButton name="deed" value="change-email" look="secondary">
            {t('address.change')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
