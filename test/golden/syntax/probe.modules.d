/* @@flags: argument modules pspec */
vmlinux, fbt:ext4, int64_t* { }
