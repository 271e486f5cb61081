/*
 * What a pragma says of a provider holds for the clauses behind it.
 *
 * @@options: -q
 * @@nosort
 */
#pragma D option amin=Evolving/Evolving/ISA
#pragma D attributes Evolving/Evolving/ISA provider profile provider
#pragma D attributes Evolving/Evolving/ISA provider profile name

dtrace:::BEGIN
{
	trace("begun");
}

profile:::tick-1ms
{
	exit(0);
}
