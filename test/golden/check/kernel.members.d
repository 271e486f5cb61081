BEGIN
{
	trace(curthread->pid);
	trace(curthread->parent->parent->pid);
	trace(curthread->mm->start_stack);
	trace(curthread->in_iowait);
	trace(curthread->stack_id);
	trace(curthread->comm[1]);
	trace(curthread->comm);
	trace(curthread->run_state == SLEEPING);
	trace(`jiffies);
	trace(vmlinux`init_task.pid);
	trace(&vmlinux`init_task);
	trace(sizeof (vmlinux`pid_t));
	trace(offsetof(struct task_struct, parent));
	print(*curthread);
}
