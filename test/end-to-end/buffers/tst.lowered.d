/* No memory is that large: buffers are made as large as there is room. */
#pragma D option quiet
#pragma D option aggsize=100t
#pragma D option dynvarsize=100t
BEGIN { a[1] = 7; @[1] = sum(a[1]); exit(0); }
