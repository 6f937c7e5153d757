import { money } from '#app/domain/money/money.ts'
import type { PanelDashboard } from '#app/reports/panel-dashboard/shape.ts'
import type { ServerTableRow } from '#app/ui/cloud/server-table.tsx'

/** A June of somebody with four servers; a weekday costs more than a Sunday. */
export function sampleDashboard(currency: string): PanelDashboard {
  const days = Array.from({ length: 18 }, (_, at) => ({
    day: `2026-06-${String(at + 1).padStart(2, '0')}`,
    amount: money(at % 7 === 6 ? 310n : 460n + BigInt((at * 37) % 90), currency),
  }))
  const spent = days.reduce((sum, { amount }) => sum + amount.minor, 0n)
  return {
    asOf: new Date('2026-06-18T14:05:00Z'),
    monthStart: '2026-06-01',
    spendSoFar: money(spent, currency),
    forecast: money((spent * 30n) / 18n, currency),
    lastMonthSameDays: null,
    due: money(4_068n, currency),
    accrued: money(spent, currency),
    reserved: null,
    available: null,
    credit: money(0n, currency),
    days,
    daysInMonth: 30,
    servers: [],
    newestServers: [],
    subscriptions: 0,
    newestSubscriptions: [],
    tickets: { open: 0, answered: 0 },
    needs: [],
  }
}

/** Servers in every state that a table shows. */
export function sampleServers(currency: string): ServerTableRow[] {
  const rows = [
    ['web-01', 'running', '203.0.113.14', 1_845n, 2_490n],
    ['web-02', 'running', '203.0.113.15', 1_845n, 2_490n],
    ['db-01', 'stopped', '203.0.113.21', 3_120n, 4_900n],
    ['web-03', 'failed', null, 0n, 2_490n],
  ] as const
  return rows.map(([name, state, address, cost, cap]) => ({
    id: name,
    name,
    state,
    address,
    planName: 'Web 2',
    location: 'Frankfurt',
    projectName: null,
    costSoFar: money(cost, currency),
    monthlyCap: money(cap, currency),
    actions: [],
  }))
}
