/* Elements inside keys and on both sides of an assignment. */
int a[int];
BEGIN
{
	a[1] = a[2] = 3; a[a[1]] = 8; trace(a[3]); a[5]++; a[5] += a[3]; trace(a[5]);
	this->x = a[5]++ + ++a[5]; trace(this->x);
}
