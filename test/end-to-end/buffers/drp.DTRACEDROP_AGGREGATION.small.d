/* A key that is larger than aggsize is never kept. */
#pragma D option aggsize=64
BEGIN { @[execname] = count(); exit(0); }
