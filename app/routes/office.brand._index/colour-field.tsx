import { type FormEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { TextInput } from '#app/ui/forms/field.tsx'

type ColourFieldProps = { name: string; label: string; help: string; error: string | undefined; defaultValue: string }

/** A colour by its hex code; the swatch beside it opens the browser's own picker where scripts run. */
export function ColourField({ name, label, help, error, defaultValue }: ColourFieldProps) {
  const { t } = useTranslation('brand')
  const frame = useRef<HTMLDivElement>(null)
  const pick = (event: FormEvent<HTMLInputElement>) => {
    const text = frame.current?.querySelector<HTMLInputElement>(`#${name}`)
    if (text) text.value = event.currentTarget.value
  }
  const show = (event: FormEvent<HTMLInputElement>) => {
    const swatch = frame.current?.querySelector<HTMLInputElement>('input[type=color]')
    if (swatch && /^#[0-9a-f]{6}$/i.test(event.currentTarget.value)) swatch.value = event.currentTarget.value
  }
  return (
    <div ref={frame} className="flex items-start gap-2">
      <input
        type="color"
        aria-label={t('look.pick', { what: label })}
        defaultValue={defaultValue}
        onInput={pick}
        className="mt-[1.625rem] size-control shrink-0 cursor-pointer rounded-control border border-border-strong bg-surface p-1"
      />
      <TextInput
        name={name}
        label={label}
        help={help}
        error={error}
        defaultValue={defaultValue}
        onInput={show}
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
        maxLength={7}
        className="min-w-0 grow"
      />
    </div>
  )
}
