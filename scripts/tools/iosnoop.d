/*
 * iosnoop - each disk request: whose, where, how long
 *
 * Usage:    dtrace --tools iosnoop [pid | -c command]
 * Columns:  TIME since the tool began (us), PID and COMMAND, DEVICE, D direction (R, W),
 *           BLOCK of 512 bytes, BYTES, TOOK from the device's start to its end (us), FILE
 * Example:  dtrace --tools iosnoop -c 'dd if=/dev/zero of=file bs=4k count=8 oflag=direct'
 *
 * Requests are those of the process that hands them to the device: of direct and synchronous I/O
 * that is who asked for it, of other writes a thread of the kernel.
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	began = timestamp;
	printf("%10s %7s %-15s %-10s %1s %10s %8s %8s %s\n", "TIME", "PID", "COMMAND", "DEVICE", "D",
	    "BLOCK", "BYTES", "TOOK", "FILE");
}

io:::start
/is_wanted/
{
	since[arg0] = timestamp;
	by[arg0] = pid;
	name[arg0] = execname;
}

io:::done
/since[arg0]/
{
	printf("%10d %7d %-15s %-10s %1s %10d %8d %8d %s\n", (timestamp - began) / 1000, by[arg0],
	    name[arg0], args[1]->dev_statname, args[0]->b_flags & B_READ ? "R" : "W",
	    args[0]->b_blkno, args[0]->b_bcount, (timestamp - since[arg0]) / 1000,
	    args[2]->fi_name);
	since[arg0] = 0;
	by[arg0] = 0;
	name[arg0] = 0;
}
