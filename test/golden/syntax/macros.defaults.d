/* @@flags: defaultargs */
BEGIN { $1; $$1; }
