import { Form } from '@remix-run/react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { lineRuleKinds } from '#app/domain/settlement/payout-rule.ts'
import { workedExample } from '#app/domain/settlement/worked-example.ts'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Checkbox, Select, TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { useSettlementErrors } from '#app/ui/payments/settlement-terms.tsx'
import { type Standing, settingsOf, TermsForm } from './terms-form.ts'

type Values = Readonly<Record<string, string>>
type TermsFieldsProps = { readonly defaults: Values; readonly errors: Values; readonly standing: Standing }

/** Every setting of an edge, and beside them what they do with one month's figures: at once with scripts, by the first button without. */
export function TermsFields({ defaults, errors, standing }: TermsFieldsProps) {
  const { t } = useTranslation('settlement')
  const [typed, setTyped] = useState<Values>(filled(Object.entries(defaults)))
  const error = useSettlementErrors(errors)
  const follow = (event: FormEvent<HTMLFormElement>) => setTyped(filled([...new FormData(event.currentTarget)]))
  const text = (name: FieldName, more: { inputMode?: 'decimal' | 'numeric'; type?: string } = { inputMode: 'decimal' }) => (
    <TextInput name={name} label={t(`field.${name}`)} defaultValue={defaults[name]} error={error(name)} {...more} />
  )
  const pick = (name: ChoiceName, choices: readonly Choice[]) => (
    <Select name={name} label={t(`field.${name}`)} defaultValue={defaults[name]} error={error(name)}>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {t(`choice.${choice}`)}
        </option>
      ))}
    </Select>
  )
  const check = (name: 'isSelfBilled' | 'isOperatingUnit' | 'hardCap') => (
    <Checkbox name={name} label={t(`field.${name}`)} defaultChecked={defaults[name] === 'on'} error={error(name)} />
  )
  return (
    <Card title={t('terms.propose')}>
      <Form method="post" className="grid items-start gap-8 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]" onChange={follow}>
        <div className="grid gap-8">
          <FormToken />
          <Group title={t('group.model')}>
            {pick('pricing', ['buy-price-book', 'discount-off-list', 'revenue-share'])}
            {pick('chargeTrigger', ['on-usage', 'on-customer-payment'])}
            {pick('collectsPayments', ['child', 'parent'])}
            {pick('issuer', ['child', 'parent'])}
            {pick('entitlementScope', ['subscription', 'pool'])}
            {check('hardCap')}
            {check('isOperatingUnit')}
          </Group>
          <Group title={t('group.share')}>
            <Select name="payoutRule" label={t('field.payoutRule')} defaultValue={defaults.payoutRule} error={error('payoutRule')}>
              <option value="">{t('choice.none')}</option>
              {lineRuleKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`rule.${kind}`)}
                </option>
              ))}
            </Select>
            {text('rulePercent')}
            {text('ruleFixed')}
            <TextArea
              name="productRules"
              label={t('field.productRules')}
              help={t('field.productRulesHelp')}
              defaultValue={defaults.productRules}
              error={error('productRules')}
              rows={3}
              isCode
            />
            {text('discountSetup')}
            {text('discountRecurring')}
            {text('discountUsage')}
            {text('discountOverage')}
          </Group>
          <Group title={t('group.collecting')}>
            {text('financialChargeRate')}
            {text('holdDays', { inputMode: 'numeric' })}
            {text('reservePercent')}
            {text('reserveDays', { inputMode: 'numeric' })}
            {check('isSelfBilled')}
          </Group>
          <Group title={t('group.credit')}>
            {text('dueDays', { inputMode: 'numeric' })}
            {text('graceDays', { inputMode: 'numeric' })}
            {text('partnerFee')}
          </Group>
          <Group title={t('group.validity')}>
            {text('validFrom', { type: 'date' })}
            {text('reason', {})}
          </Group>
        </div>
        <div className="grid gap-5 xl:sticky xl:top-6">
          {text('examplePaid')}
          {text('examplePurchases')}
          <Example typed={typed} standing={standing} />
          <div className="flex flex-wrap gap-3">
            <Button type="submit" name="intent" value="preview" look="secondary">
              {t('terms.work')}
            </Button>
            <Button type="submit" name="intent" value="propose">
              {t('terms.save')}
            </Button>
          </div>
        </div>
      </Form>
    </Card>
  )
}

/** The fields that say something: one left empty counts as not sent. */
function filled(fields: readonly (readonly [string, unknown])[]): Values {
  return Object.fromEntries(fields.flatMap(([name, value]) => (typeof value === 'string' && value !== '' ? [[name, value]] : [])))
}

type ChoiceName = 'pricing' | 'chargeTrigger' | 'collectsPayments' | 'issuer' | 'entitlementScope'
type Choice =
  | 'buy-price-book'
  | 'discount-off-list'
  | 'revenue-share'
  | 'on-usage'
  | 'on-customer-payment'
  | 'child'
  | 'parent'
  | 'subscription'
  | 'pool'
type FieldName =
  | 'rulePercent'
  | 'ruleFixed'
  | 'discountSetup'
  | 'discountRecurring'
  | 'discountUsage'
  | 'discountOverage'
  | 'financialChargeRate'
  | 'holdDays'
  | 'reservePercent'
  | 'reserveDays'
  | 'dueDays'
  | 'graceDays'
  | 'partnerFee'
  | 'validFrom'
  | 'reason'
  | 'examplePaid'
  | 'examplePurchases'

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid items-start gap-4 sm:grid-cols-2">
      <legend className="mb-3 font-medium">{title}</legend>
      {children}
    </fieldset>
  )
}

/** What the settings do, in a sentence and by figures; nothing while they cannot be read. */
function Example({ typed, standing }: { typed: Values; standing: Standing }) {
  const { t } = useTranslation('settlement')
  const { currency } = standing
  const read = TermsForm.safeParse(typed)
  const paid = read.success ? typedAmount(read.data.examplePaid, currency) : undefined
  const purchases = read.success ? typedAmount(read.data.examplePurchases, currency) : undefined
  if (!read.success || !paid || !purchases) return null
  const settings = settingsOf(read.data, standing)
  const { sentence, rows, lacksPrice } = workedExample(settings, { paid, purchases })
  const days = sentence === 'invoiced' ? settings.creditTerms.dueDays : settings.holdDays
  return (
    <section aria-label={t('example.title')} aria-live="polite" className="rounded-card border border-border bg-soft p-card text-sm">
      <p>{t(`sentence.${sentence}`, { days, percent: settings.financialChargeRate.toFixed() })}</p>
      <dl className="mt-4 grid gap-2">
        {rows.map(({ label, amount }) => (
          <div key={label} className="flex justify-between gap-4">
            <dt className="text-muted">{t(`example.${label}`)}</dt>
            <dd>
              <Money amount={amount} isBalance />
            </dd>
          </div>
        ))}
      </dl>
      {lacksPrice ? <p className="mt-3">{t('example.noPrice')}</p> : null}
    </section>
  )
}
