#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'

// The heap is small and the buffers are many: marking in steps, on threads of its own, would take the cores that compress
// and serve the rows (docs/decisions/0004-no-incremental-marking.md).
setFlagsFromString('--no-incremental-marking')

const { main } = await import('../dist/main.js')
await main(process.argv.slice(2))
