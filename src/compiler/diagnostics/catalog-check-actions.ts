/** What the checker says of actions and aggregations, in DTrace's words. */

export const actionMessages = {
  D_AGG_REDEF: (name: string, current: string, previous: string, line: number) =>
    `aggregation redefined: @${name}\n\t current: @${name} = ${current}( )\n` +
    `\tprevious: @${name} = ${previous}( ) : line ${line}`,
  D_AGG_FUNC: (name: string) => `@${name} must be assigned the result of an aggregating function`,
  D_AGG_MDIM: (name: string) =>
    `improper attempt to reference @${name} as a multi-dimensional array`,
  D_AGG_NULL: (name: string) => `expression has null effect: @${name}`,
  D_AGG_SCALAR: (name: string) => `${name}( ) argument #1 must be of scalar type`,
  D_COMM_COMM: () => "commit( ) may not follow commit( )",
  D_COMM_DREC: () => "commit( ) may not follow data-recording action(s)",
  D_SPEC_SPEC: () => "speculate( ) may not follow speculate( )",
  D_SPEC_COMM: () => "speculate( ) may not follow commit( )",
  D_SPEC_DREC: () => "speculate( ) may not follow data-recording action(s)",
  D_AGG_COMM: () => "aggregating actions may not follow commit( )",
  D_AGG_SPEC: () => "aggregating actions may not follow speculate( )",
  D_ACT_SPEC: () => "destructive actions may not follow speculate( )",
  D_EXIT_SPEC: () => "exit( ) may not follow speculate( )",
  D_DREC_COMM: () => "data-recording actions may not follow commit( )",
  D_PRINTA_PROTO: (passed: number, expected: number) =>
    `printa( ) prototype mismatch: ${passed} args passed, ${expected} expected`,
  D_PRINTA_AGGARG: (index: number, type: string) => aggregationExpected("printa", index, type),
  D_PRINTA_AGGBAD: (name: string) => `undefined aggregation: @${name}`,
  D_PRINTA_AGGKEY: (message: string) => message,
  D_PRINTA_AGGPROTO: (message: string) => message,
  D_TRACE_VOID: () => "trace( ) may not be applied to a void expression",
  D_TRACE_DYN: () => "trace( ) may not be applied to a translated pointer",
  D_TRACE_AGG: () => "trace( ) may not be applied to an aggregation",
  D_PRINT_VOID: () => "print( ) may not be applied to a void expression",
  D_PRINT_DYN: () => "print( ) may not be applied to a translated pointer",
  D_PRINT_AGG: () => "print( ) may not be applied to an aggregation -- did you mean printa()?",
  D_TRACEMEM_ADDR: (type: string) =>
    "tracemem( ) argument #1 is incompatible with prototype:\n" +
    `\tprototype: pointer or integer\n\t argument: ${type}`,
  D_TRACEMEM_SIZE: () =>
    "tracemem( ) argument #2 must be a non-zero positive integral constant expression",
  D_TRACEMEM_ARGS: () => "tracemem ( ) prototype mismatch: expected at most 3 args",
  D_TRACEMEM_DYNSIZE: () => "tracemem ( ) dynamic size (argument #3) must be of scalar type",
  D_STACK_PROTO: () => "stack( ) prototype mismatch: too many arguments",
  D_STACK_SIZE: () => "stack( ) size must be a non-zero positive integral constant expression",
  D_USTACK_FRAMES: () => "ustack( ) argument #1 must be a non-zero positive integer constant",
  D_USTACK_STRSIZE: () => "ustack( ) argument #2 must be a positive integer constant",
  D_USTACK_PROTO: () => "ustack( ) prototype mismatch: too many arguments",
  D_LQUANT_BASETYPE: () => "lquantize( ) argument #1 must be an integer constant",
  D_LQUANT_BASEVAL: () => "lquantize( ) argument #1 must be a 32-bit quantity",
  D_LQUANT_LIMTYPE: () => "lquantize( ) argument #2 must be an integer constant",
  D_LQUANT_LIMVAL: () => "lquantize( ) argument #2 must be a 32-bit quantity",
  D_LQUANT_MISMATCH: () => "lquantize( ) base (argument #1) must be less than limit (argument #2)",
  D_LQUANT_STEPTYPE: () => "lquantize( ) argument #3 must be a non-zero positive integer constant",
  D_LQUANT_STEPVAL: () => "lquantize( ) argument #3 must be a 16-bit quantity",
  D_LQUANT_STEPLARGE: () =>
    "lquantize( ) step (argument #3) too large: must have at least one quantization level",
  D_LQUANT_STEPSMALL: () =>
    "lquantize( ) step (argument #3) too small: number of quantization levels must be a 16-bit quantity",
  D_LQUANT_MATCHBASE: (expected: number, found: number) =>
    mismatch("lquantize", "base (argument #1)", { expected, found }),
  D_LQUANT_MATCHLIM: (expected: number, found: number) =>
    mismatch("lquantize", "limit (argument #2)", { expected, found }),
  D_LQUANT_MATCHSTEP: (expected: number, found: number) =>
    mismatch("lquantize", "step (argument #3)", { expected, found }),
  D_LLQUANT_FACTORTYPE: () => constantExpected(1, "factor"),
  D_LLQUANT_FACTORVAL: () => quantityExpected(1, "factor"),
  D_LLQUANT_FACTORMATCH: (expected: number, found: number) =>
    mismatch("llquantize", "factor (argument #1)", { expected, found }),
  D_LLQUANT_LOWTYPE: () => constantExpected(2, "low magnitude"),
  D_LLQUANT_LOWVAL: () => quantityExpected(2, "low magnitude"),
  D_LLQUANT_LOWMATCH: (expected: number, found: number) =>
    mismatch("llquantize", "low magnitude (argument #2)", { expected, found }),
  D_LLQUANT_HIGHTYPE: () => constantExpected(3, "high magnitude"),
  D_LLQUANT_HIGHVAL: () => quantityExpected(3, "high magnitude"),
  D_LLQUANT_HIGHMATCH: (expected: number, found: number) =>
    mismatch("llquantize", "high magnitude (argument #3)", { expected, found }),
  D_LLQUANT_NSTEPTYPE: () => constantExpected(4, "linear steps per magnitude"),
  D_LLQUANT_NSTEPVAL: () => quantityExpected(4, "linear steps per magnitude"),
  D_LLQUANT_NSTEPMATCH: (expected: number, found: number) =>
    mismatch("llquantize", "linear steps per magnitude (argument #4)", { expected, found }),
  D_LLQUANT_FACTORSMALL: () => "llquantize( ) factor (argument #1) must be two or more",
  D_LLQUANT_MAGRANGE: () =>
    "llquantize( ) high magnitude (argument #3) must be greater than low magnitude (argument #2)",
  D_LLQUANT_FACTORNSTEPS: () =>
    "llquantize( ) factor (argument #1) must be less than or equal to the number of linear " +
    "steps per magnitude (argument #4)",
  D_LLQUANT_FACTOREVEN: () =>
    "llquantize( ) factor (argument #1) must evenly divide the number of steps per magnitude " +
    "(argument #4), and the number of steps per magnitude must evenly divide a power of the factor",
  D_LLQUANT_MAGTOOBIG: (factor: number, magnitude: number) =>
    `llquantize( ) factor (${factor}) raised to power of high magnitude (${magnitude}) overflows 64-bits`,
  D_CLEAR_PROTO: (passed: number) =>
    `clear( ) prototype mismatch: ${passed} args passed, 1 expected`,
  D_CLEAR_AGGARG: (type: string) => aggregationExpected("clear", 1, type),
  D_CLEAR_AGGBAD: (name: string) => `undefined aggregation: @${name}`,
  D_NORMALIZE_PROTO: (action: string, passed: number, expected: number) =>
    `${action}( ) prototype mismatch: ${passed} args passed, ${expected} expected`,
  D_NORMALIZE_SCALAR: () => "normalize( ) argument #2 must be of scalar type",
  D_NORMALIZE_AGGARG: (action: string, type: string) => aggregationExpected(action, 1, type),
  D_NORMALIZE_AGGBAD: (name: string) => `undefined aggregation: @${name}`,
  D_TRUNC_PROTO: (passed: number) =>
    `trunc( ) prototype mismatch: ${passed} args passed, ` +
    `${passed < 1 ? "at least 1" : "no more than 2"} expected`,
  D_TRUNC_SCALAR: () => "trunc( ) argument #2 must be of scalar type",
  D_TRUNC_AGGARG: (type: string) => aggregationExpected("trunc", 1, type),
  D_TRUNC_AGGBAD: (name: string) => `undefined aggregation: @${name}`,
  D_FREOPEN_INVALID: (name: string) => `freopen( ) argument #1 cannot be "${name}"`,
  D_PRINTF_DYN_PROTO: (action: string, index: number, conversion: string, sign: string) =>
    `${action}( ) prototype mismatch: conversion #${index} (%${conversion}) is missing a ` +
    `corresponding "${sign}" argument`,
  D_PRINTF_DYN_TYPE: (message: string) => message,
  D_PRINTF_AGG_CONV: (action: string) =>
    `%@ conversion requires an aggregation and is not for use with ${action}( )`,
  D_PRINTF_ARG_PROTO: (action: string, index: number, conversion: string) =>
    `${action}( ) prototype mismatch: conversion #${index} (%${conversion}) is missing a ` +
    "corresponding value argument",
  D_PRINTF_ARG_TYPE: (message: string) => message,
  D_PRINTF_ARG_EXTRA: (action: string, required: number) =>
    `${action}( ) prototype mismatch: only ${required} arguments required by this format string`,
  D_PRINTF_ARG_FMT: (action: string, type: string) =>
    `${action}( ) argument #1 is incompatible with prototype:\n` +
    `\tprototype: string constant\n\t argument: ${type}`,
  D_PRINTF_FMT_EMPTY: (action: string) => `${action}( ) format string is empty`,
} as const;

const aggregationExpected = (action: string, index: number, type: string): string =>
  `${action}( ) argument #${index} is incompatible with prototype:\n` +
  `\tprototype: aggregation\n\t argument: ${type}`;

const constantExpected = (index: number, what: string): string =>
  `llquantize( ) argument #${index} (${what}) must be an integer constant`;

const quantityExpected = (index: number, what: string): string =>
  `llquantize( ) argument #${index} (${what}) must be an unsigned 16-bit quantity`;

const mismatch = (
  action: string,
  what: string,
  { expected, found }: { readonly expected: number; readonly found: number },
): string =>
  `${action}( ) ${what} doesn't match previous declaration: expected ${expected}, found ${found}`;
