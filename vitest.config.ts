import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['witgen-source'] },
  ssr: { resolve: { conditions: ['witgen-source'], externalConditions: ['witgen-source'] } },
  test: { include: ['test/**/*.test.ts'], pool: 'threads', testTimeout: 30_000 },
})
