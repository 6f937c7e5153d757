import { afterEach, expect, test } from 'vitest'
import { provideEnvironment } from './env.server.ts'
import { storeAddress } from './store-address.server.ts'

afterEach(() => provideEnvironment({ PORT: '4000' }))

test('a store on this machine is reached by http at the port of the web server', () => {
  provideEnvironment({ PORT: '4100' })
  expect(storeAddress('ahorn.localhost', '/confirm?token=abc')).toBe('http://ahorn.localhost:4100/confirm?token=abc')
})

test('every other store is reached by https', () => {
  expect(storeAddress('shop.ahorn.example')).toBe('https://shop.ahorn.example/')
  expect(storeAddress('localhost.example', '/panel')).toBe('https://localhost.example/panel')
})
