import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

/** The tests against published suites, which fetch their data first: `vitest run --config test/conformance/vitest.config.ts`. */
const config: ViteUserConfig = defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve: { conditions: ['witgen-source'] },
  ssr: { resolve: { conditions: ['witgen-source'], externalConditions: ['witgen-source'] } },
  test: {
    include: ['test/conformance/**/*.conformance.ts'],
    globalSetup: 'test/conformance/setup.ts',
    pool: 'threads',
    testTimeout: 30_000,
  },
})

export default config
