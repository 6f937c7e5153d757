import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppTier } from '#app/domain/apps/app-template.ts'
import { mostPieces } from '#app/domain/catalog/order-pieces.ts'
import type { Language } from '#app/i18n/languages.ts'
import { ButtonLink, buttonClasses } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { LanguageTabs } from '../base/language-tabs.tsx'
import { useWords } from '../base/use-words.ts'
import { Checkbox, FieldNote, Select, TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'

type Answer = { readonly fields?: Readonly<Record<string, string>>; readonly values?: Readonly<Record<string, string>> } | undefined

export type TierFormProps = {
  /** What is changed; a new one where it is null. */
  readonly tier: AppTier | null
  /** All tiers that are there. */
  readonly tiers: readonly AppTier[]
  readonly plans: readonly { readonly code: string; readonly label: ReactNode }[]
  readonly images: readonly { readonly code: string; readonly name: string }[]
  /** In which its name is typed, with those that it can be typed in; its owner's own words without. */
  readonly languages?: { readonly all: readonly Language[]; readonly chosen: Language } | undefined
  readonly answer: Answer
  readonly backTo: string
}

/** One tier: its name, what it is made of, how many, and who talks to whom. */
export function TierForm(props: TierFormProps) {
  const { tier, images, languages, answer, backTo } = props
  const { t } = useTranslation(['apps', 'common'])
  const { error, typed } = useFieldErrors(answer)
  const number = { type: 'number', min: 1, max: mostPieces, step: 1, inputMode: 'numeric' } as const
  const language = languages?.chosen
  const query = `tier=${tier?.code ?? 'new'}${language ? `&in=${language}` : ''}`
  // A box that was cleared sends nothing: what was typed counts as a whole.
  const isTicked = (name: string, before: boolean) => (answer?.values ? answer.values[name] === 'on' : before)
  return (
    <Card id="tier" title={tier ? t('tier.one') : t('tier.add')} className="max-w-3xl">
      {languages ? <LanguageTabs label={t('tier.texts')} languages={languages.all} chosen={languages.chosen} /> : null}
      <Form method="post" action={`?intent=tier&${query}`} key={language} className="grid items-start gap-4 sm:grid-cols-2">
        <FormToken />
        {language ? <input type="hidden" name="language" value={language} /> : null}
        <TextInput
          name="title"
          label={t('tier.name')}
          required
          maxLength={60}
          lang={language}
          dir="auto"
          defaultValue={typed('title') ?? tier?.name[language ?? 'en'] ?? ''}
          error={error('title')}
        />
        <TextInput
          name="code"
          label={t('tier.code')}
          help={t('tier.codeHelp')}
          required
          maxLength={24}
          dir="ltr"
          readOnly={tier !== null}
          defaultValue={typed('code') ?? tier?.code ?? ''}
          error={error('code')}
        />
        <Plans {...props} isTicked={isTicked} error={error('planCodes')} />
        <Select
          name="imageCode"
          label={t('tier.image')}
          help={t('tier.imageHelp')}
          defaultValue={typed('imageCode') ?? tier?.imageCode}
          error={error('imageCode')}
        >
          {images.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
        <TextInput
          name="port"
          label={t('tier.port')}
          help={t('tier.portHelp')}
          isOptional={t('common:optional')}
          inputMode="numeric"
          dir="ltr"
          defaultValue={typed('port') ?? tier?.port ?? ''}
          error={error('port')}
        />
        <TextInput
          {...number}
          name="least"
          label={t('tier.least')}
          defaultValue={typed('least') ?? tier?.least ?? 1}
          error={error('least')}
        />
        <TextInput {...number} name="most" label={t('tier.most')} defaultValue={typed('most') ?? tier?.most ?? 1} error={error('most')} />
        <Checkbox name="isPublic" label={t('tier.isPublic')} defaultChecked={isTicked('isPublic', tier?.isPublic ?? false)} />
        <Callees {...props} isTicked={isTicked} error={error('talksTo')} />
        <div className="flex flex-wrap gap-3 sm:col-span-2">
          <SubmitButton>{t('tier.save')}</SubmitButton>
          {tier ? (
            <button type="submit" formAction={`?intent=remove-tier&${query}`} formNoValidate className={buttonClasses('danger')}>
              {t('tier.remove')}
            </button>
          ) : null}
          <ButtonLink to={backTo} look="secondary">
            {t('tier.back')}
          </ButtonLink>
        </div>
      </Form>
    </Card>
  )
}

type BoxesProps = Pick<TierFormProps, 'tier' | 'tiers' | 'plans'> & {
  readonly isTicked: (name: string, before: boolean) => boolean
  readonly error: string | undefined
}

/** The sizes that can be chosen among when it is ordered. */
function Plans({ tier, plans, isTicked, error }: BoxesProps) {
  const { t } = useTranslation('apps')
  return (
    <fieldset className="sm:col-span-2">
      <legend className="mb-1.5 text-sm font-medium">{t('tier.plans')}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {plans.map(({ code, label }) => (
          <Checkbox
            key={code}
            name={`plan-${code}`}
            label={label}
            defaultChecked={isTicked(`plan-${code}`, tier?.planCodes.includes(code) ?? false)}
          />
        ))}
      </div>
      <FieldNote id="planCodes" help={t('tier.plansHelp')} error={error} />
    </fieldset>
  )
}

/** The other tiers that this one calls. */
function Callees({ tier, tiers, isTicked, error }: BoxesProps) {
  const { t } = useTranslation('apps')
  const inWords = useWords()
  const others = tiers.filter(({ code }) => code !== tier?.code)
  if (others.length === 0) return null
  return (
    <fieldset className="sm:col-span-2">
      <legend className="mb-1.5 text-sm font-medium">{t('tier.talksTo')}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {others.map(({ code, name }) => (
          <Checkbox
            key={code}
            name={`talks-${code}`}
            label={inWords(name) || code}
            defaultChecked={isTicked(`talks-${code}`, tier?.talksTo.includes(code) ?? false)}
          />
        ))}
      </div>
      <FieldNote id="talksTo" error={error} />
    </fieldset>
  )
}
