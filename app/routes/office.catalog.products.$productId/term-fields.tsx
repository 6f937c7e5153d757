import { useTranslation } from 'react-i18next'
import { appTerms, pricePolicies, termEnds } from '#app/domain/catalog/product.ts'
import { mostUnitsOfAll, saleUnits } from '#app/domain/catalog/service-sale.ts'
import { rateKinds } from '#app/domain/tax/tax-rate.ts'
import type { ProductDetail } from '#app/reports/products/shape.ts'
import { useMeters } from '#app/ui/base/use-meters.ts'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { TrialFields } from './trial-fields.tsx'

const prorations = ['none', 'day', 'second'] as const

type Spec = ProductDetail['spec']

type TermFieldsProps = {
  product?: Pick<ProductDetail, 'productGroup' | 'taxKind' | 'spec'>
  error: (name: string) => string | undefined
  typed: (name: string) => string | undefined
}

/** Group and terms of a product; which of them count follows from its kind. */
export function TermFields({ product, error, typed }: TermFieldsProps) {
  const { t } = useTranslation(['catalog', 'common'])
  const meters = useMeters()
  const spec = product?.spec
  const field = (name: string, known?: string | number | null) => ({ name, error: error(name), defaultValue: typed(name) ?? known ?? '' })
  const optional = t('common:optional')
  return (
    <>
      <TextInput
        {...field('productGroup', product?.productGroup)}
        label={t('products.group')}
        help={t('products.groupHelp')}
        isOptional={optional}
        maxLength={60}
        dir="ltr"
      />
      <Select {...field('taxKind', product?.taxKind ?? 'standard')} label={t('products.taxKind')} help={t('products.taxKindHelp')}>
        {rateKinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`products.taxKinds.${kind}`)}
          </option>
        ))}
      </Select>
      <Select {...field('proration', spec?.proration ?? 'day')} label={t('products.proration')}>
        {prorations.map((policy) => (
          <option key={policy} value={policy}>
            {t(`products.prorations.${policy}`)}
          </option>
        ))}
      </Select>
      <Select {...field('meter', spec?.meter)} label={t('products.meter')} help={t('products.meterHelp')} isOptional={optional}>
        <option value="">–</option>
        {meters.choices(typed('meter') ?? spec?.meter ?? undefined).map(({ code, name, unit }) => (
          <option key={code} value={code}>
            {name} ({unit})
          </option>
        ))}
      </Select>
      <TextInput
        {...field('quantityStep', spec?.quantityStep)}
        label={t('products.step')}
        help={t('products.stepHelp')}
        isOptional={optional}
        inputMode="decimal"
        dir="ltr"
      />
      <TextInput
        {...field('termMonths', spec?.termMonths)}
        label={t('products.term')}
        help={t('products.termHelp')}
        isOptional={optional}
        type="number"
        min={1}
        max={120}
      />
      <Select {...field('atTermEnd', spec?.atTermEnd ?? 'renews')} label={t('products.atTermEnd')} help={t('products.atTermEndHelp')}>
        {termEnds.map((end) => (
          <option key={end} value={end}>
            {t(`products.termEnds.${end}`)}
          </option>
        ))}
      </Select>
      <TextInput
        {...field('reminderDays', spec?.reminderDays)}
        label={t('products.reminder')}
        help={t('products.reminderHelp')}
        isOptional={optional}
        type="number"
        min={0}
        max={90}
      />
      <Select
        {...field('pricePolicy', spec?.pricePolicy ?? 'newest')}
        label={t('products.pricePolicy')}
        help={t('products.pricePolicyHelp')}
      >
        {pricePolicies.map((policy) => (
          <option key={policy} value={policy}>
            {t(`products.pricePolicies.${policy}`)}
          </option>
        ))}
      </Select>
      <SaleFields field={field} spec={spec} />
      <TrialFields field={field} spec={spec} />
      <Select {...field('app', spec?.app)} label={t('products.app')} isOptional={optional}>
        <option value="">–</option>
        {appTerms.map((terms) => (
          <option key={terms} value={terms}>
            {t(`products.apps.${terms}`)}
          </option>
        ))}
      </Select>
      <TextInput
        {...field('availabilityPercent', spec?.availabilityPercent)}
        label={t('products.availability')}
        isOptional={optional}
        inputMode="decimal"
        dir="ltr"
      />
      <TextInput
        {...field('responseHours', spec?.responseHours)}
        label={t('products.response')}
        isOptional={optional}
        type="number"
        min={1}
        max={720}
      />
      <TextInput
        {...field('missCreditPercent', spec?.missCreditPercent)}
        label={t('products.missCredit')}
        help={t('products.missCreditHelp')}
        isOptional={optional}
        inputMode="decimal"
        dir="ltr"
      />
    </>
  )
}

type Field = { readonly name: string; readonly error: string | undefined; readonly defaultValue: string | number }
type SaleFieldsProps = {
  readonly field: (name: 'saleUnit' | 'mostUnits', known?: string | number | null) => Field
  readonly spec: Spec | undefined
}

/** Whether a service is sold by itself, and in what number. */
function SaleFields({ field, spec }: SaleFieldsProps) {
  const { t } = useTranslation(['catalog', 'common'])
  const optional = t('common:optional')
  return (
    <>
      <Select {...field('saleUnit', spec?.saleUnit)} label={t('products.saleUnit')} help={t('products.saleUnitHelp')} isOptional={optional}>
        <option value="">{t('products.saleUnits.none')}</option>
        {saleUnits.map((unit) => (
          <option key={unit} value={unit}>
            {t(`products.saleUnits.${unit}`)}
          </option>
        ))}
      </Select>
      <TextInput
        {...field('mostUnits', spec?.mostUnits)}
        label={t('products.mostUnits')}
        help={t('products.mostUnitsHelp')}
        isOptional={optional}
        type="number"
        min={1}
        max={mostUnitsOfAll}
      />
    </>
  )
}
