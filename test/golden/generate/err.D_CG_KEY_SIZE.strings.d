#pragma D option strsize=16k
string one, two, three;
BEGIN { @[one, two, three] = count(); }
