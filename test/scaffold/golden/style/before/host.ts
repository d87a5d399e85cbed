import type {TabsImports} from "./generated/tabs";
import type {
	Log,
} from "./generated/demo/tabs/log";

export const log: Log = {
	/** WIT: `line: func(text: string)` */
	line( text: string ): void { console.log(text); }, // one line

	/** WIT: `end: func()` */
	end(): void { console.log("bye"); } // no comma
	// the end
};

const everything: TabsImports = {"demo:tabs/log": log};
export default everything;
