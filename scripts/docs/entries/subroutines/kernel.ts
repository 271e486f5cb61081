/** The guide on subroutines for locks, devices and block I/O of the kernel. */

import type { GuideEntry } from "../../entry.ts";

type Settled = Pick<GuideEntry, "example" | "arguments" | "varies">;

/** While a program is executed, its process holds this mutex. */
const duringExec = (value: string): Settled => ({
  example: `sdt:sched::sched_prepare_exec
/pid == $target/
{
	this->lock = &curthread->signal->cred_guard_mutex;
	trace(${value});
}`,
  arguments: ["-q", "-c", "env true"],
});

/** While a place for memory is looked for, its process holds this lock to write. */
const duringMap = (name: string): Settled => ({
  example: `sdt:mmap::vm_unmapped_area
/pid == $target/
{
	trace(${name}(&curthread->mm->mmap_lock));
	exit(0);
}`,
  arguments: ["-q", "-c", "true"],
});

const duringWrite = (value: string): Settled => ({
  example: `sdt:block::block_bio_queue
/pid == $target/
{
	printf("%d\\n", ${value});
}`,
  arguments: ["-q", "-c", "dd if=/dev/zero of=file bs=8k count=1 conv=fsync status=none"],
  varies: true,
});

const device = `syscall::exit_group:entry
/pid == $target/
{
	this->device = getf(0)->f_inode->i_rdev;
	printf("%d, %d", getmajor(this->device), getminor(this->device));
}`;

export const kernelSubroutines = {
  biofile: {
    text:
      "The inode of the file whose cached pages a `struct bio` of the kernel reads or writes; `NULL` where " +
      "it has no pages or they are no file's. The `io` provider's `args[2]` is made with it. It is ours.",
    ...duringWrite("biofile(args[0]) != NULL"),
  },
  biosize: {
    text:
      "How many bytes a `struct bio` of the kernel is about: all its segments together, also when part of " +
      "them is done. The `io` provider's `args[0]->b_bcount` is made with it. It is ours.",
    ...duringWrite("biosize(args[0])"),
  },
  getmajor: {
    text:
      "The major number of a device, the upper 12 of the 32 bits of the kernel's own `dev_t`. What " +
      "`stat(2)` gives to a process has its bits in other places.",
    example: device,
    arguments: ["-q", "-c", "true"],
  },
  getminor: {
    text: "The minor number of a device, the lower 20 bits of the kernel's own `dev_t`.",
    example: device,
    arguments: ["-q", "-c", "true"],
  },
  mutex_owned: {
    text: "1 where the current thread holds the kernel's mutex, else 0.",
    ...duringExec("mutex_owned(this->lock)"),
  },
  mutex_owner: {
    text: "The thread that holds the kernel's mutex; `NULL` where none does.",
    ...duringExec("stringof(mutex_owner(this->lock)->comm)"),
  },
  mutex_type_adaptive: {
    text:
      "1: whoever waits for a mutex of Linux spins while its owner runs, then sleeps. An address that " +
      "cannot be read is a fault.",
    ...duringExec("mutex_type_adaptive(this->lock)"),
  },
  mutex_type_spin: {
    text: "0: Linux has no mutexes that only spin.",
    ...duringExec("mutex_type_spin(this->lock)"),
  },
  rw_iswriter: {
    text: "1 where a thread holds the kernel's `struct rw_semaphore` to write or waits for it, else 0.",
    ...duringMap("rw_iswriter"),
  },
  rw_read_held: {
    text: "1 where a thread holds the kernel's `struct rw_semaphore` to read, else 0.",
    ...duringMap("rw_read_held"),
  },
  rw_write_held: {
    text: "1 where a thread holds the kernel's `struct rw_semaphore` to write, else 0.",
    ...duringMap("rw_write_held"),
  },
} as const satisfies Readonly<Record<string, GuideEntry>>;
