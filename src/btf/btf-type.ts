/** The kernel's types as BTF records them (Documentation/bpf/btf.rst), told apart by `kind`. */

export type BtfType =
  | { readonly kind: "void" }
  | {
      readonly kind: "int";
      readonly name: string;
      readonly size: number;
      readonly signed: boolean;
      readonly isChar: boolean;
      readonly isBoolean: boolean;
    }
  | { readonly kind: "float"; readonly name: string; readonly size: number }
  | { readonly kind: "pointer"; readonly to: number }
  | { readonly kind: "array"; readonly element: number; readonly length: number }
  | {
      readonly kind: "struct" | "union";
      /** Empty for an anonymous one. */
      readonly name: string;
      readonly size: number;
      readonly members: readonly BtfMember[];
    }
  | {
      readonly kind: "enum";
      readonly name: string;
      readonly size: number;
      readonly signed: boolean;
      readonly enumerators: readonly { readonly name: string; readonly value: bigint }[];
    }
  | { readonly kind: "forward"; readonly name: string; readonly tag: "struct" | "union" }
  | { readonly kind: "typedef"; readonly name: string; readonly to: number }
  | {
      readonly kind: "const" | "volatile" | "restrict" | "type-tag";
      readonly to: number;
    }
  | { readonly kind: "function"; readonly name: string; readonly prototype: number }
  | {
      readonly kind: "prototype";
      readonly returns: number;
      readonly parameters: readonly { readonly name: string; readonly type: number }[];
      readonly variadic: boolean;
    }
  | { readonly kind: "variable"; readonly name: string; readonly type: number }
  | { readonly kind: "section"; readonly name: string }
  | { readonly kind: "declaration-tag"; readonly name: string };

export interface BtfMember {
  /** Empty for an anonymous struct or union. */
  readonly name: string;
  readonly type: number;
  readonly bitOffset: number;
  /** 0 for what is no bit-field. */
  readonly bitSize: number;
}

export type BtfKind = BtfType["kind"];
