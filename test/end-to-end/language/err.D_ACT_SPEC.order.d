/* Nor can what changes the process. */
BEGIN
{
	speculate(1);
	stop();
}
