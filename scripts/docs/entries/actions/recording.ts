/** The guide on actions that record values, memory and stacks. */

import type { GuideEntry } from "../../entry.ts";

const sleeper = ["-q", "-c", "sleep 0.01"] as const;

const kernelPlace = (name: string): Pick<GuideEntry, "example" | "arguments" | "varies"> => ({
  example: `syscall::exit_group:entry /pid == $target/ { ${name}(caller); }`,
  arguments: ["-q", "-c", "true"],
  varies: true,
});

const userPlace = (name: string): Pick<GuideEntry, "example" | "arguments" | "varies"> => ({
  example: `syscall::clock_nanosleep:entry /pid == $target/ { ${name}(uregs[R_PC]); }`,
  arguments: sleeper,
  varies: true,
});

const asKey = "It may be a key of an aggregation, and then equal names are one key.";

export const recordingActions = {
  func: {
    text: `Another name of [\`sym()\`](#sym): the kernel's function at an address. ${asKey}`,
    ...kernelPlace("func"),
  },
  jstack: {
    text:
      "[`ustack()`](#ustack) with other defaults: [`jstackframes`](options.md#jstackframes) frames, and " +
      "[`jstackstrsize`](options.md#jstackstrsize) bytes for names that an interpreter gives. No " +
      "interpreter on Linux does: it shows what `ustack()` shows.",
    example: "syscall::clock_nanosleep:entry /pid == $target/ { jstack(1); }",
    arguments: sleeper,
    varies: true,
  },
  mod: {
    text:
      "The kernel module that an address lies in, `vmlinux` for the kernel itself. It may be a key of an " +
      "aggregation.",
    example: `syscall::exit_group:entry
/pid == $target/
{
	@[mod(caller)] = count();
}`,
    arguments: ["-q", "-c", "true"],
  },
  print: {
    text:
      "Records a value and shows it with its type: a structure with all its members and what is nested in " +
      "it, numbers in members in hexadecimal. The type is that of the expression, so a pointer shows its " +
      "address and `print(*pointer)` what it points to.",
    example: `struct point {
	int x;
	int y;
	char name[8];
};

BEGIN
{
	this->point = (struct point *)alloca(sizeof (struct point));
	this->point->x = 3;
	this->point->y = 20;
	this->point->name[0] = 'P';
	this->point->name[1] = 0;
	print(*this->point);
	exit(0);
}`,
  },
  printf: {
    text:
      "Records its values and shows them as the format says, a literal string; there must be as many values " +
      "as conversions. `%d` and `%x` take integers of any size, `%s` strings, `%c` a character; `%Y` shows " +
      "nanoseconds since 1970 as a date, `%a` and `%A` an address of the kernel and of a process by name, " +
      "`%k` a stack, `%p` a pointer, `%S` a string with escapes. Flags, width and precision are those of " +
      "`printf(3)`, and `*` takes them from a value; there is no line end but by `\\n`.",
    example: `BEGIN
{
	printf("[%d] [%5d] [%-5d] [%05d]\\n", 42, 42, 42, 42);
	printf("[%x] [%#x] [%o] [%u]\\n", 255, 255, 255, 255);
	printf("[%s] [%8s] [%.2s] [%-*s]\\n", "text", "text", "text", 8, "text");
	printf("[%c] [%S] [%%]\\n", 'x', "tab\\t");
	exit(0);
}`,
  },
  stack: {
    text:
      "Records the kernel's stack, one frame a line, with the place that the probe is in first. The argument, a " +
      "constant, is the most frames; [`stackframes`](options.md#stackframes) without one. As a key " +
      "of an aggregation, equal stacks are one key: what flame graphs are made from.",
    example: `syscall::exit_group:entry
/pid == $target/
{
	@[stack(3)] = count();
}`,
    arguments: ["-q", "-c", "true"],
    varies: true,
  },
  sym: {
    text:
      "The name of the kernel's function or variable at an address, with its module; the address where " +
      `none is known. ${asKey}`,
    ...kernelPlace("sym"),
  },
  trace: {
    text:
      "Records a value and shows it by its type: integers in decimal, strings as they are, arrays and " +
      "structures as bytes in hexadecimal unless they are text. Without `-q` integers are padded to 3, 5, " +
      "8 or 16 columns by their size. Integers of one and two bytes are shown unsigned.",
    example: `BEGIN
{
	trace(17);
	trace("seventeen");
	trace((char)-1);
	exit(0);
}`,
    arguments: [],
    varies: true,
  },
  pcap: {
    text:
      "Records a packet: the `struct sk_buff` (or its address) and its link type, one of `PCAP_ETHER`, " +
      "`PCAP_IP`, `PCAP_WIFI`, `PCAP_PPP`, `PCAP_IPNET` and `PCAP_IPOIB`. It is shown in hexadecimal; a file " +
      "of `freopen()` becomes a capture file that tcpdump and Wireshark read. At most `pcapsize` bytes are " +
      "kept, and none that lie in pages of their own.",
    example: `sdt:net::net_dev_queue
/pid == $target/
{
	pcap(args[0], PCAP_ETHER);
}`,
    arguments: ["-q", "-c", "bash -c echo>/dev/udp/127.0.0.1/9"],
    varies: true,
  },
  tracemem: {
    text:
      "Records so many bytes from an address of the kernel or of scratch memory, and shows them in " +
      "hexadecimal and as text. The size (second) is a constant; a third argument is how many of them are " +
      "shown, all if it is 0 or larger. Memory of a process is copied with `copyin()` first.",
    example: `syscall::write:entry
/pid == $target/
{
	tracemem(copyin(arg1, arg2), 32, arg2);
}`,
    arguments: ["-q", "-c", "echo Hello, world"],
  },
  uaddr: {
    text:
      "The name of the current process's function at an address, with the distance from its start; the " +
      "address where none is known. `%A` in a format shows the same. Names are read while the process lives.",
    ...userPlace("uaddr"),
  },
  ufunc: {
    text: `Another name of [\`usym()\`](#usym): the process's function at an address. ${asKey}`,
    ...userPlace("ufunc"),
  },
  umod: {
    text:
      "The library or program of the current process that an address lies in. It may be a key of an " +
      "aggregation.",
    ...userPlace("umod"),
  },
  ustack: {
    text:
      "Records the stack of the current process, one frame a line. The first argument, a constant, is the " +
      "most frames, [`ustackframes`](options.md#ustackframes) without one; a second is accepted for " +
      "`jstack()`'s sake. It follows frame pointers: where code was built without them " +
      "(`-fno-omit-frame-pointer` keeps them) callers are missing.",
    example: "syscall::clock_nanosleep:entry /pid == $target/ { ustack(1); }",
    arguments: sleeper,
    varies: true,
  },
  usym: {
    text:
      "The name of the current process's function at an address, with its library; the address where none " +
      `is known. ${asKey}`,
    ...userPlace("usym"),
  },
} as const satisfies Readonly<Record<string, GuideEntry>>;
