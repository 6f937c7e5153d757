import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { memberRoles } from '#app/domain/catalog/bundle.ts'
import type { ProductDetail } from '#app/reports/products/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useWords } from '#app/ui/base/use-words.ts'
import { CompactInput, CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { mostMembers, rowField } from './product-forms.ts'

const emptyRows = 3

type BundleCardProps = { product: Pick<ProductDetail, 'members' | 'others' | 'partOf'>; mayWrite: boolean }

/** What the product contains, offers beside, or gives free. A row without a product is dropped. */
export function BundleCard({ product: { members, others, partOf }, mayWrite }: BundleCardProps) {
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  const rows = [...members, ...Array.from({ length: emptyRows }, () => undefined)].slice(0, mostMembers)
  return (
    <Card title={t('bundles.title')} aside={t('bundles.aside')} className="min-w-0">
      {partOf.length > 0 ? (
        <p className="mb-4 text-sm text-muted">
          {t('bundles.partOf')}{' '}
          {partOf.map(({ productId, name }, index) => (
            <span key={productId}>
              {index > 0 ? ', ' : ''}
              <TextLink to={`/office/catalog/products/${productId}`}>{inWords(name)}</TextLink>
            </span>
          ))}
        </p>
      ) : null}
      <Form method="post" action="?intent=bundle" className="grid gap-3" preventScrollReset>
        <FormToken />
        {rows.map((member, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the fields of a row are named by its place -- no other key exists
          <div key={index} className="flex flex-wrap items-end gap-3">
            <CompactSelect
              name={rowField('member', index)}
              label={t('bundles.member')}
              defaultValue={member?.productId ?? ''}
              disabled={!mayWrite}
              className="w-56"
            >
              <option value="">–</option>
              {others.map(({ productId, name, code }) => (
                <option key={productId} value={productId}>
                  {inWords(name) || code}
                </option>
              ))}
            </CompactSelect>
            <CompactSelect
              name={rowField('role', index)}
              label={t('bundles.role')}
              defaultValue={member?.role ?? 'included'}
              disabled={!mayWrite}
            >
              {memberRoles.map((role) => (
                <option key={role} value={role}>
                  {t(`bundles.roles.${role}`)}
                </option>
              ))}
            </CompactSelect>
            <CompactInput
              name={rowField('quantity', index)}
              label={t('bundles.quantity')}
              inputMode="decimal"
              dir="ltr"
              defaultValue={member?.quantity ?? ''}
              disabled={!mayWrite}
              className="w-24"
            />
          </div>
        ))}
        {mayWrite ? (
          <div>
            <SubmitButton look="secondary">{t('bundles.save')}</SubmitButton>
          </div>
        ) : null}
      </Form>
    </Card>
  )
}
