import type { TenantContext } from '#app/db/context.server.ts'
import { changesNotAudited } from '#app/db/invariants/audit.server.ts'
import { creditNotAsSources, reservationsForgotten } from '#app/db/invariants/credit.server.ts'
import { brokenNumbers, doubleInvoices, excessCredits, missingDeliveries, wrongTotals } from '#app/db/invariants/documents.server.ts'
import type { Examined } from '#app/db/invariants/examined.server.ts'
import { gatewaysNotAsBooked } from '#app/db/invariants/gateways.server.ts'
import { foreignRows, rowsWithoutScope } from '#app/db/invariants/isolation.server.ts'
import { deferredNotAsParts, documentsNotAsPosted, unbalancedEntries, wrongBalances } from '#app/db/invariants/ledger.server.ts'
import { paymentsNotAsBooked } from '#app/db/invariants/payments.server.ts'
import { excessRedemptions } from '#app/db/invariants/promotions.server.ts'
import { settledOtherwise, unappliedOtherwise } from '#app/db/invariants/settled.server.ts'
import { payableNotAsCounted, payoutsAboveItems } from '#app/db/invariants/settlement.server.ts'
import { standingStill, timeMeasuredTwice } from '#app/db/invariants/time.server.ts'
import { doubledKeys, ratesNotStored, usageNotRatedOnce } from '#app/db/invariants/usage.server.ts'
import { balancesOtherwise } from '#app/db/invariants/wallets.server.ts'
import type { TenantRow } from '#app/db/sellers/tenants.server.ts'
import { brokenChain } from './broken-chain.server.ts'
import { edgesDisagree } from './edges-agree.server.ts'
import { handedDownOtherwise } from './handed-down-otherwise.server.ts'
import { rerunInvoices } from './rerun-invoices.server.ts'

/** Something that always holds, with the table whose rows prove that a check saw anything. */
export type Invariant = {
  readonly id: string
  readonly text: string
  readonly table: string
  /** Checks of one tenant, each in a transaction of its own. */
  readonly checks: readonly ((ctx: TenantContext) => Promise<Examined>)[]
  /** Checks that open transactions of their own. */
  readonly walks?: readonly ((tenant: TenantRow) => Promise<Examined>)[]
  /** A check of the whole installation. */
  readonly once?: () => Promise<Examined>
}

/** What is checked, in order. */
export const invariants: readonly Invariant[] = [
  { id: 'I1', text: 'ledger sums to zero per entry and currency', table: 'ledger_postings', checks: [unbalancedEntries] },
  {
    id: 'I2',
    text: 'stored balances are the sums of their postings',
    table: 'ledger_balances',
    checks: [wrongBalances, deferredNotAsParts, balancesOtherwise],
  },
  { id: 'I3', text: 'usage is rated once and whole', table: 'usage_records', checks: [usageNotRatedOnce] },
  { id: 'I4', text: 'no time of a resource is measured twice', table: 'usage_records', checks: [timeMeasuredTwice] },
  { id: 'I5', text: 'documents are the sum of lines and taxes', table: 'invoices', checks: [wrongTotals] },
  { id: 'I6', text: 'documents are posted with their total', table: 'invoices', checks: [documentsNotAsPosted] },
  { id: 'I7', text: 'numbers have no hole, hashes no break', table: 'invoices', checks: [brokenNumbers], walks: [brokenChain] },
  { id: 'I8', text: 'one invoice per customer and period', table: 'invoices', checks: [doubleInvoices] },
  { id: 'I9', text: 'no more is credited than invoiced', table: 'invoices', checks: [excessCredits] },
  {
    id: 'I10',
    text: 'payments are booked, and given back at most once',
    table: 'payments',
    checks: [paymentsNotAsBooked, gatewaysNotAsBooked, settledOtherwise, unappliedOtherwise],
  },
  { id: 'I11', text: 'every document is delivered, no message twice', table: 'invoices', checks: [missingDeliveries] },
  { id: 'I12', text: 'promotions are used within their limits', table: 'promotions', checks: [excessRedemptions] },
  {
    id: 'I13',
    text: 'credit is what its sources say, none held for ever',
    table: 'credit_positions',
    checks: [creditNotAsSources, reservationsForgotten],
  },
  { id: 'I14', text: 'no row of another tenant, none without a scope', table: 'tenants', checks: [foreignRows], once: rowsWithoutScope },
  { id: 'I15', text: 'no order, run or export stands still', table: 'billing_runs', checks: [standingStill] },
  { id: 'I16', text: 'changes of money and documents have one trace', table: 'audit_entries', checks: [changesNotAudited] },
  { id: 'I17', text: 'nothing is there twice', table: 'charges', checks: [doubledKeys] },
  { id: 'I18', text: 'levels agree on usage, rates are kept', table: 'charges', checks: [ratesNotStored], walks: [handedDownOtherwise] },
  { id: 'I19', text: 'both sides of a reseller are booked alike', table: 'parent_entries', checks: [], walks: [edgesDisagree] },
  {
    id: 'I20',
    text: 'resellers are owed what was counted, paid no more',
    table: 'settlement_items',
    checks: [payableNotAsCounted, payoutsAboveItems],
  },
]

/** What `--rerun` adds: documents made again from their charges. */
export const rerun: Invariant = {
  id: 'P5',
  text: 'invoices come out the same when made again',
  table: 'invoices',
  checks: [],
  walks: [rerunInvoices],
}
