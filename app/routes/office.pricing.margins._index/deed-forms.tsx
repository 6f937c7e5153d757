import { Form, useSearchParams } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { markupMethods } from '#app/domain/pricing/markup/markup-rule.ts'
import { markupRoundings } from '#app/domain/pricing/markup/round-up.ts'
import type { KnownRate, MarginGrid, MarkupRow } from '#app/reports/margins/shape.ts'
import { Button } from '#app/ui/base/button.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { ExchangeFields } from './exchange-fields.tsx'

export type FormState = {
  readonly error: (name: string) => string | undefined
  readonly typed: (name: string) => string | undefined
}
export type DeedFormProps = { readonly book: string; readonly today: string; readonly state: FormState }

/** Date, reason and the two ways on: look first, then set. `prefix` keeps the fields of several forms apart. */
export function SettingFields({
  prefix,
  today,
  state: { error, typed },
  submit,
}: Omit<DeedFormProps, 'book'> & { prefix: '' | 'apply' | 'file'; submit: string }) {
  const { t } = useTranslation(['catalog', 'common'])
  const name = (field: string) => (prefix ? `${prefix}${field[0]?.toUpperCase()}${field.slice(1)}` : field)
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <TextInput
        name={name('from')}
        type="date"
        label={t('margins.from')}
        required
        min={today}
        defaultValue={typed(name('from')) ?? today}
        error={error(name('from'))}
      />
      <TextInput
        name={name('reason')}
        label={t('offers.reason')}
        help={t('offers.reasonHelp')}
        isOptional={t('common:optional')}
        maxLength={200}
        defaultValue={typed(name('reason'))}
        error={error(name('reason'))}
      />
      <div className="flex flex-wrap gap-3 sm:col-span-2">
        <SubmitButton look="secondary" name="intent" value="preview">
          {t('margins.preview')}
        </SubmitButton>
        <SubmitButton name="intent" value="set">
          {submit}
        </SubmitButton>
      </div>
    </div>
  )
}

/** A form of the page that keeps the chosen book, and what else the address says. */
export function BookForm({
  deed,
  book,
  children,
  isUpload = false,
}: {
  deed: string
  book: string
  children: ReactNode
  isUpload?: boolean
}) {
  const [search] = useSearchParams()
  const address = new URLSearchParams(search)
  address.set('book', book)
  address.set('deed', deed)
  return (
    <Form method="post" action={`?${address}`} encType={isUpload ? 'multipart/form-data' : undefined}>
      <FormToken />
      {children}
    </Form>
  )
}

/** A price list back in: the file that came out, with other sell prices. */
export function FileForm({ book, today, state }: DeedFormProps) {
  const { t } = useTranslation('catalog')
  return (
    <BookForm deed="file" book={book} isUpload>
      <div className="grid gap-4">
        <TextInput name="file" type="file" accept=".csv,.xlsx" label={t('margins.file')} help={t('margins.fileHelp')} required />
        <SettingFields prefix="file" today={today} state={state} submit={t('margins.setFile')} />
      </div>
    </BookForm>
  )
}

