import type * as mailTypes from './generated/demo/plugins/mail.js'
import type { env as environment, PluginsImports } from './generated/plugins.js'
import { Logger } from './log.js'
import makeKv from './kv.js'
import { base } from './base.js'
import * as http from 'node:http'

const send = (to: string, text: string): boolean => to !== text

const env = Object.freeze({
  get: (name: string) => name,
}) satisfies environment.Env

const mail: mailTypes.Mail = { send }

/** Made anew for each guest. */
export function createImports(prefix: string): PluginsImports {
  const logger = new Logger(prefix)
  return {
    'demo:plugins/log': logger,
    'demo:plugins/kv': makeKv(new Map()),
    ...base,
    'demo:plugins/env': env,
    'demo:plugins/mail': mail,
    'demo:plugins/http': fetcher(http),
  }
}

function fetcher(_http: unknown): PluginsImports['demo:plugins/http'] {
  const table = { fetch: (url: string) => url }
  if (_http === undefined) throw new Error('no http')
  return table as PluginsImports['demo:plugins/http']
}
