event /pid == $target && execname == "dd"/ { @ = count(); }
