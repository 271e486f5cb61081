/* ASSERTION: records that find no room are counted as drops.
 * @@options: -q -xbufsize=4k -xswitchrate=1s
 * @@trigger: dd if=/dev/zero of=/dev/null bs=1 count=20000 status=none */

syscall::write:entry
/pid == $target/
{
	trace(timestamp);
}
