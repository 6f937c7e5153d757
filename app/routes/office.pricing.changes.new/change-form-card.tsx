import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { priceRoundings } from '#app/domain/pricing/price-change/round-price.ts'
import type { PriceOptions } from '#app/reports/price-changes/shape.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { keyPart, useLabel } from '#app/ui/base/use-label.ts'
import { FieldNote, Select, TextInput } from '#app/ui/forms/field.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { feeKinds } from './change-form.ts'

type ChangeFormProps = {
  options: PriceOptions
  /** What the address asks for already. */
  query: string
  fields: Readonly<Record<string, string>>
  firstDay: string
}

/** By how much, of which prices, in which books, from when: asked by address, so that a preview can be sent to somebody. */
export function ChangeFormCard({ options, query, fields, firstDay }: ChangeFormProps) {
  const { t } = useTranslation('pricing')
  const { error } = useFieldErrors({ fields })
  const asked = new URLSearchParams(query)
  return (
    <Card title={t('changes.what')} id="change">
      <Form method="get" className="grid gap-6" key={query}>
        <ShiftFields options={options} asked={asked} error={error} />
        <WhichPrices options={options} asked={asked} />
        <Group label={t('changes.books')} error={error('books')}>
          {options.books.map(({ id, name, currency }) => (
            <Choice
              key={id}
              name="book"
              value={id}
              isChosen={asked.has('method') ? asked.getAll('book').includes(id) : options.books.length === 1}
            >
              <bdi>{name}</bdi> <span className="text-muted">{currency}</span>
            </Choice>
          ))}
        </Group>
        <div className="grid gap-4 sm:grid-cols-3">
          <TextInput
            name="on"
            type="date"
            label={t('changes.on')}
            help={t('changes.onHelp')}
            min={firstDay}
            defaultValue={asked.get('on') ?? firstDay}
            error={error('on')}
            required
          />
          <TextInput
            name="note"
            label={t('changes.note')}
            help={t('changes.noteHelp')}
            defaultValue={asked.get('note') ?? ''}
            error={error('note')}
            maxLength={200}
            className="sm:col-span-2"
          />
        </div>
        <div>
          <Button>{t('changes.preview')}</Button>
        </div>
      </Form>
    </Card>
  )
}

type PartProps = { options: PriceOptions; asked: URLSearchParams }
type Errors = { error: (name: string) => string | undefined }

function ShiftFields({ options, asked, error }: PartProps & Errors) {
  const { t } = useTranslation('pricing')
  const currencies = [...new Set(options.books.map(({ currency }) => currency))].sort()
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <Select name="method" label={t('changes.method')} defaultValue={asked.get('method') ?? 'percent'}>
        <option value="percent">{t('changes.byPercent')}</option>
        <option value="amount">{t('changes.byAmount')}</option>
      </Select>
      <TextInput
        name="percent"
        label={t('changes.percent')}
        help={t('changes.percentHelp')}
        inputMode="decimal"
        dir="ltr"
        defaultValue={asked.get('percent') ?? ''}
        error={error('percent')}
      />
      {currencies.map((currency) => (
        <TextInput
          key={currency}
          name={`amount-${currency}`}
          label={t('changes.amount', { currency })}
          inputMode="decimal"
          dir="ltr"
          defaultValue={asked.get(`amount-${currency}`) ?? ''}
          error={error('amounts')}
        />
      ))}
      <Select
        name="rounding"
        label={t('changes.rounding')}
        help={t('changes.roundingHelp')}
        defaultValue={asked.get('rounding') ?? 'minor'}
      >
        {priceRoundings.map((rounding) => (
          <option key={rounding} value={rounding}>
            {t(`changes.roundingRule.${rounding}`)}
          </option>
        ))}
      </Select>
    </div>
  )
}

function WhichPrices({ options, asked }: PartProps) {
  const { t, i18n } = useTranslation('pricing')
  const label = useLabel()
  return (
    <div className="grid gap-4">
      <Group label={t('changes.kinds')} help={t('changes.kindsHelp')}>
        {feeKinds.map((kind) => (
          <Choice key={kind} name="kind" value={kind} isChosen={asked.getAll('kind').includes(kind)}>
            {t(`changes.feeKind.${kind}`)}
          </Choice>
        ))}
      </Group>
      <div className="grid gap-4 sm:grid-cols-3">
        <Select name="group" label={t('changes.group')} defaultValue={asked.get('group') ?? ''}>
          <option value="">{t('changes.all')}</option>
          {options.productGroups.map((group) => (
            <option key={group}>{group}</option>
          ))}
        </Select>
        <Select name="product" label={t('changes.product')} defaultValue={asked.get('product') ?? ''}>
          <option value="">{t('changes.all')}</option>
          {options.products.map(({ id, name }) => (
            <option key={id} value={id}>
              {name[i18n.language] ?? name.en}
            </option>
          ))}
        </Select>
        <Select name="meter" label={t('changes.meter')} defaultValue={asked.get('meter') ?? ''}>
          <option value="">{t('changes.all')}</option>
          {options.meters.map((meter) => (
            <option key={meter} value={meter}>
              {label(`document:meter.${keyPart(meter)}`, meter)}
            </option>
          ))}
        </Select>
      </div>
    </div>
  )
}

function Group({ label, help, error, children }: { label: string; help?: string; error?: string | undefined; children: ReactNode }) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-2">{children}</div>
      <FieldNote id={label} help={help} error={error} />
    </fieldset>
  )
}

function Choice({ name, value, isChosen, children }: { name: string; value: string; isChosen: boolean; children: ReactNode }) {
  return (
    <label className="flex items-center gap-2 text-sm">
      <input type="checkbox" name={name} value={value} defaultChecked={isChosen} className="size-5 accent-accent" />
      <span>{children}</span>
    </label>
  )
}
