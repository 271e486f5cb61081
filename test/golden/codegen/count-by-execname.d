event { @[execname] = count(); }
