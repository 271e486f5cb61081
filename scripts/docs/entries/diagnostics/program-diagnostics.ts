/** What errors of text, declarations and expressions mean, and what helps. */

import type { checkMessages } from "../../../../src/compiler/diagnostics/catalog-check.ts";
import type { codegenMessages } from "../../../../src/compiler/diagnostics/catalog-codegen.ts";
import type { declarationMessages } from "../../../../src/compiler/diagnostics/catalog-declaration.ts";
import type { macroMessages } from "../../../../src/compiler/diagnostics/catalog-macro.ts";
import type { pragmaMessages } from "../../../../src/compiler/diagnostics/catalog-pragma.ts";
import type { syntaxMessages } from "../../../../src/compiler/diagnostics/catalog-syntax.ts";

type Texts<Messages> = Readonly<Record<keyof Messages, string>>;

export const syntaxTexts: Texts<typeof syntaxMessages> = {
  D_SYNTAX:
    "The text does not fit D's grammar at this place. What is missing often stands before it.",
  D_EMPTY: "There is no clause. `-x empty` allows that.",
  D_INT_OFLOW:
    "Constants have at most 64 bits; decimal ones without `u` are signed, so that one is the sign.",
  D_INT_DIGIT: "A constant that begins with 0 is octal, one with `0x` hexadecimal.",
  D_STR_NL: "A string ends on its line; a newline in it is written `\\n`.",
  D_CHR_NL: "The closing `'` is missing.",
  D_CHR_NULL: "A character constant has at least one character; the NUL is `'\\0'`.",
  D_CHR_OFLOW: 'A character constant has at most 8 characters. Strings take `"`.',
  D_NEST_DEPTH: "Split the expression with variables of `this->`.",
  D_PDESC_INVAL: "A probe description has at most four parts, and a number stands for all of them.",
  D_PROV_BADNAME: "The name of a provider or a probe in a `provider` declaration cannot be.",
};

export const macroTexts: Texts<typeof macroMessages> = {
  D_MACRO_UNDEF: "Give the operand on the command line, or `-x defaultargs`.",
  D_MACRO_OFLOW: "An operand that is an integer has at most 64 bits; `$$1` takes it as a string.",
  D_MACRO_UNUSED: "Operands that no program uses are likely a mistake. `-x argref` allows them.",
};

export const pragmaTexts: Texts<typeof pragmaMessages> = {
  D_PRAGCTL_INVAL: "Directives of the preprocessor need `-C`.",
  D_PRAGMA_INVAL: "[The pragmas](macros.md#control-lines) are few.",
  D_PRAGMA_MALFORM: "The message shows [the form](macros.md#control-lines).",
  D_PRAGMA_OPTSET:
    "[The option](options.md) does not exist, does not take the value, or is for the command line.",
  D_PRAGMA_SCOPE: "The pragma is for names that the program itself defines.",
  D_PRAGMA_DEPEND: "Something that `depends_on` asks for is not there.",
  D_PRAGMA_UNUSED: "Nothing in the program has the name that the pragma is about.",
  D_PRAGERR: "The program itself says so with `#error`.",
};

