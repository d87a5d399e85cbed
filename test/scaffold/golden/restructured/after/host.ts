import type * as mailTypes from './generated/demo/plugins/mail.js'
import type { env as environment, PluginsImports } from './generated/plugins.js'
import { Logger } from './log.js'
import makeKv from './kv.js'
import { base } from './base.js'
import * as http from 'node:http'

const send = (to: string, text: string): boolean => to !== text

const env = Object.freeze({
  get: (name: string) => name,

  /** WIT: `all: func() -> list<tuple<string, string>>` */
  all(): readonly [string, string][] {
    throw new Error('not implemented: demo:plugins/env#all')
  },
}) satisfies environment.Env

const mail: mailTypes.Mail = {
  sendMail: send,

  /** WIT: `receive: func() -> list<string>` */
  receive(): readonly string[] {
    throw new Error('not implemented: demo:plugins/mail#receive')
  },
}

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
  const table = {
    fetch: (url: string) => url,

    /** WIT: `head: func(url: string) -> u16` */
    head(url: string): number {
      throw new Error('not implemented: demo:plugins/http#head', { cause: { url } })
    },
  }
  if (_http === undefined) throw new Error('no http')
  return table as PluginsImports['demo:plugins/http']
}
