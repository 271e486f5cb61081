BEGIN
{
	trace((char)1 + (char)2);
	this->c = (char)arg0;
	trace(this->c + this->c);
	trace(this->c + 1u);
	trace(pid + timestamp);
	trace(this->c << timestamp);
	trace(-this->c);
	trace(~pid);
	trace(!pid);
	trace(pid < timestamp);
	trace(pid == -1);
	trace(pid && tid || uid ^^ gid);
	trace((int)timestamp);
}
