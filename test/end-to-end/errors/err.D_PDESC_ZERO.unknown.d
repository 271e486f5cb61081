/* ASSERTION: a description that matches no probe is refused. */

no-such-provider:::nothing
{
}
