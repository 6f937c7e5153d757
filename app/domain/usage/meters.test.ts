import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { cloudstackMeters, measure, meters, ruleOf } from './meters.ts'

const measureText = (usageType: string, quantity: string, dimensions: Record<string, string> = {}) => {
  const result = measure({ usageType, quantity: new Decimal(quantity), dimensions })
  return result.ok ? `${result.value.meter} ${result.value.quantity} ${result.value.unit}` : result.error
}

test('every CloudStack usage type 1 to 17 and 21 to 31 has a meter', () => {
  const ids = [...Array.from({ length: 17 }, (_, index) => index + 1), ...Array.from({ length: 11 }, (_, index) => index + 21)]
  expect(Object.keys(cloudstackMeters)).toEqual(ids.map(String))
  for (const rule of Object.values(cloudstackMeters)) expect(meters[rule.meter].code).toBe(rule.meter)
})

test('server hours are measured exactly as the cloud reported them', () => {
  expect(measureText('1', '10.499724')).toBe('server.running 10.499724 hour')
  expect(measureText('2', '2.95288')).toBe('server.allocated 2.95288 hour')
  expect(measureText('nova.server', '0.001388888888888889')).toBe('server.allocated 0.001388888888888889 hour')
})

test('a volume is measured in hours times GiB', () => {
  expect(measureText('6', '24', { sizeBytes: '21474836480' })).toBe('volume 480 GiB-hour')
  expect(measureText('6', '23.999998', { sizeBytes: '107374182400' })).toBe('volume 2399.9998 GiB-hour')
})

test('an odd number of bytes keeps every digit', () => {
  expect(measureText('9', '1', { sizeBytes: '1' })).toBe('snapshot 0.000000000931322574615478515625 GiB-hour')
})

test('traffic is measured in GB of ten to the ninth bytes', () => {
  expect(measureText('4', '123456789')).toBe('traffic.sent 0.123456789 GB')
  expect(measureText('5', '987654321012')).toBe('traffic.received 987.654321012 GB')
  expect(measureText('23', '6442450944')).toBe('disk.read 6.442450944 GB')
})

test('a bucket is a sample of GiB, and its meter takes the greatest', () => {
  expect(measureText('29', '1073741824')).toBe('bucket 1 GiB')
  expect(meters.bucket.aggregation).toBe('max')
})

test('a backup with a size is GiB-hours, without one hours', () => {
  expect(measureText('28', '24', { sizeBytes: '5368709120' })).toBe('backup 120 GiB-hour')
  expect(measureText('28', '24')).toBe('backup.hours 24 hour')
})

test('quota types multiply hours with cores, clock rate and memory', () => {
  expect(measureText('16', '24', { cpuNumber: '4' })).toBe('server.cpu 96 vCPU-hour')
  expect(measureText('15', '24', { cpuNumber: '4', cpuSpeedMhz: '2500' })).toBe('server.cpu-speed 240 GHz-hour')
  expect(measureText('17', '24', { memoryMib: '512' })).toBe('server.memory 12 GiB-hour')
})

test('storage without a readable size is refused', () => {
  expect(measureText('6', '24')).toBe('missing-dimension')
  expect(measureText('6', '24', { sizeBytes: 'big' })).toBe('missing-dimension')
  expect(measureText('15', '24', { cpuNumber: '4' })).toBe('missing-dimension')
})

test('a usage type nobody knows is refused', () => {
  expect(measureText('77', '24')).toBe('unknown-usage-type')
  expect(measureText('constructor', '24')).toBe('unknown-usage-type')
  expect(ruleOf('18')).toBeUndefined()
})

test('a type reported in bytes is not taken for GB', () => {
  expect(measureText('4', '2000000000', { unit: 'byte' })).toBe('traffic.sent 2 GB')
  expect(measureText('4', '2', { unit: 'GB' })).toBe('unit-mismatch')
})

test('a file may name the meter itself, in the unit of that meter only', () => {
  expect(measureText('traffic.sent', '12.5', { unit: 'GB' })).toBe('traffic.sent 12.5 GB')
  expect(measureText('traffic.sent', '12.5', { unit: 'GiB' })).toBe('unit-mismatch')
})
