/* Strings may be chosen, joined and used as keys of each other. */
BEGIN
{
	x = execname == "node" ? (probename == "BEGIN" ? "a" : "b") : strjoin("c", "d"); trace(x);
	s[x, strjoin(x, x)] = strjoin(x, "q"); trace(s["a", "aa"]);
	trace(strlen(s["a", "aa"]) + strlen("xyz"));
	t[3] = x; t[4] = t[3]; trace(t[4]); t[3] = 0; trace(t[3]);
}
