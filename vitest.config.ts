import { defineConfig, type ViteUserConfig } from 'vitest/config'

const config: ViteUserConfig = defineConfig({
  resolve: { conditions: ['witgen-source'] },
  ssr: { resolve: { conditions: ['witgen-source'], externalConditions: ['witgen-source'] } },
  test: { include: ['test/**/*.test.ts'], pool: 'threads', testTimeout: 30_000 },
})

export default config
