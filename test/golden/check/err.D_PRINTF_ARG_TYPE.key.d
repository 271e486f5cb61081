BEGIN { @["text"] = count(); printa("%d %@d", @); }
