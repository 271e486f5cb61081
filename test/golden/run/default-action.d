/* Without actions a clause records that it fired; with actions that record nothing, it does not. */
BEGIN {}
BEGIN { x = 1; }
BEGIN { @ = count(); }
