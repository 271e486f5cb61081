/*
 * What is assigned first gives a variable its type; ++ and -- make an int64_t.
 *
 * @@options: -q
 * @@nosort
 */
BEGIN
{
	small = (char)1;
	small = 300;
	print(small);
	text = "abc";
	text = "defgh";
	print(text);
	steps++;
	print(steps);
	self->steps--;
	print(self->steps);
	self->array[1, "a"] = (short)7;
	print(self->array[1, "a"]);
	print(self->array[2, "a"]);
	many["a"]++;
	print(many["a"]);
	this->thread = curthread;
	print(this->thread == curthread);
	later = 5;
	exit(0);
}

int later;
