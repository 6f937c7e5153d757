import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { AppTier } from '#app/domain/apps/app-template.ts'
import { mostPieces } from '#app/domain/catalog/order-pieces.ts'
import { supportedLanguages } from '#app/i18n/languages.ts'
import { ButtonLink, buttonClasses } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Checkbox, FieldNote, Select, TextInput } from '#app/ui/field.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { LanguageTabs } from '#app/ui/language-tabs.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { useFieldErrors } from '#app/ui/use-field-errors.ts'
import { useWords } from '#app/ui/use-words.ts'
import type { action, loader } from './route.tsx'

/** One tier: its name in one language, what it is made of, how many, and who talks to whom. */
export function TierForm({ tier }: { tier: AppTier | null }) {
  const { template, language, images } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('catalog')
  const { error, typed } = useFieldErrors(answer && 'fields' in answer && answer.intent === 'tier' ? answer : undefined)
  const number = { type: 'number', min: 1, max: mostPieces, step: 1, inputMode: 'numeric' } as const
  const query = `tier=${tier?.code ?? 'new'}&in=${language}`
  return (
    <Card id="tier" title={tier ? t('apps.tier') : t('apps.addTier')} className="max-w-3xl">
      <LanguageTabs label={t('products.texts')} languages={supportedLanguages} chosen={language} />
      <Form method="post" action={`?intent=tier&${query}`} key={language} className="grid items-start gap-4 sm:grid-cols-2">
        <FormToken />
        <input type="hidden" name="language" value={language} />
        <TextInput
          name="title"
          label={t('products.name')}
          required
          maxLength={60}
          lang={language}
          dir="auto"
          defaultValue={typed('title') ?? tier?.name[language] ?? ''}
          error={error('title')}
        />
        <TextInput
          name="code"
          label={t('products.code')}
          help={t('apps.tierCodeHelp')}
          required
          maxLength={24}
          dir="ltr"
          readOnly={tier !== null}
          defaultValue={typed('code') ?? tier?.code ?? ''}
          error={error('code')}
        />
        <Plans chosen={tier?.planCodes ?? []} error={error('planCodes')} />
        <Select
          name="imageCode"
          label={t('apps.image')}
          help={t('apps.imageHelp')}
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
          label={t('apps.port')}
          help={t('apps.portHelp')}
          isOptional={t('apps.optional')}
          inputMode="numeric"
          dir="ltr"
          defaultValue={typed('port') ?? tier?.port ?? ''}
          error={error('port')}
        />
        <TextInput
          {...number}
          name="least"
          label={t('apps.least')}
          defaultValue={typed('least') ?? tier?.least ?? 1}
          error={error('least')}
        />
        <TextInput {...number} name="most" label={t('apps.most')} defaultValue={typed('most') ?? tier?.most ?? 1} error={error('most')} />
        <Checkbox name="isPublic" label={t('apps.isPublic')} defaultChecked={tier?.isPublic ?? false} />
        <Callees tier={tier} error={error('talksTo')} />
        <div className="flex flex-wrap gap-3 sm:col-span-2">
          <SubmitButton>{t('apps.saveTier')}</SubmitButton>
          {tier ? (
            <button type="submit" formAction={`?intent=remove-tier&${query}`} formNoValidate className={buttonClasses('danger')}>
              {t('apps.removeTier')}
            </button>
          ) : null}
          <ButtonLink to={`/office/catalog/apps/${template.id}`} look="secondary">
            {t('apps.back')}
          </ButtonLink>
        </div>
      </Form>
    </Card>
  )
}

/** The sizes a buyer chooses among. */
function Plans({ chosen, error }: { chosen: readonly string[]; error: string | undefined }) {
  const { plans } = useLoaderData<typeof loader>()
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  return (
    <fieldset className="sm:col-span-2">
      <legend className="mb-1.5 text-sm font-medium">{t('apps.plans')}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {plans.map(({ code, name }) => (
          <Checkbox key={code} name={`plan-${code}`} label={inWords(name) || code} defaultChecked={chosen.includes(code)} />
        ))}
      </div>
      <FieldNote id="planCodes" help={t('apps.plansHelp')} error={error} />
    </fieldset>
  )
}

/** The other tiers that this one calls. */
function Callees({ tier, error }: { tier: AppTier | null; error: string | undefined }) {
  const { template } = useLoaderData<typeof loader>()
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  const others = template.tiers.filter(({ code }) => code !== tier?.code)
  if (others.length === 0) return null
  return (
    <fieldset className="sm:col-span-2">
      <legend className="mb-1.5 text-sm font-medium">{t('apps.talksTo')}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {others.map(({ code, name }) => (
          <Checkbox
            key={code}
            name={`talks-${code}`}
            label={inWords(name) || code}
            defaultChecked={tier?.talksTo.includes(code) ?? false}
          />
        ))}
      </div>
      <FieldNote id="talksTo" error={error} />
    </fieldset>
  )
}
