// Guests that stay within a policy answer as they do without one: every function of the toolbox, by both codecs.
import { toolboxSuite } from '../guests/toolbox-suite.ts'

const ample = {
  maxMemoryPages: 2000,
  maxTableElements: 10_000,
  maxInstances: 20,
  maxCallDepth: 1000,
  maxExecutionTimeMs: 20_000,
  maxOutputBytes: 1e9,
  fuel: 1e12,
  allowedImports: { 'test:toolbox/host': true, 'test:toolbox/sinks@1.0.0': true },
  memoryTracing: true,
}

for (const language of ['rust', 'c', 'assemblyscript']) toolboxSuite(language, new Set(), ample)
