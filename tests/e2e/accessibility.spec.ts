import { expectAccessible, expectFitsPhone } from './support/accessible.ts'
import { seesEveryLook } from './support/looks.ts'
import { pagePatterns } from './support/page-routes.ts'
import type { Store } from './support/stores.ts'
import { expect, type Page, test } from './support/test.ts'
import { walk } from './support/walk.ts'
import { namesBehind } from './support/white-label.ts'

// Of these there is none at first, or not for the one who walks: the journeys check them on the way.
const onTheWay = [
  '/join',
  '/sign-in/second-step',
  '/sign-in/connect',
  '/checkout',
  '/order/:orderId',
  '/order/:orderId/pay',
  '/panel/pay',
  '/panel/pay/:attemptId',
  '/panel/payment-methods',
  '/sandbox-pay/:ref',
  '/panel/servers/power',
  '/panel/servers/:serverId/delete',
  '/panel/servers/:serverId/graphs',
  '/panel/servers/:serverId/console',
  '/panel/servers/:serverId/console/:ticket',
  '/cloud-interface/:ticket',
  '/panel/cloud-interface',
  '/office/accounts/:accountId/cloud-interface',
  '/panel/servers/:serverId/network',
  '/panel/servers/:serverId/firewall',
  '/panel/servers/:serverId/backups',
  '/panel/servers/:serverId/volumes',
  '/panel/servers/:serverId/resize',
  '/panel/applications/:applicationId',
  '/panel/applications/designs/:designId',
  '/panel/volumes/:volumeId',
  '/panel/addresses/:addressId',
  '/panel/networks/:networkId',
  '/panel/load-balancers/:balancerId',
  '/panel/dns/:zoneId',
  '/panel/showbacks/:showbackId',
  '/panel/departments',
  '/office/invoices/drafts/:draftId',
  '/office/catalog/meters/:meterId',
  '/documents/:token',
  '/exports/:token',
  '/settle/:token',
  '/office/domains/:hostId',
  '/office/webhooks/:endpointId',
  '/office/settings/gateways/:gatewayAccountId',
  '/office/settings/sign-on/:providerId',
  '/panel/account/webhooks/:endpointId',
  '/office/purchases',
  '/office/purchases/:documentId',
  '/office/purchases/credit',
  '/office/purchases/payments',
  '/office/purchases/settlement',
  '/office/purchases/statement',
  '/office/accounts/:accountId/credit',
  '/office/accounts/:accountId/settlement',
  '/office/invoices/:invoiceId/settle',
  '/office/payments/:paymentId',
  '/office/payments/:paymentId/refund',
  '/office/payments/:paymentId/return',
  '/office/payments/:paymentId/take-back/:allocationId',
  '/office/payments/attempts/:attemptId',
  '/office/disputes/:disputeId',
  '/office/gateway-payouts/:payoutId',
  '/office/bank-statements/:statementId',
  '/office/bank-statements/entries/:entryId',
  '/panel/budgets/:budgetId',
  '/office/tickets/new',
  // A picture for those who see: nothing in it can be used.
  '/office/brand/preview/:surface',
]
// A page of one thing shows its empty form here.
const emptyForms = ['/office/promotions/new', '/office/promotions/campaigns/new']
const patterns = [...pagePatterns().filter((pattern) => !onTheWay.includes(pattern)), ...emptyForms]
// The inbox shows mails in a frame where nothing may run, and the browser says so when a tool tries.
const tolerated = /allow-scripts|origin-keyed/
const isPanel = (pattern: string) => /^\/(panel|order)\b/.test(pattern)
const isOffice = (pattern: string) => /^\/(office|dev)\b/.test(pattern)
const parts = {
  store: patterns.filter((pattern) => !pattern.startsWith('/panel') && !isOffice(pattern)),
  panel: patterns.filter(isPanel),
  office: patterns.filter(isOffice),
}

const walks: readonly {
  readonly direction: 'ltr' | 'rtl'
  readonly part: keyof typeof parts
  readonly store: Store
  readonly as?: string
  /** Pages that there are none of for this seller. */
  readonly without?: readonly string[]
}[] = [
  { direction: 'ltr', part: 'store', store: 'ahorn' },
  { direction: 'rtl', part: 'store', store: 'nakhla' },
  { direction: 'ltr', part: 'panel', store: 'ahorn', as: 'maria@linde.example' },
  { direction: 'rtl', part: 'panel', store: 'nakhla', as: 'omar@oasis.example' },
  { direction: 'ltr', part: 'office', store: 'meridian', as: 'mara@meridian.example' },
  {
    direction: 'rtl',
    part: 'office',
    store: 'nakhla',
    as: 'layla@nakhla.example',
    without: ['/office/clouds/:cloudId/mappings', '/office/catalog/plans/new'],
  },
]

// The office turned round is seen by `npm run test:a11y` alone.
const walked = walks.filter(({ part, direction }) => seesEveryLook || part !== 'office' || direction === 'ltr')

for (const { direction, part, store, as, without = [] } of walked) {
  test(`every page of the ${part} can be used by everybody, ${direction}`, async ({ visit }) => {
    test.setTimeout(900_000)
    const page = await visit(store, { tolerated, refusals: [404], ...(as ? { as } : {}) })
    const patterns = parts[part].filter((pattern) => !without.includes(pattern))
    // Of an invoice that is open there are more pages than of one that others have paid meanwhile.
    const first = part === 'office' ? ['/office/invoices?status=open'] : []
    await walk(page, { patterns, first }, async (path) => {
      await expect(page.locator('html')).toHaveAttribute('dir', direction)
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
      if (store !== 'meridian' && part !== 'office') await expectNothingBehind(page, path)
      // The office is made of the parts that store and panel are: axe reads each of its pages in `npm run test:a11y`.
      if (part === 'office' && !seesEveryLook) await expectFitsPhone(page, path)
      else await expectAccessible(page, path, { isMirrored: direction === 'rtl' })
    })
  })
}

async function expectNothingBehind(page: Page, path: string): Promise<void> {
  expect.soft((await page.content()).match(namesBehind)?.[0], `a name behind the store at ${path}`).toBeUndefined()
}
