import { Form } from '@remix-run/react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isCurrency } from '#app/domain/money/currency.ts'
import type { DiscountScope } from '#app/domain/promo/discount.ts'
import { type PromotionKind, type PromotionTerms, scopesOf } from '#app/domain/promo/promotion.ts'
import type { PromotionChoices } from '#app/reports/promotions/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { usePromotionWords } from '#app/ui/catalog/promotion-words.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { textFieldsOf } from '#app/ui/forms/text-fields.ts'
import { ConditionFields, LimitFields, NameFields, StackFields } from './condition-fields.tsx'
import { ExampleBasket } from './example-basket.tsx'
import { amountField, termsOf, tickedScopes } from './promotion-form.ts'
import { TermFields } from './term-fields.tsx'

export type EditorValues = Readonly<Record<string, string | undefined>>
export type EditorFields = { readonly value: (name: string) => string | undefined; readonly error: (name: string) => string | undefined }
type EditorProps = {
  choices: PromotionChoices
  values: EditorValues
  error: (name: string) => string | undefined
  isNew: boolean
  mayWrite: boolean
}

/** The editor: what the promotion does is said in one sentence and shown on an example while one types. */
export function Editor({ choices, values, error, isNew, mayWrite }: EditorProps) {
  const { t } = useTranslation('promotion')
  const [draft, setDraft] = useState<EditorValues>(values)
  const fields: EditorFields = { value: (name) => values[name], error }
  const follow = (event: FormEvent<HTMLFormElement>) => setDraft(Object.fromEntries(textFieldsOf(new FormData(event.currentTarget))))
  return (
    <Form method="post" onChange={follow} className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
      <FormToken />
      <fieldset disabled={!mayWrite} className="grid min-w-0 gap-6">
        <NameFields fields={fields} isNew={isNew} />
        <TermFields fields={fields} choices={choices} kind={kindOf(draft.kind)} />
        <ConditionFields fields={fields} choices={choices} />
        <LimitFields fields={fields} choices={choices} />
        <StackFields fields={fields} />
      </fieldset>
      <aside className="grid gap-4 xl:sticky xl:top-6">
        <Preview draft={draft} choices={choices} />
        {mayWrite ? (
          <SubmitButton name="deed" value="save">
            {isNew ? t('form.create') : t('form.save')}
          </SubmitButton>
        ) : null}
      </aside>
    </Form>
  )
}

function Preview({ draft, choices }: { draft: EditorValues; choices: PromotionChoices }) {
  const { t } = useTranslation('promotion')
  const words = usePromotionWords()
  const { terms, scopes } = readDraft(draft, choices.currencies)
  const currency = choices.currencies.find(isCurrency) ?? 'EUR'
  return (
    <Card id="preview" title={t('form.preview')}>
      <p className="mb-4 text-sm font-medium" aria-live="polite" suppressHydrationWarning>
        {terms ? words.sentence(terms, scopesOf({ terms, scopes })) : t('form.incomplete')}
      </p>
      <p className="small-label mb-2">{t('example.title')}</p>
      <ExampleBasket terms={terms} scopes={scopes} currency={currency} />
    </Card>
  )
}

function readDraft(draft: EditorValues, currencies: readonly string[]): { terms: PromotionTerms | null; scopes: DiscountScope[] } {
  const decimal = (text: string | undefined) => (text && /^\d{1,12}(\.\d{1,12})?$/.test(text) ? text : undefined)
  const periods = draft.periods && /^[1-9]\d{0,2}$/.test(draft.periods) ? Number(draft.periods) : undefined
  const terms = termsOf(
    { kind: kindOf(draft.kind), percent: decimal(draft.percent), periods, meter: draft.meter, units: decimal(draft.units) },
    new Map(currencies.map((currency) => [currency, draft[amountField(currency)]])),
  )
  return { terms: terms.ok ? terms.value : null, scopes: tickedScopes(draft) }
}

function kindOf(text: string | undefined): PromotionKind {
  return text === 'amount' || text === 'free-units' || text === 'free-period' ? text : 'percent'
}
