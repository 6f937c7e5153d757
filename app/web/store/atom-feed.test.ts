import { expect, test } from 'vitest'
import { parseLegalText } from '#app/brand/legal-text.ts'
import { atomFeed } from './atom-feed.ts'

const at = new Date('2026-06-10T08:00:00Z')
const feed = {
  page: 'https://a.example/news',
  self: 'https://a.example/news.xml',
  language: 'en',
  title: 'News',
  author: 'A & B',
  updated: at,
}
const entry = {
  id: '0190f0a0-0000-7000-8000-000000000000',
  address: 'https://a.example/news/1?lang=en&x',
  at,
  language: 'en',
  title: 'New',
}

test('a text becomes HTML in the feed, and what was typed as markup stays text', () => {
  const blocks = parseLegalText('# Plans\n\nThey are **new** <script>alert(1)</script>\n\n- one\n- two')
  const xml = atomFeed({ ...feed, entries: [{ ...entry, blocks }] })
  expect(xml).toContain('&lt;h2&gt;Plans&lt;/h2&gt;')
  expect(xml).toContain('&lt;strong&gt;new&lt;/strong&gt;')
  expect(xml).toContain('&lt;ul&gt;&lt;li&gt;one&lt;/li&gt;&lt;li&gt;two&lt;/li&gt;&lt;/ul&gt;')
  expect(xml).toContain('&amp;lt;script&amp;gt;')
  expect(xml).not.toContain('<script')
})

test('addresses and names are text of XML', () => {
  const xml = atomFeed({ ...feed, entries: [{ ...entry, blocks: [] }] })
  expect(xml).toContain('href="https://a.example/news/1?lang=en&amp;x"')
  expect(xml).toContain('<name>A &amp; B</name>')
})
