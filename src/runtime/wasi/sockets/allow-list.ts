import { WasmError } from '../../errors.ts'
import type { IpAddress, IpSocketAddress } from './shim.ts'

interface Rule {
  /** A name in lower case, or an address as `textOf` writes it. */
  readonly host: string
  /** Undefined: any. */
  readonly port: number | undefined
}

/** Which hosts a guest may connect to: those of the option `net`, and the addresses that their names have been resolved to. */
export class AllowList {
  readonly #rules: readonly Rule[]
  /** Names by address, as the guest had them resolved. */
  readonly #resolved: Map<string, Set<string>> = new Map()

  /** @throws TypeError for an entry that is no host */
  constructor(hosts: readonly string[]) {
    this.#rules = hosts.map(ruleOf)
  }

  mayResolve(name: string): boolean {
    const host = normalName(name)
    return this.#rules.some((rule) => rule.host === host)
  }

  /** Notes that `name`, which may be resolved, has `address`. */
  resolved(name: string, address: IpAddress): void {
    const text = textOf(address)
    const names = this.#resolved.get(text) ?? new Set()
    this.#resolved.set(text, names.add(normalName(name)))
  }

  mayConnect({ tag, val: { address, port } }: IpSocketAddress): boolean {
    const text = textOf({ tag, val: address })
    const names = this.#resolved.get(text)
    return this.#rules.some(
      (rule) =>
        (rule.port === undefined || rule.port === port) && (rule.host === text || names?.has(rule.host) === true),
    )
  }
}

/**
 * The hosts of the option `net`.
 *
 * @throws WasmError `InvalidParam` for an entry that is no host
 */
export function allowListOf(hosts: readonly string[], module: string): AllowList {
  try {
    return new AllowList(hosts)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new WasmError('InvalidParam', module, undefined, `wasi.net: ${error.message}`)
  }
}

/** An address as URLs write it: `127.0.0.1`, `[::1]`. */
export function textOf({ tag, val }: IpAddress): string {
  return tag === 'ipv4' ? val.join('.') : new URL(`http://[${val.map((n) => n.toString(16)).join(':')}]`).hostname
}

/** `host`, `host:port`, `1.2.3.4`, `1.2.3.4:80`, `::1`, `[::1]`, `[::1]:80`. */
function ruleOf(entry: string): Rule {
  const isBareIpv6 = !entry.startsWith('[') && entry.split(':').length > 2
  const text = isBareIpv6 ? `[${entry}]` : entry
  const [, name = '', digits] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(text) ?? []
  const port = digits === undefined ? undefined : Number(digits)
  const isPort = port === undefined || (port > 0 && port < 65_536)
  if (isPort && isHost(name)) return { host: normalName(name), port }
  throw new TypeError(`expected a host with or without a port, got ${JSON.stringify(entry)}`)
}

function isHost(name: string): boolean {
  if (!name.startsWith('[')) return /^[\w-]+(?:\.[\w-]+)*\.?$/.test(name)
  return URL.canParse(`http://${name}`)
}

function normalName(name: string): string {
  const host = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name
  if (host.startsWith('[')) return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host
  return host.toLowerCase().replace(/\.$/, '')
}