export const declarationTexts: Texts<typeof declarationMessages> = {
  D_DECL_CHARATTR: "`char` is `char`, `signed char` or `unsigned char`.",
  D_DECL_VOIDATTR: "`void` stands alone.",
  D_DECL_SIGNINT: "Only integer types have a sign of their own choice.",
  D_DECL_LONGINT: "Only `int` and `double` can be `long`.",
  D_DECL_CLASS: "Of `self`, `this`, `extern`, `static`, `typedef` and their kin one is allowed.",
  D_DECL_BADCLASS: "D has no `auto`, `register` or `static`, and an inline none but its own.",
  D_DECL_PARMCLASS: "A parameter has a type and perhaps a name.",
  D_DECL_COMBO: "C does not know this combination of words as a type.",
  D_DECL_IDRED: "The name is taken by something of another kind or type. Choose another.",
  D_DECL_TYPERED: "The type has been defined before, in another way.",
  D_DECL_ARRSUB: "`[5]` declares five elements, `[int, string]` the keys of an associative array.",
  D_DECL_ARRNULL: "Say how many elements there are, or which keys.",
  D_DECL_ARRBIG: "An array has less than 2^32 elements.",
  D_DECL_SCOPE: "A name that is being declared has no `` ` ``.",
  D_DECL_BFCONST: "The size of a bit-field is a constant above 0.",
  D_DECL_BFSIZE: "A bit-field has at most the bits of its type.",
  D_DECL_BFTYPE: "Bit-fields are of integer types.",
  D_DECL_ENCONST: "What stands behind `=` in an `enum` is known when the program is compiled.",
  D_DECL_ENOFLOW: "Enumerators are of type `int`.",
  D_DECL_USELESS: "The declaration names no variable and defines no type.",
  D_DECL_LOCASSC: "Take a global associative array with `tid` among its keys, or a `self->` one.",
  D_DECL_VOIDOBJ: "A thing of type `void` has no size; a pointer to it, `void *`, has.",
  D_DECL_DYNOBJ: "Associative arrays stand alone: not in structures, nor in arrays.",
  D_DECL_INCOMPLETE: "The type has been named and not defined.",
  D_DECL_PROTO_VARARGS: "Only functions may end with `...`.",
  D_DECL_PROTO_TYPE: "The parameter's type cannot be passed.",
  D_DECL_PROTO_VOID: "`(void)` means that there are no parameters.",
  D_DECL_PROTO_NAME: "`(void)` means that there are no parameters.",
  D_DECL_PROTO_FORM: "Parameters have different names, and either all have one or none.",
};

