#!/bin/busybox sh
# The first process of a guest: the host's files below an overlay, then the job of this boot.
# The kernel's command line tells lab_modules=, the folder of the kernel's modules on the host.
bb=/bin/busybox
$bb mount -t proc proc /proc
$bb mount -t sysfs sysfs /sys
$bb mount -t devtmpfs dev /dev
for module in /modules/*.ko; do
  $bb insmod "$module" || echo "lab: cannot load $module"
done

nine=trans=virtio,version=9p2000.L,msize=262144
$bb mount -t 9p -o ro,$nine,cache=loose lab_root /lower || echo "lab: no root"
$bb mount -t tmpfs -o mode=755 tmpfs /upper
$bb mkdir /upper/changed /upper/work
$bb mount -t overlay -o lowerdir=/lower,upperdir=/upper/changed,workdir=/upper/work overlay /root

$bb mount -t tmpfs -o mode=1777 tmpfs /root/tmp
$bb mount -t tmpfs -o mode=755 tmpfs /root/run
$bb mkdir -p /root/lab /root/usr/lib/modules
$bb mount -t 9p -o $nine lab_job /root/lab || echo "lab: no job"
$bb mount -t 9p -o ro,$nine,cache=loose lab_modules /root/usr/lib/modules
[ -f /root/lab/mounts ] && while read -r tag place; do
  $bb mkdir -p "/root$place" "/lower_$tag" "/upper/$tag/changed" "/upper/$tag/work"
  $bb mount -t 9p -o ro,$nine,cache=loose "$tag" "/lower_$tag" || echo "lab: no $place"
  $bb mount -t overlay -o "lowerdir=/lower_$tag,upperdir=/upper/$tag/changed,workdir=/upper/$tag/work" overlay "/root$place"
done < /root/lab/mounts

for place in proc sys dev; do $bb mount --move /$place /root/$place; done
$bb mount -t tracefs tracefs /root/sys/kernel/tracing
$bb mount -t debugfs debugfs /root/sys/kernel/debug
$bb mount -t bpf bpf /root/sys/fs/bpf
$bb mount -t cgroup2 cgroup2 /root/sys/fs/cgroup
$bb mkdir -p /root/dev/pts /root/dev/shm
$bb mount -t devpts devpts /root/dev/pts
$bb mount -t tmpfs -o mode=1777 tmpfs /root/dev/shm
$bb ip link set lo up
$bb hostname lab
# The job's shell is not the first process: that one must outlive it to tell the status.
$bb chroot /root /bin/sh /lab/job > /root/lab/output 2>&1 < /root/dev/null
echo $? > /root/lab/status
$bb sync
$bb poweroff -f