/** The mark-ups of the book, the most particular first when a price looks for its own. */
export function RuleTable({ rules, book, mayWrite }: { rules: readonly MarkupRow[]; book: string; mayWrite: boolean }) {
  const { t } = useTranslation('catalog')
  const format = useFormat()
  const columns: Column<MarkupRow>[] = [
    {
      key: 'scope',
      head: t('margins.scope'),
      isPrimary: true,
      cell: ({ productCode, productGroup }) => (
        <span className="font-medium">{productCode ?? productGroup ?? t('margins.everything')}</span>
      ),
    },
    { key: 'fee', head: t('margins.fee'), cell: ({ feeKind }) => (feeKind ? t(`margins.fees.${feeKind}`) : t('margins.allFees')) },
    {
      key: 'method',
      head: t('margins.markup'),
      cell: ({ method, rate, amount }) => (
        <span suppressHydrationWarning>
          {t(`margins.methods.${method}`)} {rate === null ? amount : format.percent(String(Number(rate) * 100))}
        </span>
      ),
    },
    { key: 'rounding', head: t('margins.rounding'), cell: ({ rounding }) => t(`margins.roundings.${rounding as 'none'}`) },
    { key: 'floor', head: t('margins.floor'), isNumber: true, cell: ({ floor }) => floor ?? '–' },
    {
      key: 'exchange',
      head: t('margins.exchange'),
      isLong: true,
      cell: ({ exchange }) => (exchange ? `${exchange.rate} · ${exchange.source} · ${exchange.date}` : '–'),
    },
    ...(mayWrite
      ? [
          {
            key: 'remove',
            head: <span className="sr-only">{t('margins.remove')}</span>,
            label: t('margins.remove'),
            cell: ({ id }: MarkupRow) => (
              <BookForm deed="remove-rule" book={book}>
                <input type="hidden" name="markupRuleId" value={id} />
                <Button type="submit" look="quiet" size="small">
                  {t('margins.remove')}
                </Button>
              </BookForm>
            ),
          },
        ]
      : []),
  ]
  return (
    <Table
      caption={t('margins.rules')}
      rows={rules}
      rowKey={({ id }) => id}
      columns={columns}
      empty={<p className="p-5 text-muted">{t('margins.noRules')}</p>}
    />
  )
}

type RuleFormProps = { readonly grid: MarginGrid; readonly state: FormState; readonly knownRate: KnownRate | null }

/** One more mark-up: for everything, a group or a product. */
export function RuleForm({ grid, state: { error, typed }, knownRate }: RuleFormProps) {
  const { t } = useTranslation(['catalog', 'common'])
  const optional = t('common:optional')
  const needsRate = grid.buyCurrency !== null && grid.buyCurrency !== grid.book.currency
  return (
    <BookForm deed="rule" book={grid.book.id}>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Select name="scope" label={t('margins.scope')} defaultValue={typed('scope') ?? ''} error={error('scope')}>
          <option value="">{t('margins.everything')}</option>
          {grid.groups.map((group) => (
            <option key={group} value={group}>
              {t('margins.group', { group })}
            </option>
          ))}
          {grid.products.map(({ id, code }) => (
            <option key={id} value={id}>
              {code}
            </option>
          ))}
        </Select>
        <Select name="feeKind" label={t('margins.fee')} defaultValue={typed('feeKind') ?? ''} error={error('feeKind')}>
          <option value="">{t('margins.allFees')}</option>
          {(['setup', 'recurring', 'renewal', 'cancellation', 'usage'] as const).map((kind) => (
            <option key={kind} value={kind}>
              {t(`margins.fees.${kind}`)}
            </option>
          ))}
        </Select>
        <Select name="method" label={t('margins.method')} defaultValue={typed('method')} error={error('method')}>
          {markupMethods.map((method) => (
            <option key={method} value={method}>
              {t(`margins.methods.${method}`)}
            </option>
          ))}
        </Select>
        <TextInput
          name="value"
          label={t('margins.value')}
          help={t('margins.valueHelp')}
          required
          inputMode="decimal"
          dir="ltr"
          defaultValue={typed('value')}
          error={error('value')}
        />
        <Select name="rounding" label={t('margins.rounding')} defaultValue={typed('rounding') ?? 'minor'} error={error('rounding')}>
          {markupRoundings.map((rounding) => (
            <option key={rounding} value={rounding}>
              {t(`margins.roundings.${rounding}`)}
            </option>
          ))}
        </Select>
        <TextInput
          name="floor"
          label={t('margins.floor')}
          isOptional={optional}
          inputMode="decimal"
          dir="ltr"
          defaultValue={typed('floor')}
          error={error('floor')}
        />
        {needsRate ? (
          <ExchangeFields state={{ error, typed }} pair={`${grid.buyCurrency} → ${grid.book.currency}`} known={knownRate} />
        ) : null}
        <div className="sm:col-span-2">
          <SubmitButton look="secondary">{t('margins.saveRule')}</SubmitButton>
        </div>
      </div>
    </BookForm>
  )
}
