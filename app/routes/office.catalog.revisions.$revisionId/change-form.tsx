import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { RevisionDetail } from '#app/reports/catalogs/shape.ts'
import { Card } from '#app/ui/card.tsx'
import { Select, TextInput } from '#app/ui/field.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { useWords } from '#app/ui/use-words.ts'
import { changeKinds } from './forms.ts'

type ChangeFormProps = {
  readonly revision: RevisionDetail
  readonly error: (name: string) => string | undefined
  readonly typed: (name: string) => string | undefined
}

/** One more change: what is done to which product; the fields below belong to a place, a text or a price. */
export function NewChange({ revision, error, typed }: ChangeFormProps) {
  const { t } = useTranslation(['catalog', 'common'])
  const inWords = useWords()
  const optional = t('common:optional')
  return (
    <Card title={t('revisions.addChange')} aside={t('revisions.addChangeAside')}>
      <Form method="post" action="?deed=change" className="grid items-start gap-4 sm:grid-cols-2">
        <FormToken />
        <Select name="change" label={t('revisions.change')} defaultValue={typed('change')} error={error('change')}>
          {changeKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`revisions.kinds.${kind}`)}
            </option>
          ))}
        </Select>
        <Select name="productId" label={t('revisions.product')} defaultValue={typed('productId')} error={error('productId')}>
          {revision.products.map(({ id, name }) => (
            <option key={id} value={id}>
              {inWords(name)}
            </option>
          ))}
        </Select>
        <TextInput
          name="position"
          label={t('revisions.position')}
          help={t('revisions.positionHelp')}
          isOptional={optional}
          inputMode="numeric"
          dir="ltr"
          defaultValue={typed('position')}
          error={error('position')}
        />
        <TextInput
          name="language"
          label={t('revisions.language')}
          help={t('revisions.languageHelp')}
          isOptional={optional}
          maxLength={2}
          dir="ltr"
          defaultValue={typed('language')}
          error={error('language')}
        />
        <TextInput
          name="name"
          label={t('revisions.newName')}
          isOptional={optional}
          maxLength={120}
          defaultValue={typed('name')}
          error={error('name')}
        />
        <Select
          name="priceBookId"
          label={t('revisions.book')}
          isOptional={optional}
          defaultValue={typed('priceBookId') ?? ''}
          error={error('priceBookId')}
        >
          <option value="">–</option>
          {revision.books.map(({ id, name, currency }) => (
            <option key={id} value={id}>
              {name} · {currency}
            </option>
          ))}
        </Select>
        <Select
          name="feeKind"
          label={t('revisions.fee')}
          isOptional={optional}
          defaultValue={typed('feeKind') ?? 'recurring'}
          error={error('feeKind')}
        >
          {(['recurring', 'setup', 'renewal', 'cancellation'] as const).map((kind) => (
            <option key={kind} value={kind}>
              {t(`revisions.fees.${kind}`)}
            </option>
          ))}
        </Select>
        <TextInput
          name="unitPrice"
          label={t('revisions.price')}
          isOptional={optional}
          inputMode="decimal"
          dir="ltr"
          defaultValue={typed('unitPrice')}
          error={error('unitPrice')}
        />
        <div className="sm:col-span-2">
          <SubmitButton look="secondary">{t('revisions.addChange')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
