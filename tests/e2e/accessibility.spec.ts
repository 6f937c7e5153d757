import { expectAccessible, expectFitsPhone } from './support/accessible.ts'
import { seesEveryLook } from './support/looks.ts'
import { pagePatterns } from './support/page-routes.ts'
import type { Store } from './support/stores.ts'
import { expect, type Page, test } from './support/test.ts'
import { walk } from './support/walk.ts'
import { namesBehind } from './support/white-label.ts'

// A walk is hundreds of looks: recording each would take longer than looking. Findings name the page and the element.
test.use({ trace: 'off' })

// Of these there is none at first, or not for the one who walks: the journeys check them on the way.
const onTheWay = [
  '/checkout',
  '/order/:orderId',
  '/order/:orderId/pay',
  '/panel/pay',
  '/panel/pay/:attemptId',
  '/panel/payment-methods',
  '/sandbox-pay/:ref',
  '/panel/servers/:serverId/delete',
  '/panel/showbacks/:showbackId',
  '/office/invoices/drafts/:draftId',
  '/office/catalog/meters/:meterId',
  '/documents/:token',
  '/exports/:token',
  '/settle/:token',
  '/office/domains/:hostId',
  '/office/webhooks/:endpointId',
  '/office/settings/gateways/:gatewayAccountId',
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
  { direction: 'rtl', part: 'office', store: 'nakhla', as: 'layla@nakhla.example', without: ['/office/clouds/:cloudId/mappings'] },
]

for (const { direction, part, store, as, without = [] } of walks) {
  test(`every page of the ${part} can be used by everybody, ${direction}, light and dark, on desktop and phone`, async ({ visit }) => {
    test.setTimeout(900_000)
    const page = await visit(store, { tolerated, refusals: [404], ...(as ? { as } : {}) })
    const pages = parts[part].filter((pattern) => !without.includes(pattern))
    await walk(page, pages, async (path) => {
      await expect(page.locator('html')).toHaveAttribute('dir', direction)
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
      if (store !== 'meridian' && part !== 'office') await expectNothingBehind(page, path)
      // The office turned round has no part of its own: the same tables and forms are read in store and panel.
      if (part === 'office' && direction === 'rtl' && !seesEveryLook) await expectFitsPhone(page, path)
      else await expectAccessible(page, path, { isMirrored: direction === 'rtl' })
    })
  })
}

async function expectNothingBehind(page: Page, path: string): Promise<void> {
  expect.soft((await page.content()).match(namesBehind)?.[0], `a name behind the store at ${path}`).toBeUndefined()
}
