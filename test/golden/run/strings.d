/* Strings are values: built, copied, compared and cut at strsize. */
string g;
self string none;

BEGIN
{
	g = "abc"; self->s = g; this->s = strjoin(self->s, "def"); a["k"] = this->s;
	trace(g); trace(self->s); trace(this->s); trace(a["k"]); trace(a["none"]);
	trace(strlen(this->s)); trace(strjoin(g, g));
	trace(g == "abc"); trace(g == "abcd"); trace(g != "ab"); trace(g == self->s);
	trace(g < this->s); trace(this->s < g); trace("abc" < g); trace(g >= "ab");
	trace(execname == "node" ? "yes" : "no");
	trace(self->none == ""); trace(strlen(self->none));
	trace(probeprov); trace(strjoin(probename, ":")); trace(lltostr(-120)); trace(lltostr(255, 16));
}