export const checkTexts: Texts<typeof checkMessages> = {
  D_UNKNOWN: "What is wrong has no tag of its own.",
  D_ATTR_MIN: "Something in it is less stable than [`amin`](options.md#amin) asks for.",
  D_TYPE_ERR: "No such type is in the program, the D libraries or the kernel's BTF.",
  D_TYPE_MEMBER:
    "The structure of the running kernel has no such member. `print()` shows what it has.",
  D_CG_EXPR: "Actions are statements: they have no value.",
  D_CG_DYN: "Take a member of what `xlate` gives, or `xlate <type *>` for a pointer.",
  D_PDESC_ZERO: "`dtrace -l` shows which probes there are; `-Z` goes on without.",
  D_PRED_SCALAR: "A predicate is an integer or a pointer. Compare strings with `==`.",
  D_FUNC_IDENT: "Only names are called.",
  D_FUNC_UNDEF: "There is no such [action](actions.md) or [subroutine](subroutines.md).",
  D_FUNC_IDKIND: "The name is of a thing that is not called.",
  D_OFFSETOF_TYPE: "`offsetof()` takes a type with members and one of these.",
  D_OFFSETOF_BITFIELD: "A bit-field need not begin at a byte.",
  D_SIZEOF_TYPE: "The type has no size: `void`, a function, or one that is only named.",
  D_SIZEOF_BITFIELD: "A bit-field need not have whole bytes.",
  D_STRINGOF_TYPE: "`stringof()` takes a string, an array of characters or a pointer.",
  D_OP_INT: "The operator is for integers.",
  D_OP_SCALAR: "The operator is for integers and pointers.",
  D_OP_ARITH: "The operator is for integers. Strings are joined by `strjoin()`.",
  D_OP_WRITE: "What the kernel or D gives can be read only.",
  D_OP_LVAL: "Only variables and what they contain are assigned to.",
  D_OP_INCOMPAT: "Neither type can become the other. A cast may say what is meant.",
  D_OP_VFPTR: "Nothing is known about the size of what is pointed to. Cast the pointer.",
  D_OP_ARRFUN: "Arrays and functions are not changed as a whole.",
  D_OP_PTR: "The operator is for pointers.",
  D_OP_SOU: "`.` takes a structure or union, `->` a pointer to one.",
  D_OP_INCOMPLETE: "The type has been named and not defined.",
  D_OP_DYN: "Take a member of what `xlate` gives.",
  D_OP_ACT: "An action has no value that an operator could use.",
  D_ARR_BADREF: "The name is of a variable without keys.",
  D_ARR_LOCAL: "Take a global associative array with `tid` among its keys, or a `self->` one.",
  D_DIV_ZERO: "The divisor is 0 whatever happens.",
  D_DEREF_NONPTR: "`*` takes a pointer. Cast an address: `*(int *)arg0`.",
  D_DEREF_VOID: "Nothing is known of what is there. Cast the pointer.",
  D_DEREF_FUNC: "Functions cannot be read.",
  D_ADDROF_LVAL: "Only what lies in memory has an address.",
  D_ADDROF_VAR: "Variables of D have no address.",
  D_ADDROF_BITFIELD: "A bit-field need not begin at a byte.",
  D_CAST_INVAL: "Integers and pointers are cast to one another; a string is made by `stringof()`.",
  D_IDENT_BADREF: "The name is of something of another kind.",
  D_IDENT_UNDEF: "Nothing has the name. Variables of the kernel are written with `` ` ``.",
  D_IDENT_AMBIG: "Rename the variable.",
  D_SYM_NOTYPES: "The kernel tells the symbol's address and not its type. Cast: `*(int *)&`name``.",
  D_VAR_UNDEF: "A variable gets its type by its first assignment in the program, or a declaration.",
  D_PROTO_LEN: "Too many or too few arguments or keys.",
  D_PROTO_ARG: "The argument or key has a type that does not fit.",
  D_ARGS_MULTI: "The probes have different arguments: make a clause for each, or use `arg0`.",
  D_ARGS_NONE: "Arguments belong to a probe that fires.",
  D_ARGS_TYPE: "The kernel does not tell the type of the argument. `arg0` is there as an integer.",
  D_ARGS_IDX: "`dtrace -lv` shows how many arguments the probe has.",
  D_ARGS_XLATOR: "The D library that defines the translator has not been read.",
  D_REGS_NONE: "`uregs[]` has what the thread has in user mode, at any probe.",
  D_REGS_IDX: "The names of registers begin with `R_`.",
  D_KEY_TYPE: "Keys are integers, pointers, strings, structures and, in aggregations, stacks.",
  D_XLATE_REDECL: "There is one translator for two types.",
  D_XLATE_NOCONV: "The translator does not say what the member is, on this kernel.",
  D_XLATE_NONE: "No translator is for these types.",
  D_XLATE_SOU: "What a translator makes has members.",
  D_XLATE_INCOMPAT: "The member's type and that of its value do not fit.",
  D_XLATE_MEMB: "The structure that the translator makes has no such member.",
  D_PROV_PRDUP: "The provider declares the probe twice.",
  D_PROV_PRARGLEN: "A probe has at most 255 arguments.",
  D_PROV_INCOMPAT:
    "A provider that is declared once more has the same probes, with the same types.",
  D_PROV_PRXLATOR: "Declare the translator before the provider.",
};

export const codegenTexts: Texts<typeof codegenMessages> = {
  D_CG_ACTION: "The running kernel lacks what the action needs, or allows no program to do it.",
  D_CG_VARIABLE_SIZE:
    "A smaller [`strsize`](options.md#strsize) makes strings and arrays of them smaller.",
  D_CG_KEY_SIZE:
    "Use fewer strings and stacks as keys, or a smaller [`strsize`](options.md#strsize).",
  D_CG_RETURN_ARGS:
    "A return has them where dtrace can trace with fexit: for few functions, of the core kernel, on kernels that permit it. Else note them at the entry, in `self->` variables.",
  D_CG_PROGRAM_SIZE: "Split the clause, or trace fewer things in it.",
};
