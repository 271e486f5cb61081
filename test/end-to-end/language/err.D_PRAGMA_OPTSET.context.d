/* A program cannot set what the preprocessor was given. */
#pragma D option define=NAME
BEGIN
{
	exit(0);
}
