#!/usr/bin/env node
// The installed command: loads TypeScript through tsx and hands over.
import { register } from 'tsx/esm/api'

register()
await import('./livery.ts')
