BEGIN { trace(vmlinux`nosuch); trace(nosuch`jiffies); trace(`nosuch); }
