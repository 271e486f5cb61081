BEGIN { @["text"] = count(); printa("%s %d %@d", @); }
