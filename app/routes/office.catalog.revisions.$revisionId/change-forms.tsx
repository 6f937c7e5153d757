import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RevisionDetail } from '#app/reports/catalogs/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useMeters } from '#app/ui/base/use-meters.ts'
import { useWords } from '#app/ui/base/use-words.ts'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFeeName } from '#app/ui/usage/use-fee-name.ts'
import { placeKinds } from './forms.ts'

type ChangeFormProps = {
  readonly revision: RevisionDetail
  readonly error: (name: string) => string | undefined
  readonly typed: (name: string) => string | undefined
}

function ChangeCard({ sort, title, help, children }: { sort: string; title: string; help: string; children: ReactNode }) {
  const { t } = useTranslation('catalog')
  return (
    <Card title={title}>
      <p className="mb-4 text-sm text-muted">{help}</p>
      <Form method="post" action={`?deed=${sort}`} className="grid items-start gap-4 sm:grid-cols-2">
        <FormToken />
        {children}
        <div className="sm:col-span-2">
          <SubmitButton look="secondary">{t('revisions.addChange')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

function ProductSelect({ name, revision, error, typed }: ChangeFormProps & { name: string }) {
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  return (
    <Select name={name} label={t('revisions.product')} defaultValue={typed(name)} error={error(name)}>
      {revision.products.map(({ id, name: words }) => (
        <option key={id} value={id}>
          {inWords(words)}
        </option>
      ))}
    </Select>
  )
}

/** Whether and where a product stands in the catalog. */
export function PlaceForm(props: ChangeFormProps) {
  const { t } = useTranslation(['catalog', 'common'])
  const { error, typed } = props
  return (
    <ChangeCard sort="place" title={t('revisions.placeTitle')} help={t('revisions.placeHelp')}>
      <ProductSelect name="placeProductId" {...props} />
      <Select name="change" label={t('revisions.change')} defaultValue={typed('change')} error={error('change')}>
        {placeKinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`revisions.kinds.${kind}`)}
          </option>
        ))}
      </Select>
      <TextInput
        name="position"
        label={t('revisions.position')}
        help={t('revisions.positionHelp')}
        isOptional={t('common:optional')}
        inputMode="numeric"
        dir="ltr"
        defaultValue={typed('position')}
        error={error('position')}
      />
    </ChangeCard>
  )
}

/** A new name in one language. */
export function TextForm(props: ChangeFormProps) {
  const { t } = useTranslation('catalog')
  const { error, typed } = props
  return (
    <ChangeCard sort="text" title={t('revisions.textTitle')} help={t('revisions.textHelp')}>
      <ProductSelect name="textProductId" {...props} />
      <TextInput
        name="language"
        label={t('revisions.language')}
        help={t('revisions.languageHelp')}
        required
        maxLength={2}
        dir="ltr"
        defaultValue={typed('language')}
        error={error('language')}
      />
      <TextInput name="name" label={t('revisions.newName')} required maxLength={120} defaultValue={typed('name')} error={error('name')} />
    </ChangeCard>
  )
}

/** One price: a fee, or what a unit of a meter costs. */
export function PriceForm(props: ChangeFormProps) {
  const { t } = useTranslation(['catalog', 'common'])
  const { revision, error, typed } = props
  const feeName = useFeeName()
  const meters = useMeters()
  const field = (name: string) => ({
    name,
    defaultValue: typed(name),
    error: error(name),
    inputMode: 'decimal' as const,
    dir: 'ltr' as const,
  })
  return (
    <ChangeCard sort="price" title={t('revisions.priceTitle')} help={t('revisions.priceHelp')}>
      <ProductSelect name="priceProductId" {...props} />
      <Select name="priceBookId" label={t('revisions.book')} defaultValue={typed('priceBookId')} error={error('priceBookId')}>
        {revision.books.map(({ id, name, currency }) => (
          <option key={id} value={id}>
            {name} · {currency}
          </option>
        ))}
      </Select>
      <Select name="fee" label={t('revisions.fee')} defaultValue={typed('fee')} error={error('fee')}>
        {(['recurring', 'setup', 'renewal', 'cancellation'] as const).map((kind) => (
          <option key={kind} value={kind}>
            {feeName(kind)}
          </option>
        ))}
        <optgroup label={t('revisions.usage')}>
          {meters.choices().map(({ code }) => (
            <option key={code} value={`usage:${code}`}>
              {feeName(`usage|${code}`)}
            </option>
          ))}
        </optgroup>
      </Select>
      <TextInput {...field('unitPrice')} label={t('revisions.price')} required />
      <TextInput {...field('cap')} label={t('revisions.cap')} help={t('revisions.capHelp')} isOptional={t('common:optional')} />
    </ChangeCard>
  )
}

/** All prices at once: those of a book, or those a version had. */
export function PricesForm({ revision, error, typed }: ChangeFormProps) {
  const { t } = useTranslation('catalog')
  const format = useFormat()
  return (
    <ChangeCard sort="prices" title={t('revisions.pricesTitle')} help={t('revisions.pricesHelp')}>
      <Select
        name="source"
        label={t('revisions.source')}
        defaultValue={typed('source')}
        error={error('source')}
        className="sm:col-span-2"
        suppressHydrationWarning
      >
        <optgroup label={t('revisions.ofBook')}>
          {revision.sources.map(({ id, name, currency }) => (
            <option key={id} value={`book:${id}`}>
              {name} · {currency}
            </option>
          ))}
        </optgroup>
        <optgroup label={t('revisions.ofVersion')}>
          {revision.versions.map(({ id, name, number, currency, validFrom }) => (
            <option key={id} value={`version:${id}`}>
              {t('revisions.version', { name, number, currency, day: format.date(validFrom) })}
            </option>
          ))}
        </optgroup>
      </Select>
    </ChangeCard>
  )
}
