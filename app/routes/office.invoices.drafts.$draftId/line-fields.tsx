import { useTranslation } from 'react-i18next'
import { usePage } from '#app/ui/base/page-context.tsx'
import { Checkbox, Select, TextInput } from '#app/ui/forms/field.tsx'

export type EditedLine = {
  readonly kind: 'typed' | 'copied' | 'new'
  readonly text: string
  readonly product: Readonly<Record<string, string>> | null
  readonly quantity: string
  readonly unitPrice: string
}
type Products = readonly { readonly id: string; readonly name: Readonly<Record<string, string>> }[]
type Fields = { error: (name: string) => string | undefined; typed: (name: string) => string | undefined }

/** One line of the draft: a product or words, quantity and net price. One that was taken over stands as it is. */
export function LineFields({ line, index, products, fields }: { line: EditedLine; index: number; products: Products; fields: Fields }) {
  const { t } = useTranslation('invoicing')
  const { language } = usePage()
  const nameOf = (names: Readonly<Record<string, string>>) => names[language] ?? names.en ?? Object.values(names)[0] ?? ''
  if (line.kind === 'copied')
    return (
      <li className="flex flex-wrap items-center justify-between gap-3 py-3 text-sm">
        <span>
          {line.product ? nameOf(line.product) : line.text}
          <span className="block text-xs text-muted">{t('draft.copied')}</span>
        </span>
        <Checkbox name={`remove${index}`} label={t('draft.remove')} />
      </li>
    )
  const chosen = line.product ? products.find(({ name }) => JSON.stringify(name) === JSON.stringify(line.product))?.id : ''
  const typed = (name: string, otherwise: string) => fields.typed(`${name}${index}`) ?? otherwise
  return (
    <li className="grid items-end gap-3 py-4 sm:grid-cols-2 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_minmax(0,1fr)_minmax(0,1fr)]">
      <Select
        name={`product${index}`}
        label={line.kind === 'new' ? t('draft.newLine') : t('draft.product')}
        defaultValue={typed('product', chosen ?? '')}
      >
        <option value="">{t('draft.productNone')}</option>
        {products.map(({ id, name }) => (
          <option key={id} value={id}>
            {nameOf(name)}
          </option>
        ))}
      </Select>
      <TextInput
        name={`text${index}`}
        label={t('draft.text')}
        maxLength={200}
        defaultValue={typed('text', line.text)}
        error={fields.error(`text${index}`)}
      />
      <TextInput
        name={`quantity${index}`}
        label={t('draft.quantity')}
        inputMode="decimal"
        dir="ltr"
        defaultValue={typed('quantity', line.quantity)}
        error={fields.error(`quantity${index}`)}
      />
      <TextInput
        name={`unitPrice${index}`}
        label={t('draft.unitPrice')}
        inputMode="decimal"
        dir="ltr"
        defaultValue={typed('unitPrice', line.unitPrice)}
        error={fields.error(`unitPrice${index}`)}
      />
      {line.kind === 'typed' ? <Checkbox name={`remove${index}`} label={t('draft.remove')} /> : null}
    </li>
  )
}
