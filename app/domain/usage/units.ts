/** Units that a meter may count in; `piece` is for what a seller counts itself. GB is 10^9 bytes, GiB 2^30. */
export const meterUnits = ['hour', 'GB', 'GiB', 'GiB-hour', 'vCPU-hour', 'GHz-hour', 'request', 'piece'] as const
export type Unit = (typeof meterUnits)[number]

/** What the number in a record counts, before it is measured. */
export type ReportedUnit = Unit | 'byte' | 'vCPU' | 'GHz'
