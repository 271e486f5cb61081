BEGIN
{
	switch (pid) {
	}
}
