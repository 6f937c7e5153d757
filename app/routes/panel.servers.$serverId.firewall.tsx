import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData, useOutletContext } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { addRule, type FirewallRule, ruleKey } from '#app/domain/cloud/firewall.ts'
import { readSurroundings } from '#app/reports/cloud-things/query.server.ts'
import type { ServerDetail } from '#app/reports/servers/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { DeedForm, DeedNotice, useDeedErrors } from '#app/ui/forms/deed-form.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { answerDeed, cloudWith, type DeedAnswer, newFormKey, problemField, refusedForm } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid, line } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  await cloudWith(request, 'firewall')
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  const page = await asCustomer(request, 'server:read', async (ctx, { can }) => ({
    around: orNotFound(await readSurroundings(ctx, serverId)),
    mayWrite: can('server:write'),
  }))
  return { ...page, formKey: newFormKey() }
}

const port = z.coerce.number('malformed-ports').int('malformed-ports').optional()
const RuleForm = z.object({
  formKey: line(60),
  /** The rule that goes; without it one is added. */
  remove: z.string().max(100).optional(),
  direction: z.enum(['in', 'out']).default('in'),
  protocol: z.enum(['tcp', 'udp', 'icmp']).default('tcp'),
  firstPort: port,
  lastPort: port,
  range: z.string().trim().max(50, 'too-long').default('0.0.0.0/0'),
})

export async function action({ request, params }: ActionFunctionArgs) {
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  const form = await parseForm(request, RuleForm)
  if (!form.ok) return refusedForm(form.error, form.values)
  const { firewall } = orNotFound(await asCustomer(request, 'server:write', (ctx) => readSurroundings(ctx, serverId)))
  const changed = changedRules(firewall, form.value)
  const values = Object.fromEntries(Object.entries(form.value).map(([name, value]) => [name, String(value ?? '')]))
  if (!changed.ok) return refusedForm({ [problemField(changed.error)]: changed.error }, values)
  const wish = { deed: { kind: 'set-firewall', rules: changed.value } as const, subjectId: serverId, formKey: form.value.formKey }
  return answerDeed(request, { wish, to: () => `/panel/servers/${serverId}/firewall`, values })
}

function changedRules(rules: readonly FirewallRule[], form: z.infer<typeof RuleForm>): ReturnType<typeof addRule> {
  const { remove, direction, protocol, range, firstPort = null, lastPort = firstPort } = form
  if (remove) return { ok: true, value: rules.filter((rule) => ruleKey(rule) !== remove) }
  return addRule(rules, { direction, protocol, range, firstPort, lastPort })
}

export default function ServerFirewall() {
  const { around, mayWrite, formKey } = useLoaderData<typeof loader>()
  const server = useOutletContext<ServerDetail>()
  const answer = useActionData<typeof action>() as DeedAnswer | undefined
  const { t } = useTranslation('cloud')
  const mayChange = mayWrite && server.pendingAction === null
  return (
    <>
      <DeedNotice answer={answer} last={around.problem} />
      <div className="grid gap-6">
        <Card id="rules" title={t('firewall.title')} isFlush>
          <Table
            caption={t('firewall.title')}
            rows={around.firewall}
            rowKey={ruleKey}
            empty={<EmptyState title={t('firewall.none')}>{t('firewall.noneText')}</EmptyState>}
            columns={[
              { key: 'direction', head: t('firewall.direction'), isPrimary: true, cell: ({ direction }) => t(`firewall.${direction}`) },
              { key: 'protocol', head: t('firewall.protocol'), cell: ({ protocol }) => protocol.toUpperCase() },
              { key: 'ports', head: t('firewall.ports'), cell: (rule) => <bdi dir="ltr">{portsOf(rule)}</bdi> },
              {
                key: 'range',
                head: t('range'),
                cell: ({ range }) => (
                  <bdi dir="ltr" className="font-mono">
                    {range}
                  </bdi>
                ),
              },
              ...(mayChange
                ? [
                    {
                      key: 'deeds',
                      head: <span className="sr-only">{t('deeds')}</span>,
                      label: t('deeds'),
                      cell: (rule: FirewallRule) => (
                        <DeedForm deed="set-firewall" formKey={formKey} fields={{ remove: ruleKey(rule) }}>
                          <SubmitButton look="quiet" size="small">
                            {t('remove')}
                          </SubmitButton>
                        </DeedForm>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </Card>
        {mayChange ? <NewRule /> : null}
      </div>
    </>
  )
}

function NewRule() {
  const { formKey } = useLoaderData<typeof loader>()
  const { t } = useTranslation('cloud')
  const { error, typed } = useDeedErrors(useActionData<typeof action>() as DeedAnswer | undefined)
  return (
    <Card id="new-rule" title={t('firewall.add')} className="max-w-2xl">
      <DeedForm deed="set-firewall" formKey={formKey} className="grid gap-5 sm:grid-cols-2">
        <Select name="direction" label={t('firewall.direction')} defaultValue={typed('direction') ?? 'in'}>
          <option value="in">{t('firewall.in')}</option>
          <option value="out">{t('firewall.out')}</option>
        </Select>
        <Select name="protocol" label={t('firewall.protocol')} defaultValue={typed('protocol') ?? 'tcp'}>
          <option value="tcp">TCP</option>
          <option value="udp">UDP</option>
          <option value="icmp">ICMP</option>
        </Select>
        <TextInput
          name="firstPort"
          label={t('firewall.firstPort')}
          help={t('firewall.portHelp')}
          inputMode="numeric"
          defaultValue={typed('firstPort') ?? ''}
          error={error('firstPort')}
        />
        <TextInput
          name="lastPort"
          label={t('firewall.lastPort')}
          inputMode="numeric"
          defaultValue={typed('lastPort') ?? ''}
          error={error('lastPort')}
        />
        <TextInput
          name="range"
          label={t('range')}
          help={t('firewall.rangeHelp')}
          dir="ltr"
          spellCheck={false}
          defaultValue={typed('range') ?? '0.0.0.0/0'}
          error={error('range')}
          className="sm:col-span-2"
        />
        <div>
          <SubmitButton>{t('firewall.add')}</SubmitButton>
        </div>
      </DeedForm>
    </Card>
  )
}

function portsOf({ firstPort, lastPort }: FirewallRule): string {
  if (firstPort === null) return '–'
  return firstPort === lastPort ? String(firstPort) : `${firstPort}–${lastPort}`
}
