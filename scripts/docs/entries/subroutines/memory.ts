/** The guide on subroutines that copy memory, from processes, within the program, to processes. */

import type { GuideEntry } from "../../entry.ts";

const present =
  "The page must be in memory: that of a constant string that the process has not touched yet may not " +
  "be, and at the `return` of the system call it is.";

export const memorySubroutines = {
  alloca: {
    text:
      "A piece of the firing's scratch memory of so many bytes, which its clauses may write to; it is " +
      "gone when they are done. What is in it at first is not known. A firing has 4,096 bytes for all of " +
      "them and for `copyin()`, or four times `strsize` where that is more; then it is out of scratch space.",
    example: `BEGIN
{
	this->bytes = (char *)alloca(3);
	this->bytes[0] = 'O';
	this->bytes[1] = 'K';
	this->bytes[2] = 0;
	trace(stringof(this->bytes));
	exit(0);
}`,
  },
  bcopy: {
    text:
      "Copies bytes from an address of the kernel or of scratch memory (first) to scratch memory that " +
      "`alloca()` or `copyin()` gave (second). Any other target is an invalid address.",
    example: `BEGIN
{
	this->name = (char *)alloca(16);
	bcopy(curthread->comm, this->name, 16);
	this->name[0] = 'D';
	trace(stringof(this->name));
	exit(0);
}`,
    varies: true,
  },
  copyin: {
    text:
      "Copies so many bytes from an address of the current process to scratch memory, and gives the " +
      `address of the copy, which is cast to what is there and may be changed. ${present}`,
    example: `syscall::write:entry
/pid == $target/
{
	this->text = (char *)copyin(arg1, arg2);
	this->text[arg2 - 1] = 0;
	printf("%d bytes: %s", arg2, stringof(this->text));
}`,
    arguments: ["-q", "-c", "echo hello"],
  },
  copyinstr: {
    text:
      "Copies a string that ends with a NUL from an address of the current process, at most as many " +
      `characters as the second argument tells, and cut to \`strsize\`. ${present}`,
    example: "syscall::chdir:entry /pid == $target/ { trace(copyinstr(arg0)); }",
    arguments: ["-q", "-c", "env -C /usr true"],
  },
  copyinto: {
    text:
      "Copies so many bytes (second) from an address of the current process (first) to scratch memory " +
      `that \`alloca()\` gave (third). ${present}`,
    example: `syscall::write:entry
/pid == $target/
{
	this->text = (char *)alloca(6);
	copyinto(arg1, 5, this->text);
	this->text[5] = 0;
	trace(stringof(this->text));
}`,
    arguments: ["-q", "-c", "echo hello"],
  },
  copyout: {
    text:
      "Copies so many bytes (third) from scratch memory or the kernel (first) to an address of the current " +
      "process (second). An address that cannot be written is a fault. A kernel that lets no tracing " +
      "program write to processes (`bpf_probe_write_user`) has the program refused.",
    example: `syscall::write:entry
/pid == $target && arg0 == 1/
{
	this->byte = (char *)alloca(1);
	this->byte[0] = 'J';
	copyout(this->byte, arg1, 1);
}`,
    arguments: ["-qw", "-c", "echo hello"],
    destructive: true,
  },
  copyoutstr: {
    text:
      "Copies a string with its NUL to an address of the current process, at most as many bytes as the " +
      "third argument tells. It has the limits of [`copyout()`](#copyout).",
    example: `syscall::uname:entry
/pid == $target/
{
	self->name = arg0;
}

syscall::uname:return
/self->name/
{
	copyoutstr("Solaris", self->name, 8);
	self->name = 0;
}`,
    arguments: ["-qw", "-c", "uname"],
    destructive: true,
  },
} as const satisfies Readonly<Record<string, GuideEntry>>;
