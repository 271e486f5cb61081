BEGIN
{
	*&a;
	- -a;
	++a; --*b; a++; a--;
	-a[1]++;
	sizeof a;
	sizeof (a) + 1;
	sizeof (int) + 1;
	sizeof (struct s *[4]);
	sizeof (a)[0];
	stringof(a) == stringof a;
	stringof (a)[0];
	offsetof(struct s, counter);
	offsetof(pid_t, x);
}
