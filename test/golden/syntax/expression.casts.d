BEGIN
{
	(int)a;
	(int)-a;
	(int) - a;
	(a) - b;
	(pid_t)a;
	(vmlinux`pid_t)a;
	(pid_t *)a->b;
	(struct task_struct *)(char *)a;
	(unsigned long long)a / (int)b;
	(void (*)(int, char *))a;
	(const struct s **)a;
	(int (*)[4])a;
	(enum e)3;
	(string)a;
	(userland char *)a;
}
END { (D`int *)0; (vmlinux`char)a; (short pid_t)b; }
