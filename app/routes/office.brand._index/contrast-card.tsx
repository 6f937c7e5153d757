import { useTranslation } from 'react-i18next'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

type Violation = {
  readonly scheme: 'light' | 'dark'
  readonly foreground: string
  readonly background: string
  readonly contrast: string
  readonly required: number
}
type ContrastCardProps = {
  readonly contrast: { readonly violations: readonly Violation[]; readonly fixedAccent?: string | undefined }
  readonly accent: string
}

/** What the guard of contrast says of the saved draft, and the one click that mends it. */
export function ContrastCard({ contrast: { violations, fixedAccent }, accent }: ContrastCardProps) {
  const { t } = useTranslation('brand')
  if (violations.length === 0) return <Notice tone="positive">{t('contrast.passes')}</Notice>
  return (
    <Card id="contrast" title={t('contrast.title')} className="border-critical">
      <p className="mb-3 text-sm">{t('contrast.text')}</p>
      <ul className="mb-4 grid gap-1.5 text-sm">
        {violations.map(({ scheme, foreground, background, contrast, required }) => (
          <li key={`${scheme} ${foreground} ${background}`} className="flex flex-wrap justify-between gap-x-4">
            <span>{t(`contrast.in.${scheme}`, { foreground: t(roleKey(foreground)), background: t(roleKey(background)) })}</span>
            <span className="tabular text-critical">{t('contrast.ratio', { contrast, required })}</span>
          </li>
        ))}
      </ul>
      {fixedAccent ? (
        <div className="flex flex-wrap items-center gap-3">
          <svg viewBox="0 0 56 24" className="h-6 w-14" role="img" aria-label={t('contrast.swatches', { from: accent, to: fixedAccent })}>
            <rect width="28" height="24" fill={accent} />
            <rect x="28" width="28" height="24" fill={fixedAccent} />
          </svg>
          <SubmitButton name="intent" value="fix" size="small" look="secondary" formNoValidate>
            {t('contrast.fix', { colour: fixedAccent })}
          </SubmitButton>
        </div>
      ) : null}
    </Card>
  )
}

/** The words of a colour role; states and their grounds share one each. */
function roleKey(
  role: string,
): `role.${'text' | 'muted' | 'accent' | 'accent-fg' | 'accent-soft' | 'bg' | 'surface' | 'raised' | 'focus' | 'border-strong' | 'state'}` {
  const known = ['text', 'muted', 'accent', 'accent-fg', 'accent-soft', 'bg', 'surface', 'raised', 'focus', 'border-strong'] as const
  return `role.${known.find((name) => name === role) ?? 'state'}`
}
