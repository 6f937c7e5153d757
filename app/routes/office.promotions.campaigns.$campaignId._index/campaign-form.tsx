import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { toDecimal } from '#app/domain/money/money.ts'
import type { CampaignDetail, PromotionChoices } from '#app/reports/promotions/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { CurrencyOptions } from '#app/ui/forms/currency-options.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

type Values = Readonly<Record<string, string | undefined>>
type CampaignFormProps = {
  campaign: CampaignDetail | null
  choices: PromotionChoices
  values: Values | undefined
  error: (name: string) => string | undefined
  mayWrite: boolean
}

/** Name, days, budget and audience of a campaign. */
export function CampaignForm({ campaign, choices, values, error, mayWrite }: CampaignFormProps) {
  const { t } = useTranslation(['promotion', 'common'])
  const at = values ?? (campaign ? valuesOf(campaign) : { startsOn: choices.today })
  const optional = t('common:optional')
  const field = (name: string) => ({ name, defaultValue: at[name], error: error(name) })
  return (
    <Card id="campaign" title={t('campaign.settings')}>
      <Form method="post" key={campaign?.id ?? 'new'}>
        <FormToken />
        <fieldset disabled={!mayWrite} className="grid gap-5">
          <TextInput {...field('name')} label={t('list.name')} required maxLength={120} />
          <TextInput {...field('code')} label={t('form.code')} help={t('form.codeHelp')} required maxLength={60} dir="ltr" />
          <div className="grid gap-5 sm:grid-cols-2">
            <TextInput {...field('startsOn')} type="date" label={t('form.startsOn')} required />
            <TextInput {...field('endsOn')} type="date" label={t('form.endsOn')} isOptional={optional} />
            <TextInput {...field('budget')} label={t('campaign.budget')} inputMode="decimal" dir="ltr" isOptional={optional} />
            <Select {...field('currency')} label={t('campaign.currency')}>
              <CurrencyOptions codes={choices.currencies} />
            </Select>
          </div>
          <p className="text-sm text-muted">{t('campaign.budgetHelp')}</p>
          <TextInput {...field('segments')} label={t('campaign.segments')} help={t('campaign.listHelp')} isOptional={optional} />
          <TextInput
            {...field('countries')}
            label={t('campaign.countries')}
            help={t('campaign.countriesHelp')}
            isOptional={optional}
            dir="ltr"
          />
          {mayWrite ? (
            <SubmitButton look={campaign ? 'secondary' : 'primary'}>{campaign ? t('form.save') : t('campaign.create')}</SubmitButton>
          ) : null}
        </fieldset>
      </Form>
    </Card>
  )
}

function valuesOf(campaign: CampaignDetail): Values {
  const { name, code, days, budget, segments, countries } = campaign
  return {
    name,
    code,
    startsOn: days.first,
    endsOn: days.last ?? undefined,
    budget: budget ? toDecimal(budget).toFixed() : undefined,
    currency: budget?.currency,
    segments: segments.join(', '),
    countries: countries.join(', '),
  }
}
