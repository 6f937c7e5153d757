import { useTranslation } from 'react-i18next'
import type { AppOffer, OfferedTier } from '#app/reports/apps/shape.ts'
import { Money } from '#app/ui/base/money.tsx'
import { moneyOn } from '#app/ui/catalog/price-basis.ts'
import { SpecLine } from '#app/ui/cloud/specs.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { RadioCard } from '#app/ui/forms/radio-card.tsx'
import type { AppFormProps } from './app-form.tsx'

type TierPartProps = Pick<AppFormProps, 'catalog'> & {
  readonly tier: OfferedTier
  readonly offer: AppOffer
  readonly chosen: AppFormProps['chosen'][number] | undefined
  readonly error: (name: string) => string | undefined
}

/** The sizes of a tier with their prices, and how many servers of it. */
export function TierPart({ tier, offer, catalog, chosen, error }: TierPartProps) {
  const { t } = useTranslation(['apps', 'store'])
  const { code, least, most } = tier
  const plans = catalog.plans.filter((plan) => tier.planCodes.includes(plan.code))
  return (
    <>
      <TierFacts tier={tier} offer={offer} imageName={catalog.images.find((image) => image.code === tier.imageCode)?.name} />
      <div className="grid gap-2">
        {plans.map((plan) => (
          <RadioCard
            key={plan.code}
            name={`plan-${code}`}
            value={plan.code}
            isChosen={plan.code === chosen?.planCode}
            title={plan.name}
            detail={<SpecLine size={plan} />}
            aside={
              <>
                <Money amount={moneyOn('gross', plan.monthlyCap, plan.tax)} className="font-semibold" />{' '}
                <span className="text-muted">{t('store:price.aMonth')}</span>
              </>
            }
          />
        ))}
      </div>
      {least < most ? (
        <TextInput
          name={`count-${code}`}
          label={t('servers')}
          help={t('serversHelp', { least, most })}
          type="number"
          min={least}
          max={most}
          step={1}
          inputMode="numeric"
          defaultValue={chosen?.count ?? least}
          error={error(`count-${code}`)}
          className="max-w-xs"
        />
      ) : (
        <p className="text-sm text-muted">{t('always', { count: least })}</p>
      )}
    </>
  )
}

/** What a tier runs, who may call it, and whom it calls. */
function TierFacts({ tier, offer, imageName }: { tier: OfferedTier; offer: AppOffer; imageName: string | undefined }) {
  const { t } = useTranslation('apps')
  const { port, isPublic, talksTo } = tier
  const called = offer.tiers.filter(({ code }) => talksTo.includes(code)).map(({ title }) => title)
  const facts = [
    imageName,
    port === null ? null : t(isPublic ? 'open' : 'inside', { port }),
    called.length > 0 ? t('talksTo', { tiers: called.join(', ') }) : null,
  ].filter(Boolean)
  return <p className="text-sm text-muted">{facts.join(' · ')}</p>
}
