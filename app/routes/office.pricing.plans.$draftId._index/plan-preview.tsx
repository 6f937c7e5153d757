import { useTranslation } from 'react-i18next'
import { planProblemText } from '#app/i18n/plan-texts.ts'
import { priceSentence } from '#app/i18n/price-sentence.ts'
import { MeterName } from '#app/ui/base/measured.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { usePage } from '#app/ui/base/page-context.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { CompactInput } from '#app/ui/forms/compact-field.tsx'
import type { PreviewData } from './preview-data.server.ts'
import { PriceChart } from './price-chart.tsx'

/** First strong isolate and its end: figures keep their order inside a sentence of the other direction. */
const isolate = (text: string) => `\u2068${text}\u2069`

type Price = PreviewData['prices'][number]
type PreviewProps = { preview: PreviewData; currency: string }

/** What the plan will charge: each price in words, as a curve and as a calculator, with what to beware of. */
export function PlanPreview({ preview, currency }: PreviewProps) {
  const { t } = useTranslation('pricing')
  return (
    <div className="grid grid-cols-1 gap-6" aria-live="polite">
      <Problems preview={preview} />
      {preview.prices.length === 0 && preview.problems.length === 0 ? <p className="text-sm text-muted">{t('plans.noUsage')}</p> : null}
      {preview.prices.map((price, index) =>
        isFree(price) ? null : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the prices of a plan keep their order -- two may have one meter
          <PriceSection key={index} price={price} index={index} currency={currency} tried={preview.tried[String(index)]} />
        ),
      )}
      <FreePrices prices={preview.prices.filter(isFree)} />
    </div>
  )
}

function isFree({ points }: Price): boolean {
  return points.every(({ amount }) => amount === '0')
}

function FreePrices({ prices }: { prices: readonly Price[] }) {
  const { t } = useTranslation('pricing')
  if (prices.length === 0) return null
  return (
    <section className="grid grid-cols-1 gap-2 text-sm">
      <h3 className="font-semibold">{t('plans.free')}</h3>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-muted">
        {prices.map(({ meter }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the prices of a plan keep their order -- two may have one meter
          <li key={index}>
            <MeterName meter={meter} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Problems({ preview: { problems, losses } }: Pick<PreviewProps, 'preview'>) {
  const { t } = useTranslation('pricing')
  const listed = (list: PreviewData['problems']) => (
    <ul className="mt-1 list-disc ps-4">
      {list.map((problem) => (
        <li key={`${problem.pointer} ${problem.code}`}>
          <bdi dir="ltr" className="font-mono text-xs">
            {problem.pointer || '/'}
          </bdi>{' '}
          {planProblemText(t, problem)}
        </li>
      ))}
    </ul>
  )
  return (
    <>
      {problems.length > 0 ? (
        <Notice tone="critical" title={t('plans.wrong')}>
          {listed(problems)}
        </Notice>
      ) : null}
      {losses.length > 0 ? (
        <Notice tone="warning" title={t('plans.losses')}>
          {listed(losses)}
        </Notice>
      ) : null}
    </>
  )
}

type SectionProps = { price: Price; index: number; currency: string; tried: PreviewData['tried'][string] | undefined }

function PriceSection({ price, index, currency, tried }: SectionProps) {
  const { t } = useTranslation('pricing')
  const { locale } = usePage()
  const format = useFormat()
  const texts = { t, locale, isolate }
  const amount = (text: string) => isolate(format.rate(text, currency))
  return (
    <section className="grid grid-cols-1 gap-3">
      <h3 className="text-sm font-semibold">
        <MeterName meter={price.meter} />
      </h3>
      <p className="text-sm" suppressHydrationWarning>
        {price.sentences.map((sentence) => priceSentence(texts, sentence)).join(' ')}
      </p>
      {price.cliffs.map(({ before, after }) => (
        <Notice key={before.quantity} tone="warning" title={t('plans.cliff')}>
          <span suppressHydrationWarning>
            {t('plans.cliffText', {
              before: isolate(format.quantity(before.quantity)),
              beforeAmount: amount(before.amount),
              after: isolate(format.quantity(after.quantity)),
              afterAmount: amount(after.amount),
              unit: isolate(price.unit),
            })}
          </span>
        </Notice>
      ))}
      <PriceChart price={price} currency={currency} />
      <div className="flex flex-wrap items-end gap-3">
        <CompactInput
          form="plan"
          name={`try.${index}`}
          label={t('plans.tryQuantity', { unit: price.unit })}
          inputMode="decimal"
          defaultValue={tried?.quantity}
        />
        <output className="tabular pb-1.5 font-medium" suppressHydrationWarning>
          {tried ? format.rate(tried.amount, currency) : '–'}
        </output>
      </div>
    </section>
  )
}
