provider myserv {
	probe request__start(string, int a) : (struct info *, uint64_t);
	probe done();
	probe all(void);
};
provider none { };
