import type {TabsImports} from "./generated/tabs";
import type {
	Log, Level,
} from "./generated/demo/tabs/log";
import type { Extra, Thing as ThingResource } from "./generated/demo/tabs/extra";

export const log: Log & { end(): void } = {
	/** WIT: `line: func(text: string, level: level)` */
	line( text: string, level: Level ): void { console.log(text); }, // one line

	// witgen: demo:tabs/log#end is no longer in the world
	/** WIT: `end: func()` */
	end(): void { console.log("bye"); }, // no comma

	/**
	 * WIT: `finish: func(code: s32) -> result<_, string>`
	 * @throws `{ payload: string }` to return an `err`
	 * @throws anything else to end the guest
	 */
	finish(code: number): void {
		throw new Error("not implemented: demo:tabs/log#finish", { cause: { code } });
	},
	// the end
};

/** WIT: `resource thing` */
export class Thing implements ThingResource {
	/** WIT: `constructor(n: u32)` */
	constructor(n: number) {
		throw new Error("not implemented: demo:tabs/extra#[constructor]thing", { cause: { n } });
	}

	/** WIT: `get: func() -> u32` */
	get(): number {
		throw new Error("not implemented: demo:tabs/extra#[method]thing.get");
	}

	/** Runs once, when the guest lets go of the object. */
	[Symbol.dispose](): void {}
}

/** WIT: `demo:tabs/extra` */
export const extra: Extra = {
	Thing,
};

const everything: TabsImports = {
	"demo:tabs/log": log,
	"demo:tabs/extra": extra,
};
export default everything;
