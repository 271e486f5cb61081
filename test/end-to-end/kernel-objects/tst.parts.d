/* What kernel objects say of themselves: numbers of devices, addresses of links, locks. */
#pragma D option quiet

BEGIN
{
	printf("%d %d\n", getmajor((8 << 20) | 17), getminor((8 << 20) | 17));
	m = (unsigned char *)alloca(20);
	m[0] = 0; m[1] = 0x1b; m[2] = 0x21; m[3] = 0xab; m[4] = 0xcd; m[5] = 0xef; m[19] = 0x7f;
	printf("%s\n%s\n", link_ntop(1, m), link_ntop(32, m));
	l = (struct mutex *)alloca(sizeof (struct mutex));
	l->owner.counter = (long)curthread | 3;
	printf("%d %d %d %d\n", mutex_owned(l), mutex_owner(l) == curthread, mutex_type_adaptive(l), mutex_type_spin(l));
	l->owner.counter = 0;
	printf("%d %d\n", mutex_owned(l), mutex_owner(l) == NULL);
	r = (struct rw_semaphore *)alloca(sizeof (struct rw_semaphore));
	r->count.counter = 0;
	printf("%d %d %d\n", rw_read_held(r), rw_write_held(r), rw_iswriter(r));
	r->count.counter = 512;
	printf("%d %d %d\n", rw_read_held(r), rw_write_held(r), rw_iswriter(r));
	r->count.counter = 258;
	printf("%d %d %d\n", rw_read_held(r), rw_write_held(r), rw_iswriter(r));
	r->count.counter = 1;
	printf("%d %d %d\n", rw_read_held(r), rw_write_held(r), rw_iswriter(r));
	exit(0);
}
