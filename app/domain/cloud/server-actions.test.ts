import { expect, test } from 'vitest'
import { isPossible, possibleActions } from './server-actions.ts'

const running = { state: 'running', isManaged: true, pendingAction: null }

test('a server is asked what makes sense in its state', () => {
  expect(possibleActions(running)).toEqual(['stop', 'reboot', 'destroy'])
  expect(possibleActions({ ...running, state: 'stopped' })).toEqual(['start', 'destroy'])
  expect(possibleActions({ ...running, state: 'failed' })).toEqual(['destroy'])
  expect(possibleActions({ ...running, state: 'building' })).toEqual([])
})

test('nothing is asked of a server that is only metered, or that something is being done to', () => {
  expect(possibleActions({ ...running, isManaged: false })).toEqual([])
  expect(possibleActions({ ...running, pendingAction: 'reboot' })).toEqual([])
})

test('a plan may change while the server is being built', () => {
  expect(isPossible('resize', 'building')).toBe(true)
  expect(isPossible('resize', 'deleted')).toBe(false)
})
